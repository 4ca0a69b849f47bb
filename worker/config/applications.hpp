#pragma once

#include <string>
#include <vector>

#include "config/reader.hpp"
#include "config/worker.hpp"

namespace config {

/// The names that the sources bring: `main` where anything is set under `application.main.`. A variable's name tells
/// neither case nor hyphens: they become lower case and hyphens.
std::vector<std::string> names_of_applications(const Sources& sources);

/// `applications`: those that count; unless set, all that the sources name.
std::vector<std::string> read_application_names(Reader& read, const std::vector<std::string>& named);

/// `application.<name>.…`
std::vector<Application> read_applications(Reader& read, const std::vector<std::string>& names, Use use);

/// `given`: the setting `default-application`, a name or a client id; empty: the only application where there is one.
run::ApplicationId default_among(const std::vector<Application>& applications, const std::string& given, Reader& read);

}  // namespace config

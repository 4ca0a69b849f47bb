#pragma once

#include <span>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "contact/mapping.hpp"

namespace cli {

using MapMistakes = std::vector<std::string>;

/// The mapping that `--map TARGET=ATTRIBUTE` options describe, or all that is wrong with them.
///
/// TARGET is `email` (exactly once), a standard field or `cf:` and a custom field; the first `=` ends it.
boost::system::result<contact::FieldMapping, MapMistakes> parse_mapping(std::span<const std::string> options);

/// A sentence for every mapped attribute that is none of the file's columns. Columns are compared byte for byte.
MapMistakes check_columns(const contact::FieldMapping& mapping, std::span<const std::string> columns);

/// The targets there are, for --help and remedies.
std::string map_targets();

}  // namespace cli

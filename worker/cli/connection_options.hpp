#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "cli/input_options.hpp"
#include "config/worker.hpp"
#include "run/control.hpp"

namespace CLI {
class App;
}

namespace cli {

/// What `connection add` is told.
struct ConnectionOptions {
  std::string id;
  std::string application;
  std::string name;
  std::string refresh_token_file;
  std::string consent_by;
  std::string consent_text;
  std::string consent_text_file;
  std::string account;
  bool allow_shared_account = false;

  void describe(CLI::App& app);

  /// What is missing or contradicts itself.
  OptionMistakes mistakes() const;
};

/// The client id that `given` means: a configured application's name or client id, or the default where it is empty.
/// Errors: a sentence with its remedy.
boost::system::result<run::ApplicationId, OptionMistakes> application_named(const std::string& given,
                                                                            const config::Worker& settings);

/// Why `connection` may not share its account with one that is there; empty if it may.
std::string account_conflict(const run::Connection& connection,
                             const std::map<std::string, run::ControlRecord>& control);

}  // namespace cli

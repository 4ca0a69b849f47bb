#include "cli/connection_options.hpp"

#include <CLI/CLI.hpp>

#include "config/nearest.hpp"

namespace cli {

void ConnectionOptions::describe(CLI::App& app) {
  app.add_option("ID", id, "What jobs call the connection")->required();
  app.add_option("--application", application, "Client id or name of the OAuth client; the default one unless given")
      ->type_name("CLIENT_ID");
  app.add_option("--name", name, "For people")->type_name("NAME");
  app.add_option("--refresh-token-file", refresh_token_file,
                 "File or pipe with the refresh token, - for standard input")
      ->type_name("FILE");
  app.add_option("--consent-by", consent_by, "Who agreed that people's data go to Constant Contact")->type_name("WHO");
  app.add_option("--consent-text", consent_text, "The text that was agreed to")->type_name("TEXT");
  app.add_option("--consent-text-file", consent_text_file, "The same in a file")->type_name("FILE");
  app.add_option("--account", account, "The vendor's encoded account id; else it is learnt at the first run")
      ->type_name("ENCODED_ID");
  app.add_flag("--allow-shared-account", allow_shared_account,
               "Another connection of this application may use the account too");
}

OptionMistakes ConnectionOptions::mistakes() const {
  OptionMistakes mistakes;
  if (refresh_token_file.empty()) mistakes.emplace_back("no token: add --refresh-token-file FILE");
  if (consent_by.empty()) mistakes.emplace_back("no consent: add --consent-by WHO, nothing is sent without it");
  if (consent_text.empty() && consent_text_file.empty()) {
    mistakes.emplace_back("no consent: add --consent-text TEXT or --consent-text-file FILE");
  }
  if (!consent_text.empty() && !consent_text_file.empty()) {
    mistakes.emplace_back("--consent-text and --consent-text-file: keep one");
  }
  if (refresh_token_file == "-" && consent_text_file == "-") {
    mistakes.emplace_back("standard input (-) can be the token or the consent text, not both");
  }
  return mistakes;
}

boost::system::result<run::ApplicationId, OptionMistakes> application_named(const std::string& given,
                                                                            const config::Worker& settings) {
  if (given.empty()) {
    if (!settings.intake.default_application.empty()) return settings.intake.default_application;
    return OptionMistakes{"no application: add --application CLIENT_ID or set default-application"};
  }
  std::vector<std::string> known;
  for (const config::Application& application : settings.applications) {
    if (application.name == given || application.id.value == given) return application.id;
    known.push_back(application.id.value);
    known.push_back(application.name);
  }
  return OptionMistakes{"--application " + given + ": no such application is configured" +
                        config::did_you_mean(given, known) + " (application.<name>.client-id)"};
}

std::string account_conflict(const run::Connection& connection,
                             const std::map<std::string, run::ControlRecord>& control) {
  if (connection.account_id.empty()) return "";
  for (const auto& [key, record] : control) {
    const auto* other = std::get_if<run::Connection>(&record);
    if (other == nullptr || other->id == connection.id || other->account_id != connection.account_id) continue;
    if (other->application != connection.application) {
      return "connection " + other->id.value +
             " of another application uses this account; its limits would be unknown, "
             "so that is never allowed";
    }
    if (!connection.allow_shared_account) {
      return "connection " + other->id.value +
             " uses this account already; add --allow-shared-account if that is meant";
    }
  }
  return "";
}

}  // namespace cli

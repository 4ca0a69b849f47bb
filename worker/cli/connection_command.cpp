#include "cli/connection_command.hpp"

#include <chrono>
#include <iostream>

#include <CLI/CLI.hpp>

#include "async/system_random.hpp"
#include "cli/command_help.hpp"
#include "cli/complaint.hpp"
#include "cli/connection_list.hpp"
#include "cli/fresh_names.hpp"
#include "cli/table_topic.hpp"
#include "config/file_content.hpp"
#include "kafka/publisher.hpp"
#include "vault/cipher.hpp"
#include "wire/bounds.hpp"
#include "wire/control.hpp"
#include "wire/credentials.hpp"

namespace cli {
namespace {

constexpr std::size_t most_token_bytes = 64 * 1024;
constexpr std::size_t most_consent_bytes = 128 * 1024;

constexpr const char* add_examples = R"(
Examples:
  segment-export connection add demo --refresh-token-file token.txt --consent-by "Dana, owner" --consent-text-file terms.txt
  pass show constant-contact | segment-export connection add demo --application CLIENT_ID --refresh-token-file - \
      --consent-by "Dana, owner" --consent-text "I agree that people's data go to Constant Contact."
)";
constexpr const char* list_examples = R"(
Examples:
  segment-export connection list
  segment-export connection list --format json
)";

/// Without the line breaks at its end. Errors: the mistake.
boost::system::result<std::string, OptionMistakes> content_of(const std::string& option, const std::string& path,
                                                              std::size_t most_bytes) {
  auto content = config::file_content(path == "-" ? "/dev/stdin" : path, most_bytes);
  if (!content) return OptionMistakes{option + " " + path + ": " + content.error().text()};
  const auto end = content->find_last_not_of("\r\n");
  content->resize(end == std::string::npos ? 0 : end + 1);
  if (content->find_first_not_of(" \t\r\n") == std::string::npos) {
    return OptionMistakes{option + " " + path + ": is empty"};
  }
  return std::move(*content);
}

std::string problem_of(const run::Connection& connection) {
  wire::Faults faults;
  wire::check_bounds(run::ControlRecord{connection}, faults);
  const auto checked = faults.value_or_fault(true);
  return checked ? "" : "the connection cannot be written: " + checked.error().detail;
}

run::StoredToken sealed_token(const run::Connection& connection, std::string refresh_token, vault::Cipher& cipher) {
  run::StoredToken token{.name = {.application = connection.application,
                                  .connection_id = connection.id,
                                  .grant_id = connection.grant_id,
                                  .generation = 0},
                         .sealed = {},
                         .stored_at = connection.consent->given_at};
  const run::TokenSecret secret{.access_token = "", .refresh_token = std::move(refresh_token), .scope = ""};
  token.sealed = cipher.seal(wire::encode(secret), wire::key_of(token.name));
  return token;
}

/// The token first and acknowledged: a connection never points at one that is not there.
kafka::Result<void> publish(const config::Worker& settings, const run::StoredToken& token,
                            const run::Connection& connection) {
  kafka::Publisher publisher{settings.kafka, hooks_for(settings)};
  const auto put = [&](const std::string& topic, const std::string& key, const std::string& value) {
    const auto published = publisher.publish(topic, key, value);
    return published ? publisher.flush(settings.kafka.call_timeout) : published;
  };
  const auto stored = put(settings.kafka.topics.credentials, wire::key_of(token.name), wire::encode(token));
  if (!stored) return stored;
  const run::ControlRecord record{connection};
  return put(settings.kafka.topics.control, wire::key_of(record), wire::encode(record));
}

}  // namespace

void ConnectionCommand::describe(CLI::App& app) {
  app.description("The Constant Contact accounts that may be sent to.");
  app.require_subcommand(1);
  add_ = app.add_subcommand("add", "Add a connection, or sign it in again: store its token, sealed, and the consent.");
  options_.describe(*add_);
  add_->footer(command_footer(add_examples));
  CLI::App* list = app.add_subcommand("list", "Show every connection, its consent and its token's state.");
  add_format_option(*list, format_);
  list->footer(command_footer(list_examples));
}

ExitCode ConnectionCommand::run(const config::Sources& sources) {
  if (add_->parsed()) {
    const OptionMistakes mistakes = options_.mistakes();
    if (!mistakes.empty()) return complain(ExitCode::usage, mistakes);
  }
  const auto settings = settings_or_complain(sources, config::Use::client);
  if (!settings) return ExitCode::configuration;
  return add_->parsed() ? add(*settings) : list(*settings);
}

ExitCode ConnectionCommand::add(const config::Worker& settings) const {
  const auto application = application_named(options_.application, settings);
  if (!application) return complain(ExitCode::configuration, application.error());
  if (settings.key_files.empty()) {
    return complain(ExitCode::configuration, "credentials.key-file: is required, tokens are stored under its key");
  }
  const auto keys = vault::load_keys(settings.key_files);
  if (!keys) return complain(ExitCode::configuration, "credentials.key-file: " + keys.error().what);
  auto token_text = content_of("--refresh-token-file", options_.refresh_token_file, most_token_bytes);
  if (!token_text) return complain(ExitCode::input_file, token_text.error());
  std::string consent_text = options_.consent_text;
  if (!options_.consent_text_file.empty()) {
    const auto text = content_of("--consent-text-file", options_.consent_text_file, most_consent_bytes);
    if (!text) return complain(ExitCode::input_file, text.error());
    consent_text = *text;
  }

  const auto control = read_control(settings.kafka, hooks_for(settings));
  if (!control) return complain(control.error());
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  async::SystemRandom random;
  run::Connection connection{.id = {options_.id},
                             .name = options_.name,
                             .application = *application,
                             .grant_id = fresh_grant_id(random.bits(), random.bits()),
                             .consent = run::Consent{options_.consent_by, now, consent_text},
                             .account_id = {options_.account},
                             .created_at = now,
                             .allow_shared_account = options_.allow_shared_account};
  const auto before = control->find(wire::key_of(run::ControlRecord{connection}));
  const bool replaces = before != control->end();
  if (replaces) connection.created_at = std::get<run::Connection>(before->second).created_at;
  if (const std::string problem = problem_of(connection); !problem.empty()) return complain(ExitCode::usage, problem);
  if (const std::string conflict = account_conflict(connection, *control); !conflict.empty()) {
    return complain(ExitCode::usage, conflict);
  }
  vault::Cipher cipher{*keys};
  const auto published = publish(settings, sealed_token(connection, std::move(*token_text), cipher), connection);
  if (!published) return complain(published.error());
  std::cout << "connection " << connection.id.value << (replaces ? " is signed in again" : " is added")
            << " under application " << connection.application.value << '\n';
  return ExitCode::success;
}

ExitCode ConnectionCommand::list(const config::Worker& settings) const {
  const auto hooks = hooks_for(settings);
  const auto control = read_control(settings.kafka, hooks);
  if (!control) return complain(control.error());
  const auto credentials = read_table(settings.kafka, hooks, settings.kafka.topics.credentials);
  if (!credentials) return complain(credentials.error());
  std::vector<run::StoredToken> tokens;
  for (const auto& [key, value] : *credentials) {
    if (auto token = wire::decode_token(value)) tokens.push_back(std::move(*token));
  }
  const auto connections = listed(*control, tokens);
  if (format_ == OutputFormat::json) {
    write_json(std::cout, list_json(connections));
  } else {
    std::cout << list_text(connections);
  }
  return ExitCode::success;
}

}  // namespace cli

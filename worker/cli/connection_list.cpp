#include "cli/connection_list.hpp"

#include <boost/json/object.hpp>

#include "cli/time_text.hpp"

namespace cli {
namespace {

namespace json = boost::json;

bool is_of(const run::StoredToken& token, const run::Connection& connection) {
  return token.name.connection_id == connection.id && token.name.application == connection.application &&
         token.name.grant_id == connection.grant_id;
}

std::string token_text(const std::optional<run::StoredToken>& token) {
  if (!token) return "none; add the connection again";
  if (!token->access_expires_at) return "stored " + date_and_time(token->stored_at) + ", not used yet";
  return "access until " + date_and_time(*token->access_expires_at) + ", then refreshed";
}

void add_line(std::string& text, std::string_view label, std::string_view value) {
  if (value.empty()) return;
  text.append("  ").append(label).append(std::string(13 - label.size(), ' ')).append(value).append("\n");
}

}  // namespace

std::vector<ListedConnection> listed(const std::map<std::string, run::ControlRecord>& control,
                                     const std::vector<run::StoredToken>& tokens) {
  std::vector<ListedConnection> all;
  for (const auto& [key, record] : control) {
    const auto* connection = std::get_if<run::Connection>(&record);
    if (connection == nullptr) continue;
    ListedConnection& entry = all.emplace_back(ListedConnection{.connection = *connection});
    for (const run::StoredToken& token : tokens) {
      if (!is_of(token, *connection)) continue;
      if (!entry.token || token.name.generation > entry.token->name.generation) entry.token = token;
    }
  }
  return all;
}

std::string list_text(const std::vector<ListedConnection>& connections) {
  if (connections.empty()) return "there is no connection; segment-export connection add makes one\n";
  std::string text;
  for (const auto& [connection, token] : connections) {
    if (!text.empty()) text += "\n";
    text += connection.id.value + "\n";
    add_line(text, "name", connection.name);
    add_line(text, "application", connection.application.value);
    add_line(text, "account", connection.account_id.empty() ? "not known yet" : connection.account_id.value);
    add_line(text, "token", token_text(token));
    if (!connection.consent) {
      add_line(text, "consent", "none, so nothing is sent");
      continue;
    }
    add_line(text, "consent", connection.consent->given_by + ", " + date_and_time(connection.consent->given_at));
    add_line(text, "to the text", connection.consent->text);
  }
  return text;
}

json::array list_json(const std::vector<ListedConnection>& connections) {
  json::array array;
  for (const auto& [connection, token] : connections) {
    json::object object{{"id", connection.id.value},
                        {"name", connection.name},
                        {"application", connection.application.value},
                        {"account_id", connection.account_id.value},
                        {"created_at", rfc3339(connection.created_at)},
                        {"allow_shared_account", connection.allow_shared_account},
                        {"consent", nullptr},
                        {"token", nullptr}};
    if (connection.consent) {
      object["consent"] = json::object{{"given_by", connection.consent->given_by},
                                       {"given_at", rfc3339(connection.consent->given_at)},
                                       {"text", connection.consent->text}};
    }
    if (token) {
      json::object stored{{"generation", token->name.generation},
                          {"stored_at", rfc3339(token->stored_at)},
                          {"access_expires_at", nullptr}};
      if (token->access_expires_at) stored["access_expires_at"] = rfc3339(*token->access_expires_at);
      object["token"] = std::move(stored);
    }
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace cli

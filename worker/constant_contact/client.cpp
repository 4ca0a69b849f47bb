#include "constant_contact/client.hpp"

#include <utility>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "constant_contact/answers.hpp"
#include "constant_contact/errors.hpp"
#include "constant_contact/json_encoder.hpp"
#include "constant_contact/multipart.hpp"

namespace constant_contact {
namespace asio = boost::asio;
namespace {

constexpr unsigned forbidden = 403;
constexpr unsigned not_found = 404;
constexpr unsigned bad_request = 400;

bool is_success(const http::Response& response) { return response.status >= 200 && response.status < 300; }

std::string encoded(const std::string& segment) { return boost::urls::encode(segment, boost::urls::unreserved_chars); }

http::Request request_for(const delivery::Call& call, std::string target) {
  http::Request request;
  request.target = std::move(target);
  request.headers = {{"Authorization", "Bearer " + call.access_token}, {"Accept", "application/json"}};
  if (call.permit != nullptr) {
    request.wait_for_turn = [permit = call.permit] { return permit->turn(); };
    request.may_send = [permit = call.permit] { return permit->may_send(); };
  }
  return request;
}

/// The answer to a GET, read by `read`.
template <class T>
delivery::Result<T> answer(const http::Result<http::Response>& response, std::optional<T> (*read)(std::string_view)) {
  if (!response) return error_of(response.error(), Effect::none);
  if (!is_success(*response)) return error_of(response->status, response->body, Effect::none);
  auto value = read(response->body);
  if (!value) return unreadable(Effect::none);
  return std::move(*value);
}

/// The same, where the vendor may not know what is asked for. 400: not even in the form of an id.
template <class T>
delivery::Result<std::optional<T>> answer_or_none(const http::Result<http::Response>& response,
                                                  std::optional<T> (*read)(std::string_view)) {
  if (response && (response->status == not_found || response->status == bad_request)) return std::optional<T>{};
  auto known = answer(response, read);
  if (!known) return known.error();
  return std::optional<T>{std::move(*known)};
}

}  // namespace

Client::Client(http::Transport& transport, std::string base_path)
    : transport_{transport}, base_path_{std::move(base_path)} {}

http::Request Client::get(const delivery::Call& call, std::string target) const {
  return request_for(call, base_path_ + std::move(target));
}

asio::awaitable<delivery::Result<delivery::AccountSummary>> Client::account(delivery::Call call) {
  const auto response = co_await transport_.send(get(call, "/account/summary"));
  co_return answer(response, read_account);
}

asio::awaitable<delivery::Result<std::vector<std::string>>> Client::privileges(delivery::Call call) {
  const auto response = co_await transport_.send(get(call, "/account/user/privileges"));
  auto privileges = answer(response, read_privileges);
  if (privileges || !response || response->status != forbidden) co_return privileges;
  auto error = privileges.error();
  // This call needs no privilege, so a refusal here is of the application itself.
  if (error.reason == run::Reason::missing_privilege) error.reason = run::Reason::application_deactivated;
  co_return error;
}

asio::awaitable<delivery::Result<std::optional<delivery::ContactList>>> Client::list(delivery::Call call,
                                                                                     run::ListId id) {
  const auto response = co_await transport_.send(get(call, "/contact_lists/" + encoded(id.value)));
  co_return answer_or_none(response, read_list);
}

asio::awaitable<delivery::Result<delivery::ListPage>> Client::lists(delivery::Call call, std::string next) {
  auto request = next.empty() ? get(call, "/contact_lists?limit=500") : request_for(call, next);
  const auto response = co_await transport_.send(std::move(request));
  auto page = answer(response, read_lists);
  // A page that names itself as the next would be read for ever.
  if (page && page->next == next) page->next.clear();
  co_return page;
}

asio::awaitable<delivery::Result<std::vector<delivery::CustomField>>> Client::custom_fields(delivery::Call call) {
  // An account has at most 100.
  const auto response = co_await transport_.send(get(call, "/contact_custom_fields?limit=100"));
  co_return answer(response, read_custom_fields);
}

asio::awaitable<delivery::Result<delivery::ActivityPage>> Client::activities(delivery::Call call, std::string next) {
  // No filter: none of its values covers a job that waits to begin.
  auto request = next.empty() ? get(call, "/activities?limit=500") : request_for(call, next);
  const auto response = co_await transport_.send(std::move(request));
  auto page = answer(response, read_activities);
  if (page && page->next == next) page->next.clear();
  co_return page;
}

asio::awaitable<delivery::Result<std::optional<delivery::Activity>>> Client::activity(delivery::Call call,
                                                                                      run::ActivityId id) {
  const auto response = co_await transport_.send(get(call, "/activities/" + encoded(id.value)));
  co_return answer_or_none(response, read_activity);
}

http::Request Client::json_import(const delivery::Call& call, delivery::Import batch) const {
  auto request = get(call, "/activities/contacts_json_import");
  request.method = "POST";
  request.headers.emplace_back("Content-Type", "application/json");
  request.body.push_back(std::move(batch.body));
  return request;
}

http::Request Client::file_import(const delivery::Call& call, delivery::Import batch) const {
  auto frame = frame_of(batch.file_name, batch.list_ids);
  auto request = get(call, "/activities/contacts_file_import");
  request.method = "POST";
  request.headers.emplace_back("Content-Type", std::move(frame.content_type));
  request.body.push_back(std::move(frame.before));
  request.body.push_back(std::move(batch.body));
  request.body.push_back(std::move(frame.after));
  return request;
}

asio::awaitable<delivery::Result<run::ActivityId>> Client::start_import(delivery::Call call, delivery::Import batch) {
  const bool as_json = batch.form == JsonEncoder::form;
  const auto response =
      co_await transport_.send(as_json ? json_import(call, std::move(batch)) : file_import(call, std::move(batch)));
  if (!response) co_return error_of(response.error(), Effect::starts_import);
  if (!is_success(*response)) co_return error_of(response->status, response->body, Effect::starts_import);
  auto started = read_activity(response->body);
  if (!started) co_return unreadable(Effect::starts_import);
  co_return std::move(started->id);
}

}  // namespace constant_contact

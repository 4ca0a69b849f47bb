#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/error.hpp"
#include "run/event.hpp"
#include "run/ids.hpp"

namespace delivery {

/// When a request may leave, and whether it still may.
class Permit {
 public:
  virtual ~Permit() = default;
  /// Awaited once the connection stands: ends when the pace lets the first byte out.
  virtual boost::asio::awaitable<void> turn() = 0;
  /// Asked before the first byte and again before the last: what is refused in between is never a complete request.
  virtual bool may_send() = 0;
};

struct AccountSummary {
  run::AccountId account_id;
  std::string organization_name;
};

struct ContactList {
  run::ListId id;
  std::string name;
  bool deleted = false;
};

struct CustomField {
  std::string id;
  std::string label;
  std::string name;  ///< What an import calls it.
  std::string type;
};

enum class ActivityState : std::uint8_t { initialized, processing, completed, cancelled, failed, timed_out, unknown };
inline bool has_ended(ActivityState state) {
  return state != ActivityState::initialized && state != ActivityState::processing && state != ActivityState::unknown;
}

/// An import job as the vendor tells it. A counter that did not come is none, never 0.
struct Activity {
  run::ActivityId id;
  ActivityState state = ActivityState::unknown;
  std::string source_file_name;
  std::optional<std::uint64_t> person_count{};
  std::optional<std::uint64_t> error_count{};
  std::optional<std::uint64_t> correctable_count{};
  std::optional<std::uint64_t> cannot_add_to_list_count{};
  std::optional<run::UtcTime> created_at{};
};

/// `next` continues the listing; empty on the last page.
struct ActivityPage {
  std::vector<Activity> activities;
  std::string next;
};
struct ListPage {
  std::vector<ContactList> lists;
  std::string next;
};

/// One import as it is sent.
struct Import {
  std::string file_name;  ///< `<batch id>-<attempt>.csv`; how our activity is known again where the form carries it.
  std::string body;       ///< The encoder's bytes, without a multipart frame.
  std::vector<run::ListId> list_ids;
  std::string form;  ///< The encoder's name.
};

/// What one call needs beside its arguments; both outlive the call.
struct Call {
  std::string access_token;
  Permit* permit = nullptr;
};

/// What delivery asks of the service that stores the contacts. One call is one request, so that the caller can pace.
///
/// Real: constant_contact::Client. Fake: tests/support/fake_contact_api.hpp. Threads: the delivery loop only.
/// Deadline: every call ends within the request time-out. Cancelling: operation_aborted.
/// Errors: NextStep says what to do; `retry` only where nothing can have been taken.
class ContactApi {
 public:
  virtual ~ContactApi() = default;

  virtual boost::asio::awaitable<Result<AccountSummary>> account(Call call) = 0;
  virtual boost::asio::awaitable<Result<std::vector<std::string>>> privileges(Call call) = 0;
  /// None where the vendor does not know the list.
  virtual boost::asio::awaitable<Result<std::optional<ContactList>>> list(Call call, run::ListId id) = 0;
  virtual boost::asio::awaitable<Result<ListPage>> lists(Call call, std::string next) = 0;
  virtual boost::asio::awaitable<Result<std::vector<CustomField>>> custom_fields(Call call) = 0;
  virtual boost::asio::awaitable<Result<ActivityPage>> activities(Call call, std::string next) = 0;
  /// None where the vendor does not know the activity (any more).
  virtual boost::asio::awaitable<Result<std::optional<Activity>>> activity(Call call, run::ActivityId id) = 0;

  /// Starts the import of one batch. Error with NextStep::look_up where the vendor may have taken it.
  virtual boost::asio::awaitable<Result<run::ActivityId>> start_import(Call call, Import batch) = 0;
};

}  // namespace delivery

#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "async/clock.hpp"
#include "delivery/contact_api.hpp"

namespace support {

/// The vendor of the stage tests: one account, imports that end after a while, every row of them taken.
class FakeVendor {
 public:
  explicit FakeVendor(async::Clock& clock) : clock_{clock} {}

  /// What an import request meets; without a script it is taken and answered.
  enum class Fate : std::uint8_t { taken, taken_but_no_answer, taken_late, lost, refused };
  struct ImportSeen {
    std::string file_name;
    std::string form;
    std::uint64_t rows = 0;
    async::UtcTime at{};
    bool taken = false;
  };

  std::deque<Fate> fates;
  delivery::Error refusal{delivery::NextStep::split, run::Reason::import_refused, "400", {}};
  std::optional<delivery::Error> listing_fails;
  std::set<run::ListId> lists{{"list-1"}};
  std::chrono::nanoseconds import_takes{std::chrono::seconds{12}};
  std::chrono::nanoseconds late_by{std::chrono::minutes{4}};  ///< Until an import that is taken late shows.
  std::vector<ImportSeen> imports;
  std::size_t calls = 0;
  std::size_t collection_calls = 0;
  std::set<std::string> tokens_seen;

  std::uint64_t rows_taken() const {
    std::uint64_t rows = 0;
    for (const auto& seen : imports) rows += seen.taken ? seen.rows : 0;
    return rows;
  }

  delivery::Result<run::ActivityId> import(const delivery::Import& batch) {
    const auto fate = fates.empty() ? Fate::taken : fates.front();
    if (!fates.empty()) fates.pop_front();
    ImportSeen seen;
    seen.file_name = batch.file_name;
    seen.form = batch.form;
    seen.rows = static_cast<std::uint64_t>(std::count(batch.body.begin(), batch.body.end(), '\n')) - 1;
    seen.at = clock_.now();
    seen.taken = fate == Fate::taken || fate == Fate::taken_but_no_answer || fate == Fate::taken_late;
    imports.push_back(seen);
    if (fate == Fate::refused) return refusal;
    const delivery::Error no_answer{delivery::NextStep::look_up, run::Reason::vendor_unavailable, "time-out", {}};
    if (!seen.taken) return no_answer;
    delivery::Activity activity;
    activity.id = {"activity-" + std::to_string(activities_.size() + 1)};
    activity.source_file_name = batch.form == "named" ? batch.file_name : "upload";
    activity.person_count = seen.rows;
    activity.created_at = clock_.now();
    const auto shows = clock_.boot() + (fate == Fate::taken_late ? late_by : std::chrono::nanoseconds{});
    activities_.push_back({activity, shows, shows + import_takes});
    if (fate != Fate::taken) return no_answer;
    return activity.id;
  }

  std::vector<delivery::Activity> activities() const {
    std::vector<delivery::Activity> shown;
    for (const auto& held : activities_) {
      if (held.shows <= clock_.boot()) shown.push_back(now(held));
    }
    return shown;
  }

 private:
  struct Held {
    delivery::Activity activity;
    async::BootTime shows{};
    async::BootTime ends{};
  };
  delivery::Activity now(const Held& held) const {
    auto shown = held.activity;
    shown.state = delivery::ActivityState::processing;
    if (clock_.boot() < held.ends) return shown;
    shown.state = delivery::ActivityState::completed;
    shown.error_count = shown.correctable_count = shown.cannot_add_to_list_count = 0;
    return shown;
  }

  async::Clock& clock_;
  std::vector<Held> activities_;
};

/// One process's way to the fake vendor. `way`: a message's time on the way; never ends in a dead process.
class FakeContactApi : public delivery::ContactApi {
 public:
  using Way = std::function<boost::asio::awaitable<void>()>;
  FakeContactApi(FakeVendor& vendor, Way way) : vendor_{vendor}, way_{std::move(way)} {}

  boost::asio::awaitable<delivery::Result<delivery::AccountSummary>> account(delivery::Call call) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    const delivery::AccountSummary summary{{"account-1"}, "Example Ltd"};
    co_return summary;
  }
  boost::asio::awaitable<delivery::Result<std::vector<std::string>>> privileges(delivery::Call call) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    co_return std::vector<std::string>{};
  }
  boost::asio::awaitable<delivery::Result<std::optional<delivery::ContactList>>> list(delivery::Call call,
                                                                                      run::ListId id) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    std::optional<delivery::ContactList> found;
    if (vendor_.lists.contains(id)) found = delivery::ContactList{id, "Customers", false};
    co_return found;
  }
  boost::asio::awaitable<delivery::Result<delivery::ListPage>> lists(delivery::Call call, std::string) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    delivery::ListPage page;
    for (const auto& id : vendor_.lists) page.lists.push_back({id, "Customers", false});
    co_return page;
  }
  boost::asio::awaitable<delivery::Result<std::vector<delivery::CustomField>>> custom_fields(
      delivery::Call call) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    co_return std::vector<delivery::CustomField>{};
  }
  boost::asio::awaitable<delivery::Result<delivery::ActivityPage>> activities(delivery::Call call,
                                                                              std::string) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    ++vendor_.collection_calls;
    if (vendor_.listing_fails) co_return *vendor_.listing_fails;
    delivery::ActivityPage page;
    page.activities = vendor_.activities();
    co_return page;
  }
  boost::asio::awaitable<delivery::Result<std::optional<delivery::Activity>>> activity(delivery::Call call,
                                                                                       run::ActivityId id) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    std::optional<delivery::Activity> found;
    for (const auto& activity : vendor_.activities()) {
      if (activity.id == id) found = activity;
    }
    co_return found;
  }
  boost::asio::awaitable<delivery::Result<run::ActivityId>> start_import(delivery::Call call,
                                                                         delivery::Import batch) override {
    const auto refused = co_await arrive(call);
    if (refused) co_return *refused;
    auto answer = vendor_.import(batch);
    co_await way_();
    co_return answer;
  }

 private:
  boost::asio::awaitable<std::optional<delivery::Error>> arrive(delivery::Call call) {
    co_await way_();
    co_await call.permit->turn();
    if (!call.permit->may_send()) {
      co_return delivery::Error{delivery::NextStep::stop, run::Reason::none, "not permitted", {}};
    }
    ++vendor_.calls;
    vendor_.tokens_seen.insert(call.access_token);
    co_return std::nullopt;
  }

  FakeVendor& vendor_;
  Way way_;
};

}  // namespace support

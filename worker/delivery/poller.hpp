#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/account_batches.hpp"
#include "delivery/claim_context.hpp"
#include "delivery/poll_rules.hpp"

namespace delivery {

/// Follows submitted imports to their end: one collection call for all of an account.
class Poller {
 public:
  explicit Poller(ClaimContext& context) : context_{context} {}

  /// The account has submitted batches, the newest of `newest`; followed until it has none.
  void watch(const run::AccountId& account, run::UtcTime newest);

 private:
  struct Watch {
    explicit Watch(boost::asio::any_io_executor executor) : woken{std::move(executor)} {}
    run::UtcTime newest{};
    unsigned looks = 0;
    async::BootTime last_look{};
    std::optional<run::UtcTime> not_before{};
    Wake woken;
  };

  boost::asio::awaitable<void> follow_account(run::AccountId account, std::shared_ptr<Watch> watch);
  std::chrono::nanoseconds until_next(const Watch& watch, const RunHandle& run) const;
  boost::asio::awaitable<void> look(run::AccountId account, std::shared_ptr<Watch> watch);
  /// Those of ours that the collection did not show, asked for by id.
  boost::asio::awaitable<void> look_for_missing(std::vector<BatchHandle> missing);
  void wait_as_told(Watch& watch, const Error& error) const;
  void observe(const BatchHandle& handle, const std::optional<Activity>& activity, bool looked);

  ClaimContext& context_;
  std::map<run::AccountId, std::shared_ptr<Watch>> watches_;
};

}  // namespace delivery

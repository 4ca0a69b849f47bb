#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"

namespace delivery {

/// Finds out, before a run's first batch, whether the vendor's side is as the job takes it to be.
///
/// Answers are kept for a while per connection record and grant, and thrown away by any refusal.
class Preflight {
 public:
  explicit Preflight(ClaimContext& context) : context_{context} {}

  /// Errors: reject ends the run; park and wait_until leave it alone for a while.
  boost::asio::awaitable<Result<Clearance>> clear(RunHandle run, Directory::Entry connection);

  /// The vendor refused something: what was believed of the connection may be wrong.
  void forget(const run::ConnectionId& connection) { known_.erase(connection); }

 private:
  struct Known {
    std::int64_t connection_record = -1;
    run::GrantId grant;
    async::BootTime good_until{};
    std::optional<run::AccountId> account{};
    std::set<run::ListId> lists;
    std::optional<std::vector<CustomField>> fields{};
  };
  /// The entry to fill; made anew where it is too old or of another record or grant.
  Known& fresh(const Directory::Entry& connection);
  /// Where an await lies between, the entry may be another one.
  Known* same(const Directory::Entry& connection);

  boost::asio::awaitable<Result<run::AccountId>> account(Caller caller, Directory::Entry connection);
  boost::asio::awaitable<Result<void>> lists(Caller caller, Directory::Entry connection, std::vector<run::ListId> ids);
  boost::asio::awaitable<Result<std::vector<CustomField>>> fields(Caller caller, Directory::Entry connection);

  ClaimContext& context_;
  std::map<run::ConnectionId, Known> known_;
};

}  // namespace delivery

#pragma once

#include <set>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "delivery/account_batches.hpp"
#include "delivery/claim_context.hpp"
#include "delivery/resolve_rules.hpp"

namespace delivery {

/// Finds out what became of imports whose answer never came: nothing new is sent for their account meanwhile.
class Resolver {
 public:
  explicit Resolver(ClaimContext& context) : context_{context} {}

  /// The account has unresolved batches; looked up until it has none.
  void resolve(const run::AccountId& account);

 private:
  boost::asio::awaitable<void> resolve_account(run::AccountId account);
  /// How long until all of them may be looked up.
  std::chrono::nanoseconds until_settled(const std::vector<BatchHandle>& batches) const;
  /// One whole listing; what it shows of them is adopted. Returns those that it does not show.
  boost::asio::awaitable<Result<std::vector<BatchHandle>>> look(run::AccountId account,
                                                                std::vector<BatchHandle> batches);
  boost::asio::awaitable<void> wait_as_told(Error error, std::vector<BatchHandle> batches);
  /// Whether a name that is missing proves that the batch is.
  Names names_of(const run::AccountId& account, const run::BatchState& batch) const;
  void conclude(const BatchHandle& handle, run::BatchState state);

  ClaimContext& context_;
  std::set<run::AccountId> resolving_;
};

}  // namespace delivery

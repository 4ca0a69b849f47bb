#include "delivery/resolver.hpp"

#include <algorithm>
#include <utility>

#include "delivery/poll_rules.hpp"
#include "delivery/resolve_rules.hpp"
#include "delivery/run_steps.hpp"
#include "delivery/vendor_calls.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

bool is_unresolved(const Batch& batch) { return batch.is_unresolved(); }

}  // namespace

void Resolver::resolve(const run::AccountId& account) {
  if (resolving_.insert(account).second) context_.tasks.spawn(resolve_account(account));
}

asio::awaitable<void> Resolver::resolve_account(run::AccountId account) {
  while (!context_.draining) {
    auto batches = batches_of(context_.book, account, is_unresolved);
    if (batches.empty()) break;
    const auto wait = until_settled(batches);
    if (wait > std::chrono::nanoseconds::zero()) {
      co_await context_.clock.sleep(wait);
      continue;
    }
    auto missing = co_await look(account, batches);
    if (missing && !missing->empty()) {
      co_await context_.clock.sleep(context_.settings.second_look);
      missing = co_await look(account, *missing);
    }
    if (!missing) {
      co_await wait_as_told(missing.error(), batches);
      continue;
    }
    answered(context_, batches);
    for (const auto& handle : *missing) {
      const auto& state = handle.get()->state;
      conclude(handle, absent_batch(state, names_of(account, state), context_.writer.now()));
    }
  }
  resolving_.erase(account);
  context_.changed.notify();
}

Names Resolver::names_of(const run::AccountId& account, const run::BatchState& batch) const {
  const auto* encoder = context_.encoders.named(batch.encoder);
  const bool named = encoder != nullptr && encoder->names_imports();
  return named && context_.trusted.contains(account) ? Names::shown : Names::not_proven;
}

std::chrono::nanoseconds Resolver::until_settled(const std::vector<BatchHandle>& batches) const {
  const auto now = context_.writer.now();
  std::chrono::nanoseconds longest{};
  for (const auto& handle : batches) {
    longest = std::max<std::chrono::nanoseconds>(longest, handle.get()->settles_at.value_or(now) - now);
  }
  return longest;
}

asio::awaitable<Result<std::vector<BatchHandle>>> Resolver::look(run::AccountId account,
                                                                 std::vector<BatchHandle> batches) {
  const auto run = batches.front().run;
  const auto caller = caller_of(context_, run, VendorCall::activities, Purpose::resolve);
  const auto to_the_end = [](const std::vector<Activity>&) { return false; };
  const auto listed = co_await list_activities(&context_, run->state.application, caller, to_the_end);
  if (!listed) co_return listed.error();
  if (shows_our_names(*listed)) context_.trusted.insert(account);
  std::vector<BatchHandle> missing;
  for (const auto& handle : batches) {
    const auto* batch = handle.get();
    if (batch == nullptr || !batch->is_unresolved()) continue;
    if (const auto activity = find_ours(*listed, batch->state)) {
      conclude(handle, adopted_batch(batch->state, *activity, context_.writer.now()));
    } else {
      missing.push_back(handle);
    }
  }
  co_return missing;
}

asio::awaitable<void> Resolver::wait_as_told(Error error, std::vector<BatchHandle> batches) {
  const auto now = context_.writer.now();
  for (const auto& handle : batches) {
    const auto* batch = handle.get();
    if (!batch->is_unresolved() || !is_past_finding(batch->state, handle.run->state.deadline, now, context_.settings)) {
      continue;
    }
    conclude(handle, unknown_batch(batch->state, "no answer says whether the vendor took it", now));
  }
  std::chrono::nanoseconds pause = context_.settings.park_first;
  if (error.until) pause = std::max<std::chrono::nanoseconds>(*error.until - now, context_.settings.retry_first);
  unanswered(context_, batches, error, now + std::chrono::duration_cast<std::chrono::milliseconds>(pause));
  co_await context_.clock.sleep(pause);
}

void Resolver::conclude(const BatchHandle& handle, run::BatchState state) {
  auto* batch = handle.get();
  batch->state = std::move(state);
  batch->settles_at.reset();
  journal(context_, *handle.run, batch->state);
}

}  // namespace delivery

#include "delivery/poller.hpp"

#include <algorithm>
#include <utility>

#include "delivery/run_steps.hpp"
#include "delivery/vendor_calls.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

/// Of those that the collection does not show, so many are asked for by id at one look.
constexpr std::size_t most_by_id = 2;

bool is_submitted(const Batch& batch) { return batch.state.phase == run::BatchPhase::submitted; }

const Activity* find(const std::vector<Activity>& activities, const run::ActivityId& id) {
  const auto found =
      std::find_if(activities.begin(), activities.end(), [&](const Activity& activity) { return activity.id == id; });
  return found == activities.end() ? nullptr : &*found;
}

}  // namespace

void Poller::watch(const run::AccountId& account, run::UtcTime newest) {
  auto& watch = watches_[account];
  const bool known = watch != nullptr;
  if (!known) watch = std::make_shared<Watch>(context_.executor);
  if (newest > watch->newest) {
    watch->newest = newest;
    watch->looks = 0;
    watch->last_look = context_.clock.boot();
    watch->woken.notify();
  }
  if (!known) context_.tasks.spawn(follow_account(account, watch));
}

asio::awaitable<void> Poller::follow_account(run::AccountId account, std::shared_ptr<Watch> watch) {
  while (!context_.draining) {
    const auto open = batches_of(context_.book, account, is_submitted);
    if (open.empty()) break;
    const auto pause = until_next(*watch, open.front().run);
    if (pause > std::chrono::nanoseconds::zero()) {
      co_await watch->woken.wait_at_most(context_.clock, pause);
      continue;
    }
    co_await look(account, watch);
    watch->last_look = context_.clock.boot();
    ++watch->looks;
  }
  watches_.erase(account);
  context_.changed.notify();
}

std::chrono::nanoseconds Poller::until_next(const Watch& watch, const RunHandle& run) const {
  const auto& line = context_.lines.of(run->state.application);
  const auto now = context_.writer.now();
  PollFacts facts;
  facts.looks = watch.looks;
  facts.only_reserve = line.calls_left(Purpose::send) == 0;
  facts.calls_left = line.calls_left(Purpose::resolve);
  facts.accounts = watches_.size();
  facts.left_in_day = line.opens_at() - now;
  std::chrono::nanoseconds pause = watch.last_look + poll_pause(facts, context_.settings) - context_.clock.boot();
  if (watch.not_before) pause = std::max<std::chrono::nanoseconds>(pause, *watch.not_before - now);
  return pause;
}

asio::awaitable<void> Poller::look(run::AccountId account, std::shared_ptr<Watch> watch) {
  watch->not_before.reset();
  const auto open = batches_of(context_.book, account, is_submitted);
  if (open.empty()) co_return;
  const auto run = open.front().run;
  std::vector<run::ActivityId> wanted;
  for (const auto& handle : open) wanted.push_back(handle.get()->state.activity_id);
  const bool to_the_end =
      std::any_of(open.begin(), open.end(), [](const auto& handle) { return handle.get()->state.possible_duplicate; });
  const auto all_found = [wanted, to_the_end](const std::vector<Activity>& activities) {
    return !to_the_end &&
           std::all_of(wanted.begin(), wanted.end(), [&](const auto& id) { return find(activities, id) != nullptr; });
  };
  const auto caller = caller_of(context_, run, VendorCall::activities, Purpose::resolve);
  const auto listed = co_await list_activities(&context_, run->state.application, caller, all_found);
  if (!listed) {
    wait_as_told(*watch, listed.error());
    unanswered(context_, open, listed.error(), *watch->not_before);
    for (const auto& handle : open) observe(handle, std::nullopt, false);
    co_return;
  }
  answered(context_, open);
  if (shows_our_names(*listed)) context_.trusted.insert(account);
  std::vector<BatchHandle> missing;
  for (const auto& handle : open) {
    auto* batch = handle.get();
    if (batch == nullptr || !is_submitted(*batch)) continue;
    if (const auto* activity = find(*listed, batch->state.activity_id)) {
      auto& repeated = batch->state.possible_duplicate;
      repeated = repeated && !(has_ended(activity->state) && is_held_once(*listed, batch->state));
      observe(handle, *activity, true);
    } else if (missing.size() < most_by_id) {
      missing.push_back(handle);
    }
  }
  co_await look_for_missing(std::move(missing));
}

asio::awaitable<void> Poller::look_for_missing(std::vector<BatchHandle> missing) {
  auto& api = context_.api;
  for (const auto& handle : missing) {
    const auto caller = caller_of(context_, handle.run, VendorCall::activity, Purpose::resolve);
    const auto id = handle.get()->state.activity_id;
    const auto activity =
        co_await context_.lines.of(handle.run->state.application)
            .ask<std::optional<Activity>>(caller, [&api, id](Call call) { return api.activity(std::move(call), id); });
    if (activity) {
      observe(handle, *activity, true);
    } else {
      observe(handle, std::nullopt, false);
    }
  }
}

void Poller::wait_as_told(Watch& watch, const Error& error) const {
  watch.not_before = error.until.value_or(context_.writer.now() + context_.settings.poll_longest);
}

void Poller::observe(const BatchHandle& handle, const std::optional<Activity>& activity, bool looked) {
  auto* batch = handle.get();
  if (batch == nullptr || !is_submitted(*batch)) return;
  const auto now = context_.writer.now();
  if (!batch->alarmed && now >= batch->state.submitted_at + context_.settings.activity_alarm) {
    batch->alarmed = true;
    context_.observer.alarm(context_.partition, Alarm::activity_takes_long, "batch " + batch->state.batch_id.value);
  }
  switch (follow(batch->state, activity, looked, handle.run->state.deadline, now, context_.settings)) {
    case Followed::goes_on:
      return;
    case Followed::ended:
      batch->state = ended_batch(std::move(batch->state), *activity, now);
      break;
    case Followed::given_up:
      batch->state = unknown_batch(std::move(batch->state), "the import did not end in time", now);
      break;
  }
  journal(context_, *handle.run, batch->state);
}

}  // namespace delivery

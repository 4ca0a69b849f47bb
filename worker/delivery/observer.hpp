#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "delivery/error.hpp"
#include "run/event.hpp"
#include "run/journal.hpp"

namespace delivery {

/// What needs a person.
enum class Alarm : std::uint8_t {
  no_committed_offset,  ///< `topics create` was not run for the group.
  offset_outside_log,   ///< The committed offset is not in the outbox (any more).
  unreadable_record,    ///< In an internal topic; its partition halts.
  outbox_unavailable,   ///< It cannot be read at present.
  claim_fails,          ///< The partition cannot be taken over at present.
  clock_differs,        ///< From the brokers'; requests stop.
  body_differs,         ///< A batch that was packed again is not what its intent says.
  activity_takes_long,
  grant_dead,            ///< A person must sign in again.
  refresh_lost,          ///< A refresh without a result; the grant may have been spent.
  counts_do_not_add_up,  ///< A receipt that breaks our own promise.
};
std::string_view name(Alarm alarm);
/// What a person does about it.
std::string_view remedy(Alarm alarm);

enum class ClaimPhase : std::uint8_t {
  taking_over,
  waiting_for_predecessor,
  indexing,
  working,
  draining,
  alarmed,  ///< Given up until a person has mended what its alarm says; tried again now and then.
  ended,
};

enum class VendorCall : std::uint8_t { account, list, lists, custom_fields, activities, activity, import, token };
std::string_view name(VendorCall call);

/// What the stage tells about itself; the default says nothing. Real: app's adapter to telemetry.
///
/// Threads: the delivery loop only. Must not throw and must not wait.
class Observer {
 public:
  virtual ~Observer() = default;

  virtual void alarm(std::int32_t /*partition*/, Alarm /*alarm*/, std::string_view /*detail*/) {}
  virtual void claim_changed(std::int32_t /*partition*/, ClaimPhase /*phase*/) {}
  virtual void committed(std::int32_t /*partition*/, std::size_t /*records*/, std::chrono::nanoseconds /*took*/) {}
  virtual void indexed(std::int32_t /*partition*/, std::int64_t /*offset*/) {}
  virtual void offset_committed(std::int32_t /*partition*/, std::int64_t /*offset*/) {}
  /// `error`: none for an answer that was asked for.
  virtual void answered(const run::ApplicationId&, VendorCall /*call*/, const Error* /*error*/,
                        std::chrono::nanoseconds /*took*/) {}
  virtual void calls_left(const run::ApplicationId&, std::uint32_t /*used*/, std::uint32_t /*left*/) {}
  virtual void run_changed(std::int32_t /*partition*/, const run::ResultEvent& /*event*/) {}
  /// How a run stands that this claim found; nothing about it has changed.
  virtual void run_restored(std::int32_t /*partition*/, const run::ResultEvent& /*event*/) {}
  virtual void batch_changed(const run::BatchState& /*batch*/) {}
};

}  // namespace delivery

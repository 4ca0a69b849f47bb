#pragma once

#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "delivery/batch_packer.hpp"
#include "delivery/claim_context.hpp"
#include "delivery/import_rules.hpp"

namespace delivery {

/// Sends one batch of a run: call and token first, pack, intent, and only then the import.
class Sender {
 public:
  /// `may_intend`: whether the run may still have an intent; asked in the same turn of the loop that writes it.
  /// `refused`: the vendor refused something of the connection.
  Sender(ClaimContext& context, BatchPacker& packer, std::function<bool(const Run&)> may_intend,
         std::function<void(const run::ConnectionId&)> refused);

  /// Until the answer is journalled. The caller has set `packing`.
  boost::asio::awaitable<void> send(RunHandle run);

  /// Batches between their intent and their journalled answer.
  unsigned answering() const { return answering_; }

 private:
  struct Parcel {
    run::BatchState state;
    std::string body;
  };
  boost::asio::awaitable<std::optional<Parcel>> pack(RunHandle run);
  /// Adds the intent, and all that it ends, to the journal in this turn of the loop.
  void intend(const RunHandle& run, const run::BatchState& state);
  boost::asio::awaitable<void> import(RunHandle run, Parcel parcel, ApplicationLine::Ticket ticket);
  boost::asio::awaitable<Result<run::ActivityId>> attempt(RunHandle run, Import batch, ApplicationLine::Ticket ticket);
  boost::asio::awaitable<Result<ApplicationLine::Ticket>> next_ticket(RunHandle run);
  void submitted(Run& run, const run::BatchId& id, const run::ActivityId& activity);
  void not_submitted(Run& run, const run::BatchId& id, AfterImport then, Error error);
  void refuse(Run& run, const run::BatchId& id, const Error& error);

  Caller caller(const RunHandle& run) const;

  ClaimContext& context_;
  BatchPacker& packer_;
  std::function<bool(const Run&)> may_intend_;
  std::function<void(const run::ConnectionId&)> refused_;
  unsigned answering_ = 0;
};

}  // namespace delivery

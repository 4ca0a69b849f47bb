#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "intake/decided_sink.hpp"

namespace support {

/// What was handed to a producer.
struct OutboxRecord {
  std::uint64_t ticket = 0;
  intake::Destination to;
  std::string value;
  std::string trace_parent;
};

/// A producer whose broker stores and acknowledges when the test says so.
class IntakeOutboxSink : public intake::DecidedSink {
 public:
  /// `stored`: the brokers' side, which outlives any producer.
  explicit IntakeOutboxSink(std::vector<OutboxRecord>& stored) : stored_{stored} {}

  bool produce(std::uint64_t ticket, const intake::Destination& to, std::string value,
               std::string trace_parent) override {
    ++offers;
    if (under_way.size() + unacknowledged.size() >= capacity) return false;
    under_way.push_back({ticket, to, std::move(value), std::move(trace_parent)});
    if (stores_at_once) {
      store(1);
      acknowledge(0);
    }
    return true;
  }
  std::optional<std::uint64_t> acknowledged() override {
    if (acknowledgements_.empty()) return std::nullopt;
    const auto ticket = acknowledgements_.front();
    acknowledgements_.pop_front();
    return ticket;
  }
  const std::optional<std::string>& failed() const override { return failure; }

  /// The broker takes the next records, in order.
  void store(std::size_t records) {
    for (; records > 0 && !under_way.empty(); --records) {
      unacknowledged.push_back(under_way.front().ticket);
      stored_.push_back(std::move(under_way.front()));
      under_way.pop_front();
    }
  }
  /// One of the stored ones is acknowledged.
  void acknowledge(std::size_t which) {
    if (unacknowledged.empty()) return;
    const auto at = unacknowledged.begin() + static_cast<std::ptrdiff_t>(which % unacknowledged.size());
    acknowledgements_.push_back(*at);
    unacknowledged.erase(at);
  }

  std::deque<OutboxRecord> under_way;
  std::vector<std::uint64_t> unacknowledged;
  std::size_t capacity = static_cast<std::size_t>(-1);
  bool stores_at_once = true;
  std::size_t offers = 0;
  std::optional<std::string> failure;

 private:
  std::vector<OutboxRecord>& stored_;
  std::deque<std::uint64_t> acknowledgements_;
};

}  // namespace support

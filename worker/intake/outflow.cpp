#include "intake/outflow.hpp"

#include <algorithm>
#include <utility>

namespace intake {

void Outflow::push(Life life, Emission emission) {
  bytes_ += emission.value.size();
  waiting_.push_back({.life = life, .emission = std::move(emission)});
}

void Outflow::hand_over() {
  // Offering costs a copy, and nothing gives room but an acknowledgement.
  if (refused_ && !in_flight_.empty()) return;
  refused_ = false;
  while (!waiting_.empty()) {
    const auto& [life, emission] = waiting_.front();
    const std::uint64_t ticket = first_ticket_ + in_flight_.size();
    if (!sink_.produce(ticket, emission.to, emission.value, emission.trace_parent)) {
      refused_ = true;
      return;
    }
    in_flight_.push_back({.life = life, .pin = emission.pin, .bytes = emission.value.size(), .acknowledged = false});
    waiting_.pop_front();
  }
}

std::size_t Outflow::take_acknowledged() {
  std::size_t records = 0;
  while (const auto ticket = sink_.acknowledged()) {
    if (*ticket < first_ticket_ || *ticket - first_ticket_ >= in_flight_.size()) continue;
    InFlight& record = in_flight_[*ticket - first_ticket_];
    if (record.acknowledged) continue;
    record.acknowledged = true;
    bytes_ -= record.bytes;
    ++records;
    refused_ = false;
    while (!in_flight_.empty() && in_flight_.front().acknowledged) {
      in_flight_.pop_front();
      ++first_ticket_;
    }
  }
  return records;
}

std::int64_t Outflow::lowest_pin(Life life) const {
  std::int64_t lowest = Emission::pins_nothing;
  for (const InFlight& record : in_flight_) {
    if (record.life == life && !record.acknowledged) lowest = std::min(lowest, record.pin);
  }
  for (const Waiting& record : waiting_) {
    if (record.life == life) lowest = std::min(lowest, record.emission.pin);
  }
  return lowest;
}

}  // namespace intake

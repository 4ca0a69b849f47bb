#include "run/counts.hpp"

namespace run {

DecisionCounts& DecisionCounts::operator+=(const DecisionCounts& other) {
  received += other.received;
  accepted += other.accepted;
  invalid += other.invalid;
  duplicate += other.duplicate;
  over_cap += other.over_cap;
  undecodable += other.undecodable;
  return *this;
}

DeliveryCounts& DeliveryCounts::operator+=(const DeliveryCounts& other) {
  imported += other.imported;
  unsubscribed += other.unsubscribed;
  refused += other.refused;
  failed += other.failed;
  unknown += other.unknown;
  not_sent += other.not_sent;
  return *this;
}

}  // namespace run

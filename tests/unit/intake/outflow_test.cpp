#include "intake/outflow.hpp"

#include <gtest/gtest.h>

#include "support/intake_outbox.hpp"

namespace intake {
namespace {

Emission emission(std::int64_t pin) { return {.to = ToOutbox{"a"}, .value = "12345", .trace_parent = {}, .pin = pin}; }

struct Fixture {
  Fixture() { sink.stores_at_once = false; }
  void acknowledge(std::size_t which) {
    sink.store(100);
    sink.acknowledge(which);
    outflow.take_acknowledged();
  }

  std::vector<support::OutboxRecord> stored;
  support::IntakeOutboxSink sink{stored};
  Outflow outflow{sink};
};

TEST(Outflow, HoldsEverythingBackUntilItIsAcknowledged) {
  Fixture f;
  f.outflow.push(1, emission(7));
  EXPECT_EQ(f.outflow.lowest_pin(1), 7);
  f.outflow.hand_over();
  f.sink.store(1);
  f.outflow.take_acknowledged();
  EXPECT_EQ(f.outflow.lowest_pin(1), 7);
  f.acknowledge(0);
  EXPECT_EQ(f.outflow.lowest_pin(1), Emission::pins_nothing);
  EXPECT_TRUE(f.outflow.is_empty());
  EXPECT_EQ(f.outflow.bytes(), 0U);
}

TEST(Outflow, TakesAcknowledgementsInAnyOrder) {
  Fixture f;
  for (const std::int64_t pin : {7, 5, 9}) f.outflow.push(1, emission(pin));
  f.outflow.hand_over();
  f.acknowledge(1);
  EXPECT_EQ(f.outflow.lowest_pin(1), 7);
  f.acknowledge(0);
  EXPECT_EQ(f.outflow.lowest_pin(1), 9);
}

TEST(Outflow, KeepsLivesApart) {
  Fixture f;
  f.outflow.push(1, emission(7));
  f.outflow.push(2, emission(100));
  EXPECT_EQ(f.outflow.lowest_pin(2), 100);
}

TEST(Outflow, OffersARefusedRecordAgainOnlyAfterAnAcknowledgement) {
  Fixture f;
  f.sink.capacity = 1;
  f.outflow.push(1, emission(7));
  f.outflow.push(1, emission(8));
  f.outflow.hand_over();
  f.outflow.hand_over();
  EXPECT_TRUE(f.outflow.is_blocked());
  EXPECT_EQ(f.sink.offers, 2U);
  f.acknowledge(0);
  f.outflow.hand_over();
  EXPECT_FALSE(f.outflow.is_blocked());
}

}  // namespace
}  // namespace intake

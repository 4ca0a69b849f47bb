#include "wire/journal.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include "stage/delivery/delivery_world.hpp"

namespace delivery {
namespace {

using namespace std::chrono_literals;

std::string kind_of(const std::string& key) { return key.substr(0, key.find('/')); }

/// What compaction leaves of the journal: the newest record of each key, without tombstones.
class Kept {
 public:
  explicit Kept(World& world) : values_{world.kafka.newest(support::topic::deliveries)} {}

  std::map<std::string, std::size_t> keys() const {
    std::map<std::string, std::size_t> found;
    for (const auto& [key, value] : values_) ++found[kind_of(key)];
    return found;
  }
  /// Without the runs named `passing-…`.
  std::size_t bytes() const {
    std::size_t bytes = 0;
    for (const auto& [key, value] : values_) {
      if (key.rfind("run/passing-", 0) != 0) bytes += key.size() + value.size();
    }
    return bytes;
  }

 private:
  std::map<std::string, std::string> values_;
};

std::size_t claims(World& world) {
  std::set<std::string> owners;
  for (const auto& stored : world.kafka.read_all(support::topic::deliveries)) {
    if (kind_of(stored.record.key) == "owner") owners.insert(stored.record.key);
  }
  return owners.size();
}

/// Numbers of a later time may need some bytes more.
constexpr std::size_t longer_numbers = 32;

TEST(DeliveryJournal, GivesTheCallsBackThatWereNotMade) {
  World world;
  world.add_connection();
  world.add_token();
  world.write({});
  auto& owner = world.start();
  ASSERT_TRUE(world.until_completed("run-1", 10min));
  ASSERT_TRUE(world.drain(owner));
  const auto journal = world.kafka.read_all(support::topic::deliveries);
  std::uint32_t counted = 0;
  for (const auto& stored : journal) {
    if (!stored.record.value) continue;
    const auto record = wire::decode_journal(*stored.record.value);
    ASSERT_TRUE(record);
    if (const auto* block = std::get_if<run::QuotaBlock>(&*record)) counted = block->reserved;
  }
  EXPECT_GT(counted, 0U);
  EXPECT_LT(counted, world.settings.quota.block);
}

TEST(DeliveryJournal, KeepsTheCallsOfTwoDaysHoweverLongItsOwnerLives) {
  support::KafkaDelays quick;
  quick.slow_share = 0;  // No claim is lost, and nothing is tidied at the start of another.
  World world{7, quick};
  world.add_connection();
  world.add_token();
  world.start();
  for (int day = 1; day <= 5; ++day) {
    const auto id = "run-" + std::to_string(day);
    world.write({.id = id, .export_id = id, .job_offset = 100 * day});
    ASSERT_TRUE(world.until_completed(id, 10min));
    world.time.run_for(24h);
  }
  EXPECT_EQ(Kept{world}.keys()["quota"], 2U);
}

TEST(DeliveryJournal, KeepsNothingOfAHundredHandOvers) {
  constexpr std::size_t hand_overs = 100;
  World world;
  world.add_connection();
  world.add_token();
  // Open all the time; while the others come and go, each with an import on its way when it is handed over.
  world.write({.id = "held", .export_id = "held", .job_offset = 100, .over_cap = 1, .policy = run::OverCap::hold});
  world.write({.id = "unsealed", .export_id = "unsealed", .job_offset = 200, .sealed = false});
  world.vendor.import_takes = 40s;
  auto* owner = &world.start();
  world.time.run_for(world.settings.journal_index_after + 5min);

  const auto hand_over = [&](std::size_t number) {
    const auto id = "passing-" + std::to_string(number);
    world.write({.id = id, .export_id = id, .job_offset = 1'000 + 10 * static_cast<std::int64_t>(number)});
    if (!world.time.run_until([&] { return world.vendor.imports.size() == number; }, 20min)) return false;
    auto& next = world.start();
    if (!world.drain(*owner)) return false;
    world.kill(*owner);
    owner = &next;
    if (!world.until_completed(id, 20min)) return false;
    world.time.run_for(30s);
    return true;
  };
  ASSERT_TRUE(hand_over(1));
  const Kept after_one{world};
  for (std::size_t number = 2; number <= hand_overs; ++number) ASSERT_TRUE(hand_over(number)) << number;
  const Kept after_all{world};

  EXPECT_GT(claims(world), hand_overs);
  auto expected = after_one.keys();
  EXPECT_EQ(expected, (std::map<std::string, std::size_t>{{"owner", 1}, {"quota", 1}, {"run", 3}}));
  expected["run"] += hand_overs - 1;
  EXPECT_EQ(after_all.keys(), expected);
  EXPECT_LE(after_all.bytes(), after_one.bytes() + longer_numbers);

  // What tells a repeated run goes once no repeat can come any more. What was open has met its deadline meanwhile.
  ASSERT_TRUE(world.drain(*owner));
  world.kill(*owner);
  world.time.run_for(std::chrono::days{16});
  world.start();
  for (const auto* id : {"held", "unsealed"}) ASSERT_TRUE(world.until_completed(id, 10min)) << id;
  world.time.run_for(1min);
  EXPECT_EQ(Kept{world}.keys(), (std::map<std::string, std::size_t>{{"owner", 1}, {"run", 2}}));
}

}  // namespace
}  // namespace delivery

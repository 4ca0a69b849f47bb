#include "kafka/input_consumer.hpp"

#include <map>
#include <set>

#include "integration/kafka/kafka_test.hpp"
#include "kafka/journal_topic.hpp"
#include "kafka/publisher.hpp"

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> numbered(int first, int count) {
  std::vector<std::string> values;
  for (int number = first; number < first + count; ++number) values.push_back(std::to_string(number));
  return values;
}

/// A member as intake would be: commits what it read when it must give a partition away.
struct Member {
  Member(const kafka::Settings& settings, const kafka::Hooks& hooks) : consumer{settings, hooks} {}

  void turn() {
    const auto event = consumer.poll(10ms);
    if (const auto* assigned = std::get_if<intake::Assigned>(&event)) take(*assigned);
    if (std::holds_alternative<intake::Revoked>(event)) give();
    if (const auto* failed = std::get_if<intake::SourceFailed>(&event)) throw std::runtime_error(failed->detail);
  }
  void take(const intake::Assigned& assigned) {
    last = assigned;
    ++assignments;
    std::vector<intake::InputSource::Start> starts;
    for (const auto& partition : assigned.partitions) {
      starts.push_back({partition.partition, partition.committed.value_or(0)});
      owned.insert(partition.partition);
    }
    consumer.start(starts);
  }
  void give() {
    commit();
    owned.clear();
    consumer.release();
  }
  void commit() {
    for (const auto partition : owned) consumer.commit(partition, consumer.position(partition), "v1;test");
    consumer.finish_commits(30s);
  }
  /// At most `most` records of each partition.
  void read(int most) {
    for (const auto partition : owned) {
      for (int count = 0; count < most; ++count) {
        const auto record = consumer.read(partition);
        if (!record) break;
        seen[partition].push_back(record->offset);
        values[partition].emplace_back(record->payload);
      }
    }
  }
  std::size_t total() const {
    std::size_t sum = 0;
    for (const auto& [partition, offsets] : seen) sum += offsets.size();
    return sum;
  }

  kafka::InputConsumer consumer;
  intake::Assigned last;
  int assignments = 0;
  std::set<std::int32_t> owned;
  std::map<std::int32_t, std::vector<std::int64_t>> seen;
  std::map<std::int32_t, std::vector<std::string>> values;
};

class InputConsumer : public KafkaTest {};

TEST_F(InputConsumer, ReadsEachPartitionInOrderWhileAnotherIsLeftAlone) {
  create_topics(2);
  publish(settings.topics.exports, 0, numbered(0, 3000));
  publish(settings.topics.exports, 1, numbered(10'000, 3000));
  Member member{settings, hooks};
  repeat_until([&] { return member.owned.size() == 2; }, [&] { member.turn(); });
  ASSERT_EQ(member.last.partitions.size(), 2U);
  EXPECT_EQ(member.last.partitions[0].committed, std::nullopt);
  EXPECT_EQ(member.last.partitions[0].log_start, 0);
  EXPECT_EQ(member.last.partitions[0].log_end, 3000);

  member.owned = {1};
  repeat_until([&] { return member.total() == 3000; }, [&] { member.turn(), member.read(100); });
  EXPECT_EQ(member.consumer.position(0), 0);
  EXPECT_EQ(member.consumer.position(1), 3000);
  member.owned = {0};
  repeat_until([&] { return member.total() == 6000; }, [&] { member.turn(), member.read(100); });
  EXPECT_EQ(member.values[0], numbered(0, 3000));
  EXPECT_EQ(member.values[1], numbered(10'000, 3000));
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(InputConsumer, FindsItsCommitAndItsMetadataInTheNextLife) {
  create_topics(1);
  publish(settings.topics.exports, 0, numbered(0, 10));
  {
    Member member{settings, hooks};
    repeat_until([&] { return member.total() == 10; }, [&] { member.turn(), member.read(100); });
    member.consumer.commit(0, 4, "v1;older");
    member.consumer.commit(0, 7, "v1;restart=5");
    member.consumer.finish_commits(30s);
  }
  Member next{settings, hooks};
  repeat_until([&] { return next.assignments == 1; }, [&] { next.turn(); });
  EXPECT_EQ(next.last.partitions.at(0).committed, 7);
  EXPECT_EQ(next.last.partitions.at(0).metadata, "v1;restart=5");
  repeat_until([&] { return next.total() == 3; }, [&] { next.turn(), next.read(100); });
  EXPECT_THAT(next.seen[0], ElementsAre(7, 8, 9));
}

TEST_F(InputConsumer, HandsPartitionsOverWithoutLossAndWithoutRepeat) {
  constexpr int partitions = 4;
  constexpr int each = 2000;
  create_topics(partitions);
  for (int partition = 0; partition < partitions; ++partition) {
    publish(settings.topics.exports, partition, numbered(0, each));
  }
  Member first{settings, hooks};
  repeat_until([&] { return first.total() >= 1000; }, [&] { first.turn(), first.read(50); });

  std::optional<Member> second;
  second.emplace(settings, hooks);
  repeat_until([&] { return first.owned.size() == 2 && second->owned.size() == 2; },
               [&] { first.turn(), first.read(1), second->turn(), second->read(1); });
  repeat_until([&] { return second->total() >= 500; },
               [&] { first.turn(), first.read(3), second->turn(), second->read(7); });
  auto seen = second->seen;
  second->commit();
  seen = second->seen;
  second.reset();
  repeat_until([&] { return first.owned.size() == 4; }, [&] { first.turn(), first.read(10); });
  const auto total = [&] {
    auto sum = first.total();
    for (const auto& [partition, offsets] : seen) sum += offsets.size();
    return sum;
  };
  repeat_until([&] { return total() >= std::size_t{partitions} * each; }, [&] { first.turn(), first.read(500); });

  for (int partition = 0; partition < partitions; ++partition) {
    std::multiset<std::int64_t> all{first.seen[partition].begin(), first.seen[partition].end()};
    all.insert(seen[partition].begin(), seen[partition].end());
    EXPECT_EQ(all.size(), std::size_t{each}) << "partition " << partition;
    EXPECT_EQ(std::set<std::int64_t>(all.begin(), all.end()).size(), std::size_t{each}) << "partition " << partition;
  }
  EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(InputConsumer, CanBeLeftWithoutAnsweringARebalance) {
  create_topics(1);
  std::optional<Member> first;
  first.emplace(settings, hooks);
  repeat_until([&] { return first->owned.size() == 1; }, [&] { first->turn(); });
  Member second{settings, hooks};
  bool revoked = false;
  repeat_until([&] { return revoked; },
               [&] {
                 revoked = std::holds_alternative<intake::Revoked>(first->consumer.poll(10ms));
                 second.turn();
               });
  first.reset();
  repeat_until([&] { return second.owned.size() == 1; }, [&] { second.turn(); });
}

TEST_F(InputConsumer, StandsBehindTheMarkersOfATransaction) {
  create_topics(1);
  auto upstream = settings;
  upstream.topics.results = settings.topics.exports;
  kafka::JournalTopic journal{upstream, hooks, context.get_executor()};
  auto claimed = run(journal.claim(0));
  ASSERT_TRUE(claimed);
  std::vector<delivery::Outgoing> records;
  records.push_back({.to = delivery::Outgoing::To::results, .key = "run", .value = "a", .trace_parent = "00-1-2-01"});
  records.push_back({.to = delivery::Outgoing::To::results, .key = "run", .value = "b", .trace_parent = {}});
  ASSERT_TRUE(run((*claimed)->commit(std::move(records))));

  kafka::InputConsumer consumer{settings, hooks};
  std::vector<std::string> traces;
  repeat_until([&] { return consumer.position(0) == 3; },
               [&] {
                 const auto event = consumer.poll(10ms);
                 if (std::holds_alternative<intake::Assigned>(event)) consumer.start({{0, 0}});
                 if (const auto record = consumer.read(0)) traces.emplace_back(record->trace_parent);
               });
  EXPECT_THAT(traces, ElementsAre("00-1-2-01", ""));
}

TEST_F(InputConsumer, FindsOffsetsByTimeAndTimesByOffset) {
  create_topics(1);
  publish(settings.topics.exports, 0, numbered(0, 3));
  Member member{settings, hooks};
  repeat_until([&] { return member.total() == 3; }, [&] { member.turn(), member.read(10); });
  const auto time = member.consumer.time_at(0, 1);
  ASSERT_TRUE(time);
  EXPECT_EQ(member.consumer.offset_at(0, run::UtcTime{}), 0);
  EXPECT_LE(member.consumer.offset_at(0, *time), 1);
  EXPECT_EQ(member.consumer.offset_at(0, *time + 1h), 3);
  EXPECT_EQ(member.consumer.time_at(0, 3), std::nullopt);
}

TEST_F(InputConsumer, FailsWhereItIsToStartOutsideOfTheLog) {
  create_topics(1);
  publish(settings.topics.exports, 0, numbered(0, 3));
  kafka::InputConsumer consumer{settings, hooks};
  std::optional<std::string> failed;
  repeat_until([&] { return failed.has_value(); },
               [&] {
                 const auto event = consumer.poll(10ms);
                 if (std::holds_alternative<intake::Assigned>(event)) consumer.start({{0, 100}});
                 if (const auto* failure = std::get_if<intake::SourceFailed>(&event)) failed = failure->detail;
               });
  EXPECT_THAT(*failed, testing::HasSubstr("outside of the log"));
}

}  // namespace

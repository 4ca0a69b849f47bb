#include <gmock/gmock.h>

#include "kafka/client.hpp"

// The promises rest on these properties, so each of them is named here a second time.

namespace {

using testing::Contains;
using testing::IsSupersetOf;
using testing::Key;
using testing::Not;
using testing::Pair;
using Wanted = std::vector<std::pair<const std::string, std::string>>;

TEST(ReaderProperties, NeverMoveAnOffsetByThemselves) {
  EXPECT_THAT(kafka::reader_properties({}, 1000), IsSupersetOf(Wanted{{"auto.offset.reset", "error"},
                                                                      {"enable.auto.commit", "false"},
                                                                      {"enable.auto.offset.store", "false"},
                                                                      {"isolation.level", "read_committed"},
                                                                      {"queued.max.messages.kbytes", "1000"}}));
}

TEST(GroupProperties, AssignEagerlyByRange) {
  const auto properties = kafka::group_properties({}, "group");
  EXPECT_THAT(properties, IsSupersetOf(Wanted{{"group.id", "group"},
                                              {"partition.assignment.strategy", "range"},
                                              {"auto.offset.reset", "error"},
                                              {"session.timeout.ms", "45000"},
                                              {"heartbeat.interval.ms", "3000"},
                                              {"max.poll.interval.ms", "120000"}}));
  EXPECT_THAT(properties, Not(Contains(Key("group.instance.id"))));
  EXPECT_THAT(properties, Not(Contains(Key("client.rack"))));
}

TEST(GroupProperties, KeepThePollIntervalAboveTheSession) {
  kafka::Settings settings;
  settings.session_timeout = std::chrono::minutes{5};
  EXPECT_THAT(kafka::group_properties(settings, "group"), Contains(Pair("max.poll.interval.ms", "300000")));
}

TEST(ProducerProperties, NeverGiveUpOnARecordAndPartitionAsJavasClientDoes) {
  EXPECT_THAT(kafka::producer_properties({}), IsSupersetOf(Wanted{{"enable.idempotence", "true"},
                                                                  {"acks", "all"},
                                                                  {"partitioner", "murmur2_random"},
                                                                  {"message.timeout.ms", "0"}}));
}

}  // namespace

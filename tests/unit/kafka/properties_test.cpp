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

TEST(ClientProperties, CarryWhatTheUserSaysOfTlsAndSasl) {
  kafka::Settings settings;
  settings.brokers = "kafka.example:9093";
  settings.properties = {{"security.protocol", "sasl_ssl"}, {"sasl.mechanism", "SCRAM-SHA-512"}};
  EXPECT_THAT(kafka::client_properties(settings, {}), IsSupersetOf(Wanted{{"bootstrap.servers", "kafka.example:9093"},
                                                                          {"socket.nagle.disable", "true"},
                                                                          {"security.protocol", "sasl_ssl"},
                                                                          {"sasl.mechanism", "SCRAM-SHA-512"}}));
}

TEST(ClientProperties, LetNothingOfTheUsersBeatWhatTheRoomNeeds) {
  kafka::Settings settings;
  settings.brokers = "kafka.example:9093";
  settings.properties = {
      {"bootstrap.servers", "other.example:9093"}, {"acks", "0"}, {"message.timeout.ms", "1000"}, {"linger.ms", "500"}};
  EXPECT_THAT(kafka::client_properties(settings, kafka::producer_properties(settings)),
              IsSupersetOf(Wanted{{"bootstrap.servers", "kafka.example:9093"},
                                  {"acks", "all"},
                                  {"message.timeout.ms", "0"},
                                  {"linger.ms", "20"}}));
}

TEST(ReaderProperties, NeverMoveAnOffsetByThemselves) {
  EXPECT_THAT(kafka::reader_properties({}, 1000), IsSupersetOf(Wanted{{"auto.offset.reset", "error"},
                                                                      {"enable.auto.commit", "false"},
                                                                      {"enable.auto.offset.store", "false"},
                                                                      {"isolation.level", "read_committed"},
                                                                      {"queued.max.messages.kbytes", "1000"}}));
}

TEST(ReaderProperties, FetchSoLittleAtOnceThatItCannotFillTheQueueUnpacked) {
  const auto fetched = [](std::size_t prefetch_kilobytes) {
    return kafka::reader_properties({}, prefetch_kilobytes)["fetch.message.max.bytes"];
  };
  EXPECT_EQ(fetched(4'096), "262144");
  EXPECT_EQ(fetched(65'536), "1048576") << "more than librdkafka's own bound brings nothing";
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

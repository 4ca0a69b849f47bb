#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>

#include "kafka/client.hpp"

namespace {

using Kind = kafka::Error::Kind;

TEST(ErrorOf, CallsSilenceUnreachable) {
  for (const auto code : {RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT,
                          RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE}) {
    EXPECT_EQ(kafka::error_of(code, "asking").kind, Kind::unreachable) << rd_kafka_err2name(code);
  }
}

TEST(ErrorOf, TellsAMissingTopicFromADeadClientAndFromARefusal) {
  EXPECT_EQ(kafka::error_of(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "asking").kind, Kind::missing_topic);
  EXPECT_EQ(kafka::error_of(RD_KAFKA_RESP_ERR__FENCED, "asking").kind, Kind::fatal);
  EXPECT_EQ(kafka::error_of(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, "asking").kind, Kind::refused);
}

TEST(ErrorOf, SaysWhatWasBeingDone) {
  EXPECT_EQ(kafka::error_of(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "reading segment-exports").detail,
            "reading segment-exports: Broker: Unknown topic or partition");
}

}  // namespace

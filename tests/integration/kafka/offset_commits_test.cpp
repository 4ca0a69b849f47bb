#include "kafka/offset_commits.hpp"

#include <librdkafka/rdkafka_mock.h>

#include "integration/kafka/kafka_test.hpp"

namespace {

using namespace std::chrono_literals;
using testing::Optional;
using testing::Pair;

constexpr std::int16_t offset_commit = 8;  // Number of the request in Kafka's protocol.

/// Against the library's own stand-in for a broker: a real one refuses nothing when it is asked to.
class OffsetCommits : public KafkaTest {
 protected:
  OffsetCommits() {
    settings.properties["test.mock.num.brokers"] = "1";
    client.emplace(settings, hooks,
                   kafka::ClientOptions{.properties = kafka::group_properties(settings, settings.intake_group)});
    brokers = rd_kafka_handle_mock_cluster(client->get());
    EXPECT_EQ(rd_kafka_mock_topic_create(brokers, topic.c_str(), 1, 1), RD_KAFKA_RESP_ERR_NO_ERROR);
    commits.emplace(*client, topic);
  }

  void refuse_next() {
    rd_kafka_mock_push_request_errors(brokers, offset_commit, 1, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS);
  }

  /// Offset and metadata.
  std::optional<std::pair<std::int64_t, std::string>> committed() {
    const auto list = kafka::partition_list();
    const auto* entry = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), 0);
    EXPECT_EQ(rd_kafka_committed(client->get(), list.get(), 30'000), RD_KAFKA_RESP_ERR_NO_ERROR);
    if (entry->offset < 0) return std::nullopt;
    return std::pair{entry->offset, std::string{static_cast<const char*>(entry->metadata), entry->metadata_size}};
  }

  const std::string topic = "exports";
  std::optional<kafka::Client> client;
  rd_kafka_mock_cluster_t* brokers = nullptr;
  std::optional<kafka::OffsetCommits> commits;
};

TEST_F(OffsetCommits, AreRepeatedUntilTheyAreTaken) {
  refuse_next();
  refuse_next();
  commits->want(0, 5, "v1;restart=3");
  commits->finish(30s);
  EXPECT_THAT(committed(), Optional(Pair(5, "v1;restart=3")));
}

TEST_F(OffsetCommits, GiveWayToANewerOne) {
  refuse_next();
  commits->want(0, 5, "v1;older");
  commits->want(0, 6, "v1;newer");
  commits->finish(30s);
  EXPECT_THAT(committed(), Optional(Pair(6, "v1;newer")));
}

TEST_F(OffsetCommits, AreNotRepeatedOnceThePartitionIsGivenAway) {
  refuse_next();
  commits->want(0, 5, "v1;late");
  commits->repeat_no_more();
  commits->finish(30s);
  EXPECT_FALSE(commits->has_unsent());
  EXPECT_EQ(committed(), std::nullopt);
}

}  // namespace

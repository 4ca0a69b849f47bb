#include "integration/kafka/kafka_test.hpp"

#include <atomic>
#include <iostream>

#include "integration/kafka/broker.hpp"
#include "kafka/publisher.hpp"

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 60s;

std::string unique_prefix() {
  static std::atomic<int> count = 0;
  return "t" + std::to_string(++count) + "-";
}

}  // namespace

KafkaTest::KafkaTest() {
  const std::string prefix = unique_prefix();
  settings.brokers = Broker::address();
  settings.session_timeout = 6s;
  settings.heartbeat_interval = 500ms;
  settings.linger = 5ms;
  for (auto* name :
       {&settings.topics.exports, &settings.topics.control, &settings.topics.decided, &settings.topics.deliveries,
        &settings.topics.credentials, &settings.topics.results, &settings.topics.rejects, &settings.intake_group,
        &settings.delivery_group, &settings.transactional_id_prefix}) {
    name->insert(0, prefix);
  }
  hooks.log = [](int level, std::string_view facility, std::string_view text) {
    std::clog << level << ' ' << facility << ": " << text << '\n';
  };
  hooks.failed = [this](const std::string& why) {
    const std::scoped_lock lock{mutex_};
    failures_.push_back(why);
  };
}

void KafkaTest::create_topics(std::int32_t partitions) {
  kafka::Admin admin{settings, hooks};
  kafka::LayoutPlan plan;
  plan.partitions = partitions;
  std::vector<std::string> names;
  for (auto topic : kafka::wanted_topics(settings.topics, plan, 1)) {
    topic.partitions = partitions;  // The small ones too: what follows all partitions must show it.
    const auto created = admin.create(topic);
    ASSERT_TRUE(created) << created.error().detail;
    names.push_back(topic.name);
  }
  wait_for(admin, names);
}

void KafkaTest::wait_for(kafka::Admin& admin, const std::vector<std::string>& topics) {
  std::size_t found = 0;
  repeat_until([&] { return found == topics.size(); },
               [&] {
                 const auto described = admin.describe(topics);
                 found = described ? described->size() : 0;
               });
}

void KafkaTest::publish(const std::string& topic, std::int32_t partition, const std::vector<std::string>& values) {
  kafka::Publisher publisher{settings, hooks};
  for (const auto& value : values) {
    const auto published = publisher.publish(topic, "key", value, {}, partition);
    ASSERT_TRUE(published) << published.error().detail;
  }
  const auto flushed = publisher.flush(patience);
  ASSERT_TRUE(flushed) << flushed.error().detail;
}

void KafkaTest::run_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  context.restart();
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) throw std::runtime_error("waited for a minute in vain");
    context.run_one_for(1s);
  }
}

void KafkaTest::repeat_until(const std::function<bool()>& condition, const std::function<void()>& step) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) throw std::runtime_error("waited for a minute in vain");
    step();
  }
}

std::vector<std::string> KafkaTest::failures() const {
  const std::scoped_lock lock{mutex_};
  return failures_;
}

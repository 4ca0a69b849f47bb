#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kafka/client.hpp"
#include "kafka/error.hpp"
#include "kafka/settings.hpp"
#include "kafka/topic_layout.hpp"

namespace kafka {

/// Looks at topics and makes them. Alters nothing that is there.
///
/// Threads: one. Deadline: each question to the brokers ends within Settings::call_timeout. Errors: the constructor
/// throws std::runtime_error as Client does.
class Admin {
 public:
  Admin(const Settings& settings, Hooks hooks);

  Result<std::size_t> broker_count();

  /// Those of `names` that exist, with all of their settings; with their ids where librdkafka (2.3.0) and the brokers
  /// (2.8) are new enough to tell.
  Result<std::vector<TopicDescription>> describe(const std::vector<std::string>& names);

  /// One that exists by now is no error; describe() says what it is like.
  Result<void> create(const TopicDescription& topic);

  /// Commits the start of the log for every partition for which the group never committed anything; says for how many.
  /// Such a group would otherwise not begin at all. Nobody may be a member of it meanwhile.
  Result<std::size_t> set_first_offsets(const std::string& group, const std::string& topic);

 private:
  Result<std::size_t> set_missing_offsets(const Client& member, const std::string& group, const std::string& topic);
  Result<void> add_config(TopicDescription& topic);
  Result<void> add_ids(std::vector<TopicDescription>& topics);
  int longest() const { return static_cast<int>(settings_.call_timeout.count()); }

  Settings settings_;
  Hooks hooks_;
  Client client_;
};

}  // namespace kafka

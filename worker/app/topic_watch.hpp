#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kafka/admin.hpp"
#include "kafka/settings.hpp"
#include "kafka/topic_reader.hpp"
#include "run/control.hpp"

namespace app {

struct TopicFindings {
  std::vector<std::string> problems;  ///< Empty: all is well.
  bool differ = false;                ///< The topics were seen, and are not those that were created.
};

/// What of the topics of ours is not as `topics create` wrote it down, and what was made anew since this process began
/// with the layout `begun_with`, which is none before it began.
///
/// Beside kafka::layout_differences(), which sees a new topic only where the client library can tell, the incarnation
/// tells: `topics create` raises it.
std::vector<std::string> layout_problems(const kafka::TopicNames& names, const std::optional<run::Layout>& begun_with,
                                         const run::Layout& created, const std::vector<kafka::TopicDescription>& real);

/// Compares the topics with the layout, before anything is owned and all the time: with another partition count one
/// application would have two owners, and what is known of a topic is not true of one that was made anew.
///
/// Threads: one. Calls block for as long as Settings::call_timeout says.
class TopicWatch {
 public:
  TopicWatch(const kafka::Settings& settings, const kafka::Hooks& hooks);

  TopicFindings look();

 private:
  kafka::Result<void> read_layout();
  kafka::Result<void> read_on(kafka::TopicReader& control);

  const kafka::Settings& settings_;
  kafka::Hooks hooks_;
  kafka::Admin admin_;
  std::optional<kafka::TopicReader> control_;  ///< Where the layout stands; stays open, so that news cost little.
  bool reads_anew_ = false;
  std::optional<run::Layout> created_;
  std::optional<run::Layout> begun_with_;
};

}  // namespace app

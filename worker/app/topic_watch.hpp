#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kafka/admin.hpp"
#include "kafka/settings.hpp"
#include "run/control.hpp"

namespace app {

struct TopicFindings {
  std::vector<std::string> problems;  ///< Empty: all is well.
  bool differ = false;                ///< The topics were seen, and are not those that were created.
};

/// What of the topics of ours is not as `topics create` wrote it down.
std::vector<std::string> layout_problems(const kafka::TopicNames& names, const run::Layout& created,
                                         const std::vector<kafka::TopicDescription>& real);

/// Compares the topics with the layout, before anything is owned and all the time: with another partition count one
/// application would have two owners.
///
/// Threads: one. Calls block for as long as Settings::call_timeout says.
class TopicWatch {
 public:
  TopicWatch(const kafka::Settings& settings, const kafka::Hooks& hooks);

  TopicFindings look();

 private:
  kafka::Result<std::optional<run::Layout>> read_layout();

  const kafka::Settings& settings_;
  kafka::Hooks hooks_;
  kafka::Admin admin_;
  std::optional<run::Layout> created_;  ///< Kept while it fits.
};

}  // namespace app

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kafka/topic_layout.hpp"
#include "run/control.hpp"

namespace cli {

/// What `topics create` has to do, and what it leaves to a person.
struct TopicsPlan {
  std::vector<kafka::TopicDescription> missing;  ///< To be made.
  std::vector<std::string> adopted;              ///< There already; they keep their partitions.
  std::vector<std::string> renewed;              ///< Of these, the ones that somebody made anew.
  std::vector<kafka::TopicDifference> mended;    ///< By doing all that.
  std::vector<kafka::TopicDifference> differences;
  run::Layout layout;      ///< To be written.
  bool counts_fit = true;  ///< False: some partition count is wrong, and a layout must not bless it.
};

/// Adopts what is there: a topic that exists keeps its partitions, one that is missing gets those that the recorded
/// layout names, or else the wanted ones. `decided` and `deliveries` always agree.
///
/// The order of the topics is that of `wanted`. A recorded topic that is made anew, now or by somebody before, gets the
/// next incarnation, which tells workers that it is another one.
TopicsPlan plan_topics(const kafka::TopicNames& names, std::vector<kafka::TopicDescription> wanted,
                       const std::vector<kafka::TopicDescription>& found, const std::optional<run::Layout>& recorded);

/// What `topics check` finds: a missing topic and a missing layout are differences too.
std::vector<kafka::TopicDifference> check_topics(const TopicsPlan& plan);

/// The layout with the ids of topics that were made only now.
run::Layout with_ids(run::Layout layout, const std::vector<kafka::TopicDescription>& made);

}  // namespace cli

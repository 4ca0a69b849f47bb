#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/input_source.hpp"
#include "kafka/error.hpp"
#include "kafka/metadata.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// The consumer group over the input topic, as intake sees it.
///
/// Threads: the intake loop only. Destroying it leaves the group. Errors: the constructor throws std::runtime_error as
/// Client does.
class InputConsumer : public intake::InputSource {
 public:
  InputConsumer(const Settings& settings, Hooks hooks);
  ~InputConsumer() override;

  intake::SourceEvent poll(std::chrono::milliseconds wait) override;
  void start(const std::vector<Start>& starts) override;
  void release() override;
  std::optional<intake::InputRecord> read(std::int32_t number) override;
  std::int64_t position(std::int32_t number) override;
  std::optional<std::int64_t> offset_at(std::int32_t number, run::UtcTime time) override;
  std::optional<run::UtcTime> time_at(std::int32_t number, std::int64_t offset) override;
  void commit(std::int32_t partition, std::int64_t offset, const std::string& metadata) override;
  void finish_commits(std::chrono::milliseconds wait) override;

 private:
  struct Clients;
  struct Partition;

  intake::SourceEvent rebalance();
  intake::SourceEvent look_at_assignment();
  Result<intake::AssignedPartition> committed(std::int32_t number);
  Result<Bounds> bounds(std::int32_t number) const;
  bool fetch(Partition& partition);
  bool any_record();
  void find_again();

  Settings settings_;
  Hooks hooks_;
  std::unique_ptr<Clients> clients_;
  std::map<std::int32_t, std::unique_ptr<Partition>> partitions_;
  std::optional<std::vector<std::int32_t>> assigned_;  ///< By the group, not yet handed out.
  bool astray_ = false;                                ///< The client was told that an offset is outside of the log.
  std::optional<std::string> failure_;
};

}  // namespace kafka

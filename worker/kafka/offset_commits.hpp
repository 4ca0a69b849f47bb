#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "kafka/client.hpp"
#include "kafka/handles.hpp"

namespace kafka {

/// Commits a member's offsets with their metadata, one request at a time, and repeats what failed.
///
/// Threads: one. For .cpp files of this room only.
class OffsetCommits {
 public:
  /// `client` outlives it.
  OffsetCommits(const Client& client, std::string topic);

  /// A newer commit of the partition replaces an older one.
  void want(std::int32_t partition, std::int64_t offset, const std::string& metadata);
  /// Takes an answer, waits at most `wait` for it, and sends what may go.
  void serve(std::chrono::milliseconds wait);
  /// Until all is committed, at most `wait`.
  void finish(std::chrono::milliseconds wait);
  /// The partitions are given away: a late repeat could undo a commit of their next owner.
  void repeat_no_more();

  /// Something has to be sent that no answer will announce.
  bool has_unsent() const { return !wanted_.empty(); }
  rd_kafka_queue_t* answers() const { return answers_.get(); }

 private:
  struct Commit {
    std::int64_t offset = 0;
    std::string metadata;
    bool repeats = true;
  };

  void send();
  void take(rd_kafka_event_t& answer);

  const Client& client_;
  std::string topic_;
  Queue answers_;
  std::map<std::int32_t, Commit> wanted_;
  std::map<std::int32_t, Commit> in_flight_;
  std::chrono::steady_clock::time_point next_try_{};
};

}  // namespace kafka

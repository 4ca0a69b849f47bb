#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/log.hpp"
#include "support/memory_kafka.hpp"

namespace support {

std::string_view topic_of(delivery::Outgoing::To to);

/// One transactional producer: making it fences every older one of the partition.
///
/// What it sent goes on at the brokers when the caller stops waiting; closed or dead, it sends no more.
class MemoryTransactor : public delivery::Transactor {
 public:
  MemoryTransactor(std::shared_ptr<KafkaProcess> process, std::int32_t partition);
  ~MemoryTransactor() override;

  boost::asio::awaitable<delivery::Result<delivery::Committed>> commit(
      std::vector<delivery::Outgoing> records) override;

 private:
  /// Shared with what is on its way.
  struct State {
    std::shared_ptr<KafkaProcess> process;
    std::int32_t partition = 0;
    std::string id;
    std::uint64_t epoch = 0;
    bool closed = false;
    enum class Answer : std::uint8_t { none, committed, fenced, unknown };
    Answer answer = Answer::none;
    std::uint64_t commits = 0;  ///< How many were asked for.
    delivery::Committed committed{};
    Bell answered;
  };
  static bool is_fenced(const State& state);
  static void write(const std::shared_ptr<State>& state, const std::vector<delivery::Outgoing>& records);
  static void finish(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;
};

}  // namespace support

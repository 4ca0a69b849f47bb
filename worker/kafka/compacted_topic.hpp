#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/log.hpp"
#include "kafka/call_thread.hpp"
#include "kafka/client.hpp"
#include "kafka/completion.hpp"
#include "kafka/error.hpp"
#include "kafka/metadata.hpp"
#include "kafka/record_feed.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// Follows all partitions of a compacted topic from its start.
///
/// Threads: all methods on `executor`. One reader, which comes back to next() soon: caught_up() depends on it.
class CompactedTopic : public delivery::TableFeed {
 public:
  CompactedTopic(const Settings& settings, Hooks hooks, std::string topic, boost::asio::any_io_executor executor);

  boost::asio::awaitable<delivery::LogRecord> next() override;
  boost::asio::awaitable<delivery::Result<void>> caught_up() override;

 private:
  using Offsets = std::map<std::int32_t, std::int64_t>;
  using AllBounds = std::map<std::int32_t, Bounds>;

  Result<AllBounds> all_bounds();
  boost::asio::awaitable<Result<AllBounds>> ask_bounds();
  boost::asio::awaitable<void> follow();
  boost::asio::awaitable<void> rest();

  Settings settings_;
  Hooks hooks_;
  std::string topic_;
  boost::asio::any_io_executor executor_;
  Client client_;
  CallThread calls_;
  std::unique_ptr<RecordFeed> feed_;
  Offsets reached_;  ///< Next offset to be handed out.
  LoopSignal progress_;
};

}  // namespace kafka

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/log.hpp"
#include "kafka/client.hpp"
#include "kafka/error.hpp"
#include "kafka/offset_guard.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// What a feed hands out, in order per partition.
struct FeedItem {
  std::int32_t partition = 0;
  delivery::LogRecord record{};  ///< Of an item that is a record.
  bool is_record = false;        ///< Else all below `reached` has been handed out.
  std::int64_t reached = 0;      ///< Next offset of the partition.
};

/// Reads partitions on a thread of its own and hands the records to one loop; reads no further while much waits.
class RecordFeed {
 public:
  /// Starts at these offsets. Throws std::runtime_error as Client does.
  RecordFeed(const Settings& settings, const Hooks& hooks, const std::string& topic,
             const std::map<std::int32_t, std::int64_t>& starts, boost::asio::any_io_executor executor);
  RecordFeed(const RecordFeed&) = delete;
  RecordFeed& operator=(const RecordFeed&) = delete;
  ~RecordFeed();

  /// The next item; waits for one. Errors: the feed is at its end, make a new one.
  boost::asio::awaitable<Result<FeedItem>> next();

 private:
  struct Shared;

  void read();

  Client client_;
  std::map<std::int32_t, OffsetGuard> guards_;
  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace kafka

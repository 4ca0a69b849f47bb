#pragma once

#include <cstdint>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/log.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// Reads the outbox for delivery, read committed.
///
/// Threads: all methods on `executor`. Deadline: bounds() and fetch() end within Settings::call_timeout; a cursor waits
/// without limit.
class OutboxReader : public delivery::Outbox {
 public:
  OutboxReader(const Settings& settings, Hooks hooks, boost::asio::any_io_executor executor);
  ~OutboxReader() override;

  boost::asio::awaitable<delivery::Result<delivery::LogBounds>> bounds(std::int32_t partition) override;
  std::unique_ptr<delivery::LogCursor> follow(std::int32_t partition, std::int64_t from) override;
  boost::asio::awaitable<delivery::Result<delivery::LogRecord>> fetch(std::int32_t partition,
                                                                      std::int64_t offset) override;
  std::optional<std::int32_t> partition_of(const run::ApplicationId& application) const override;

 private:
  class Fetcher;

  Settings settings_;
  Hooks hooks_;
  boost::asio::any_io_executor executor_;
  std::unique_ptr<Fetcher> fetcher_;
};

}  // namespace kafka

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/log.hpp"
#include "kafka/call_thread.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// The journal topic: claims partitions of it and reads them back.
///
/// Threads: all methods on `executor`.
class JournalTopic : public delivery::JournalLog {
 public:
  JournalTopic(const Settings& settings, Hooks hooks, boost::asio::any_io_executor executor);

  boost::asio::awaitable<delivery::Result<std::unique_ptr<delivery::Transactor>>> claim(
      std::int32_t partition) override;
  boost::asio::awaitable<delivery::Result<std::vector<delivery::LogRecord>>> read_all(std::int32_t partition) override;

 private:
  delivery::Result<std::vector<delivery::LogRecord>> read_to_end(std::int32_t partition);

  Settings settings_;
  Hooks hooks_;
  boost::asio::any_io_executor executor_;
  CallThread calls_;
  std::shared_ptr<CallThread> closing_ = std::make_shared<CallThread>();
};

}  // namespace kafka

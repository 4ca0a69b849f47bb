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

/// The transactional producer of one partition, with the thread that makes its blocking calls.
///
/// Destroying it never blocks: the client is closed on the thread `closing`.
class TransactionalProducer : public delivery::Transactor {
 public:
  /// Ends when every older producer of the partition is fenced and what it left open is aborted, at most after
  /// Settings::call_timeout.
  static boost::asio::awaitable<delivery::Result<std::unique_ptr<delivery::Transactor>>> claim(
      Settings settings, Hooks hooks, std::int32_t partition, boost::asio::any_io_executor executor,
      std::shared_ptr<CallThread> closing);
  ~TransactionalProducer() override;

  boost::asio::awaitable<delivery::Result<delivery::Committed>> commit(
      std::vector<delivery::Outgoing> records) override;

 private:
  class Session;
  TransactionalProducer(std::unique_ptr<Session> session, boost::asio::any_io_executor executor,
                        std::shared_ptr<CallThread> closing);

  std::unique_ptr<Session> session_;
  boost::asio::any_io_executor executor_;
  std::shared_ptr<CallThread> closing_;
};

}  // namespace kafka

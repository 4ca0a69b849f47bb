#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/log.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// Idempotent producer without transactions, by key.
///
/// Threads: all methods on `executor`. Deadline: none, a record is repeated for as long as the process lives.
/// Cancelling: the record may still arrive.
class RecordWriter : public delivery::PlainWriter {
 public:
  RecordWriter(const Settings& settings, Hooks hooks, boost::asio::any_io_executor executor);
  ~RecordWriter() override;

  boost::asio::awaitable<delivery::Result<void>> write(delivery::Outgoing record) override;

 private:
  class Producer;
  std::unique_ptr<Producer> producer_;
};

}  // namespace kafka

#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "delivery/log.hpp"
#include "kafka/settings.hpp"

namespace kafka {

/// The consumer group over the outbox: membership and commits, no records.
///
/// Threads: a thread of its own polls, so that a busy loop does not cost the membership; all methods on `executor`.
/// Destroying it leaves the group; a static member stays in it until its session ends.
class DeliveryGroup : public delivery::Group {
 public:
  DeliveryGroup(const Settings& settings, Hooks hooks, boost::asio::any_io_executor executor);
  ~DeliveryGroup() override;

  boost::asio::awaitable<delivery::GroupEvent> next() override;
  void accept() override;
  boost::asio::awaitable<delivery::Result<std::optional<std::int64_t>>> committed(std::int32_t partition) override;
  boost::asio::awaitable<delivery::CommitAnswer> commit(std::int32_t partition, std::int64_t offset) override;

 private:
  class Member;
  std::unique_ptr<Member> member_;
};

}  // namespace kafka

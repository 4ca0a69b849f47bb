#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "async/clock.hpp"
#include "async/random.hpp"
#include "delivery/contact_api.hpp"
#include "delivery/credentials.hpp"
#include "delivery/directory.hpp"
#include "delivery/log.hpp"
#include "delivery/observer.hpp"
#include "delivery/ownership.hpp"
#include "delivery/row_encoder.hpp"
#include "delivery/settings.hpp"
#include "delivery/task_group.hpp"
#include "delivery/token_api.hpp"
#include "delivery/token_refresher.hpp"
#include "delivery/wake.hpp"

namespace delivery {

/// Stage 2: owns the partitions that the group assigns, and sends their applications' runs to the vendor.
///
/// Threads: the executor's, one at a time.
class Delivery {
 public:
  struct Parts {
    const Settings& settings;
    async::Clock& clock;
    async::Random& random;
    Observer& observer;
    Group& group;
    Outbox& outbox;
    JournalLog& journal;
    TableFeed& control;
    TableFeed& credentials;
    PlainWriter& plain_writer;
    ContactApi& api;
    TokenApi& tokens;
    TokenCipher& cipher;
    const RowEncoders& encoders;
    boost::asio::any_io_executor executor;
  };
  explicit Delivery(Parts parts);

  /// Until drain() was obeyed. Not to be cancelled. Throws on a bug.
  boost::asio::awaitable<void> run();
  /// No new work; what is in flight is finished, and every partition released.
  void drain();
  /// Joined, and everything owned (perhaps nothing) is restored.
  bool settled() const;

 private:
  boost::asio::awaitable<void> follow_group();
  boost::asio::awaitable<void> follow_control();
  boost::asio::awaitable<void> follow_credentials();
  boost::asio::awaitable<void> await_control_end();
  boost::asio::awaitable<void> own(std::int32_t partition, std::shared_ptr<Ownership> ownership);
  boost::asio::awaitable<void> revoke(bool lost);
  ClaimParts claim_parts();
  void note(const std::string& table, const LogRecord& record, bool readable);
  void look_again();

  Parts parts_;
  Directory directory_;
  Credentials credentials_;
  Unreadable unreadable_;
  Wake told_;
  std::map<std::int32_t, std::shared_ptr<Ownership>> owned_;
  bool joined_ = false;
  bool draining_ = false;
  TaskGroup refreshes_;  ///< Outlive the claims: a token that was obtained is stored in any case.
  TokenRefresher refresher_;
  TaskGroup tasks_;
};

}  // namespace delivery

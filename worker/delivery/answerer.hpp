#pragma once

#include <set>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim_context.hpp"

namespace delivery {

/// A question of the command line is dropped so long after it was asked.
inline constexpr std::chrono::seconds question_expires_after{60};

/// Puts the questions of the command line to the vendor, for the applications of this partition, and publishes the
/// answers under `request/<id>`.
class Answerer {
 public:
  explicit Answerer(ClaimContext& context) : context_{context} {}

  /// Until cancelled.
  boost::asio::awaitable<void> run();

 private:
  boost::asio::awaitable<void> answer(run::Request request);
  boost::asio::awaitable<Result<run::RequestAnswer>> ask(run::Request request, Directory::Entry connection);
  boost::asio::awaitable<Result<run::RequestAnswer>> check(Caller caller);
  boost::asio::awaitable<Result<run::RequestAnswer>> list_lists(Caller caller);
  boost::asio::awaitable<Result<run::RequestAnswer>> list_fields(Caller caller);
  ApplicationLine& line(const Caller& caller);

  ClaimContext& context_;
  std::set<std::string> begun_;
};

}  // namespace delivery

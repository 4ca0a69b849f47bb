#include "delivery/offset_committer.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

constexpr auto between_commits = std::chrono::seconds{1};

}  // namespace

std::int64_t commit_position(const RunBook& book, std::int64_t read_up_to) {
  return book.lowest_needed().value_or(read_up_to);
}

asio::awaitable<void> OffsetCommitter::run() {
  for (;;) {
    const auto position = commit_position(context_.book, index_.next());
    if (position <= committed_) {
      co_await context_.changed.wait();
      continue;
    }
    // What makes the records before it superfluous must be in the journal first.
    const auto journalled = co_await context_.writer.flush();
    if (!journalled) co_return;
    switch (co_await group_.commit(context_.partition, position)) {
      case CommitAnswer::done:
        committed_ = position;
        context_.observer.offset_committed(context_.partition, position);
        break;
      case CommitAnswer::stale:
        co_return;
      case CommitAnswer::failed:
        break;
    }
    co_await context_.clock.sleep(between_commits);
  }
}

}  // namespace delivery

#include "delivery/journal_writer.hpp"

#include <string>
#include <utility>

#include "delivery/journal_record.hpp"

namespace delivery {
namespace asio = boost::asio;
namespace {

std::size_t bytes_of(const Outgoing& record) { return record.key.size() + (record.value ? record.value->size() : 0); }

std::size_t bytes_of(const JournalWriter::Unit& unit) {
  std::size_t bytes = 0;
  for (const auto& record : unit) bytes += bytes_of(record);
  return bytes;
}

}  // namespace

JournalWriter::JournalWriter(std::int32_t partition, std::unique_ptr<Transactor> transactor, run::Owner owner,
                             const Settings& settings, async::Clock& clock, Observer& observer,
                             asio::any_io_executor executor)
    : partition_{partition},
      transactor_{std::move(transactor)},
      owner_{std::move(owner)},
      settings_{settings},
      clock_{clock},
      observer_{observer},
      next_heartbeat_{clock.boot()},
      work_{executor},
      progress_{executor} {}

void JournalWriter::add(Unit unit) {
  queue_.push_back(std::move(unit));
  work_.notify();
}

asio::awaitable<Result<void>> JournalWriter::write(Unit unit) {
  add(std::move(unit));
  return flush();
}

asio::awaitable<Result<void>> JournalWriter::flush() { return until(taken_ + queue_.size()); }

asio::awaitable<Result<void>> JournalWriter::until(std::uint64_t ticket) {
  while (!failure_ && committed_ < ticket) co_await progress_.wait();
  if (committed_ < ticket) co_return *failure_;
  co_return Result<void>{};
}

asio::awaitable<void> JournalWriter::run() {
  while (!failure_) {
    const auto now = clock_.boot();
    if (queue_.empty() && now < next_heartbeat_) {
      co_await work_.wait_at_most(clock_, next_heartbeat_ - now);
      continue;
    }
    co_await commit(next_transaction());
  }
  progress_.notify();
}

asio::awaitable<Result<void>> JournalWriter::release(Unit last) {
  owner_.released = true;
  next_heartbeat_ = clock_.boot();
  last.push_back(to_journal(owner_));
  return write(std::move(last));
}

std::vector<Outgoing> JournalWriter::next_transaction() {
  std::vector<Outgoing> records;
  std::size_t bytes = 0;
  if (!owner_.released && clock_.boot() >= next_heartbeat_) {
    ++owner_.heartbeat;
    records.push_back(to_journal(owner_));
    next_heartbeat_ = clock_.boot() + settings_.heartbeat;
  }
  while (!queue_.empty()) {
    auto& unit = queue_.front();
    const auto more = bytes_of(unit);
    const bool full =
        records.size() + unit.size() > settings_.transaction_records || bytes + more > settings_.transaction_bytes;
    // A single unit above the limits goes alone, since it may not be split.
    if (full && !records.empty()) break;
    bytes += more;
    for (auto& record : unit) records.push_back(std::move(record));
    queue_.pop_front();
    ++taken_;
  }
  return records;
}

asio::awaitable<void> JournalWriter::commit(std::vector<Outgoing> records) {
  const auto count = records.size();
  const auto in_journal = taken_;
  const auto begun = clock_.boot();
  const auto begun_at = clock_.now();
  const auto committed = co_await transactor_->commit(std::move(records));
  if (!committed) {
    failure_ = committed.error();
    failure_->next_step = NextStep::stop;
    co_return;
  }
  lease_begun_ = begun;
  if (committed->appended_at) correction_.observe(begun_at, *committed->appended_at, clock_.now());
  if (correction_.exceeds(settings_.largest_clock_difference)) {
    observer_.alarm(partition_, Alarm::clock_differs, std::to_string(correction_.difference().count()) + " ms");
  }
  observer_.committed(partition_, count, clock_.boot() - begun);
  committed_ = in_journal;
  progress_.notify();
}

bool JournalWriter::may_send() const {
  return !failure_ && !owner_.released && lease_begun_ && clock_.boot() - *lease_begun_ < settings_.lease &&
         !correction_.exceeds(settings_.largest_clock_difference);
}

async::BootTime JournalWriter::lease_ends() const {
  return may_send() ? *lease_begun_ + settings_.lease : async::BootTime{};
}

run::UtcTime JournalWriter::now() const { return clock_.now() + correction_.difference(); }

}  // namespace delivery

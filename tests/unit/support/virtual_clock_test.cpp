#include "support/virtual_clock.hpp"

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

namespace support {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

asio::awaitable<void> note_after(async::Clock* clock, std::chrono::nanoseconds delay, std::string name,
                                 std::vector<std::string>* notes) {
  co_await clock->sleep(delay);
  notes->push_back(name);
}

void rethrow(const std::exception_ptr& failure) {
  if (failure) std::rethrow_exception(failure);
}

std::string order_of_three(std::uint64_t seed) {
  VirtualTime time{seed};
  std::string order;
  for (const char name : {'a', 'b', 'c'}) time.after(1s, [&order, name] { order += name; });
  time.run_for(1s);
  return order;
}

TEST(VirtualTime, JumpsFromSleepToSleepInTheirOrder) {
  VirtualTime time;
  VirtualClock clock{time};
  std::vector<std::string> notes;
  asio::co_spawn(time.loop(), note_after(&clock, 3h, "late", &notes), rethrow);
  asio::co_spawn(time.loop(), note_after(&clock, 2h, "early", &notes), rethrow);
  EXPECT_TRUE(time.run_until([&] { return notes.size() == 2; }, 24h));
  EXPECT_EQ(notes, (std::vector<std::string>{"early", "late"}));
  EXPECT_EQ(clock.now(), VirtualTime::default_start + 3h);
}

TEST(VirtualTime, StopsAtItsBoundWhenNothingComesOfIt) {
  VirtualTime time;
  time.after(2h, [] {});
  EXPECT_FALSE(time.run_until([] { return false; }, 1h));
  EXPECT_EQ(time.elapsed(), 1h);
}

TEST(VirtualTime, GivesSimultaneousEventsAnOrderThatTheSeedDecides) {
  EXPECT_EQ(order_of_three(7), order_of_three(7));
  std::vector<std::string> orders;
  for (std::uint64_t seed = 0; seed < 100; ++seed) orders.push_back(order_of_three(seed));
  std::sort(orders.begin(), orders.end());
  orders.erase(std::unique(orders.begin(), orders.end()), orders.end());
  EXPECT_EQ(orders.size(), 6U);
}

TEST(VirtualClock, AbortsACancelledSleep) {
  VirtualTime time;
  VirtualClock clock{time};
  asio::cancellation_signal cancel;
  boost::system::error_code ended_with;
  const auto note = [&](const std::exception_ptr& failure) {
    try {
      rethrow(failure);
    } catch (const boost::system::system_error& error) {
      ended_with = error.code();
    }
  };
  asio::co_spawn(time.loop(), clock.sleep(1h), asio::bind_cancellation_slot(cancel.slot(), note));
  time.run_for(1s);
  cancel.emit(asio::cancellation_type::terminal);
  time.settle();
  EXPECT_EQ(ended_with, asio::error::operation_aborted);
  EXPECT_EQ(time.elapsed(), 1s);
}

TEST(VirtualClock, MayRunAheadOfTheTrueTime) {
  VirtualTime time;
  VirtualClock clock{time, 40s};
  EXPECT_EQ(clock.now(), time.now() + 40s);
}

}  // namespace
}  // namespace support

#include "async/within.hpp"

#include <stdexcept>
#include <string>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

namespace async {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Something that ends when a test says so, or by cancellation.
class Bell {
 public:
  explicit Bell(asio::io_context& context) : timer_{context, asio::steady_timer::time_point::max()} {}

  void ring() {
    rung_ = true;
    timer_.cancel();
  }
  asio::awaitable<void> wait() {
    const auto [error] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    cancelled = !rung_;
    if (!rung_) throw boost::system::system_error{error};
  }

  bool cancelled = false;

 private:
  asio::steady_timer timer_;
  bool rung_ = false;
};

/// A clock whose one sleep ends when the bell rings.
class BellClock : public Clock {
 public:
  explicit BellClock(Bell& bell) : bell_{bell} {}

  UtcTime now() const override { return {}; }
  BootTime boot() const override { return {}; }
  asio::awaitable<void> sleep(std::chrono::nanoseconds duration) override {
    slept = duration;
    co_await bell_.wait();
    if (broken) throw std::domain_error{"broken clock"};
  }

  std::chrono::nanoseconds slept{};
  bool broken = false;

 private:
  Bell& bell_;
};

asio::awaitable<std::string> text_after(Bell* bell) {
  co_await bell->wait();
  co_return "done";
}

asio::awaitable<std::string> text_in_spite_of_cancellation(Bell* bell) {
  try {
    co_await bell->wait();
  } catch (const boost::system::system_error&) {
  }
  co_return "saved";
}

asio::awaitable<std::string> failure_after(Bell* bell) {
  co_await bell->wait();
  throw std::domain_error{"broken"};
}

class Within : public testing::Test {
 protected:
  void start(asio::awaitable<std::string> work) {
    asio::co_spawn(context, within<std::string>(clock, 5s, std::move(work)),
                   asio::bind_cancellation_slot(cancel.slot(),
                                                [this](std::exception_ptr thrown, std::optional<std::string> result) {
                                                  ended = true;
                                                  failure = thrown;
                                                  value = std::move(result);
                                                }));
    context.poll();
    context.restart();
  }
  void turn() {
    context.poll();
    context.restart();
  }

  asio::io_context context;
  Bell time_is_up{context};
  Bell work_is_done{context};
  BellClock clock{time_is_up};
  asio::cancellation_signal cancel;
  bool ended = false;
  std::exception_ptr failure;
  std::optional<std::string> value;
};

TEST_F(Within, GivesWhatTheWorkGivesInTime) {
  start(text_after(&work_is_done));
  EXPECT_FALSE(ended);
  EXPECT_EQ(clock.slept, 5s);
  work_is_done.ring();
  turn();
  EXPECT_TRUE(ended);
  EXPECT_FALSE(failure);
  EXPECT_EQ(value, "done");
  EXPECT_TRUE(time_is_up.cancelled);
}

TEST_F(Within, GivesNothingWhenTheTimeIsUpAndCancelsTheWork) {
  start(text_after(&work_is_done));
  time_is_up.ring();
  turn();
  EXPECT_TRUE(ended);
  EXPECT_FALSE(failure);
  EXPECT_EQ(value, std::nullopt);
  EXPECT_TRUE(work_is_done.cancelled);
}

TEST_F(Within, ThrowsWhatTheWorkThrows) {
  start(failure_after(&work_is_done));
  work_is_done.ring();
  turn();
  ASSERT_TRUE(failure);
  EXPECT_THROW(std::rethrow_exception(failure), std::domain_error);
}

TEST_F(Within, ThrowsWhenItIsCancelledFromOutside) {
  start(text_after(&work_is_done));
  cancel.emit(asio::cancellation_type::terminal);
  turn();
  ASSERT_TRUE(failure);
  EXPECT_TRUE(is_cancellation(failure));
  EXPECT_TRUE(work_is_done.cancelled);
}

TEST_F(Within, ThrowsWhenItIsCancelledJustAsTheTimeIsUp) {
  start(text_after(&work_is_done));
  time_is_up.ring();
  cancel.emit(asio::cancellation_type::terminal);
  turn();
  ASSERT_TRUE(failure);
  EXPECT_TRUE(is_cancellation(failure));
}

TEST_F(Within, ThrowsWhatTheClockThrows) {
  clock.broken = true;
  start(text_after(&work_is_done));
  time_is_up.ring();
  turn();
  ASSERT_TRUE(failure);
  EXPECT_THROW(std::rethrow_exception(failure), std::domain_error);
}

TEST_F(Within, KeepsWhatComesWhileTheWorkIsBeingCancelled) {
  start(text_in_spite_of_cancellation(&work_is_done));
  time_is_up.ring();
  turn();
  EXPECT_FALSE(failure);
  EXPECT_EQ(value, "saved");
}

}  // namespace
}  // namespace async

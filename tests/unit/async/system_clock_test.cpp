#include "async/system_clock.hpp"

#include <exception>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "async/within.hpp"

namespace async {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

TEST(SystemClock, NeverGoesBackOnBootTime) {
  asio::io_context context;
  const SystemClock clock{context.get_executor()};
  const auto first = clock.boot();
  EXPECT_GT(first, BootTime{});
  EXPECT_GE(clock.boot(), first);
}

TEST(SystemClock, TellsUtcAsTheSystemDoes) {
  asio::io_context context;
  const SystemClock clock{context.get_executor()};
  const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto now = clock.now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

TEST(SystemClock, EndsASleepThatIsCancelled) {
  asio::io_context context;
  SystemClock clock{context.get_executor()};
  asio::cancellation_signal cancel;
  std::exception_ptr failure;
  asio::co_spawn(context, clock.sleep(1h),
                 asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown) { failure = thrown; }));
  context.poll();
  cancel.emit(asio::cancellation_type::terminal);
  context.run();
  ASSERT_TRUE(failure);
  EXPECT_TRUE(is_cancellation(failure));
}

}  // namespace
}  // namespace async

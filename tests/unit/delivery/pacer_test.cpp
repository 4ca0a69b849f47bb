#include "delivery/pacer.hpp"

#include <deque>

#include <gtest/gtest.h>

namespace delivery {
namespace {

using namespace std::chrono_literals;

TEST(Pacer, NeverGivesMoreThanFourTurnsInASlidingSecond) {
  const async::BootTime start{100s};
  Pacer pacer{std::chrono::nanoseconds{285'714'286}, start};
  std::deque<async::BootTime> window;
  auto now = start;
  for (int call = 0; call < 1000; ++call) {
    // Callers come in bursts and after silences.
    if (call % 37 == 0) now += 20s;
    const auto turn = pacer.take_turn(now);
    window.push_back(turn);
    while (window.front() <= turn - 1s) window.pop_front();
    EXPECT_LE(window.size(), 4U);
  }
}

TEST(Pacer, IsEmptyAtTheStart) {
  const async::BootTime start{100s};
  Pacer pacer{250ms, start};
  EXPECT_EQ(pacer.take_turn(start), start + 250ms);
  EXPECT_EQ(pacer.take_turn(start), start + 500ms);
}

TEST(Pacer, DoesNotSaveUpTurnsWhileNobodyCalls) {
  const async::BootTime start{100s};
  Pacer pacer{250ms, start};
  EXPECT_EQ(pacer.take_turn(start + 10s), start + 10s);
  EXPECT_EQ(pacer.take_turn(start + 10s), start + 10s + 250ms);
}

TEST(Pacer, KeepsRequestsApartThatLeaveLateAndOutOfTurn) {
  const async::BootTime start{100s};
  Pacer pacer{250ms, start};
  const auto first = pacer.take_turn(start);
  const auto second = pacer.take_turn(start);
  // The first one's connection takes longer than a whole turn.
  EXPECT_EQ(pacer.leaves_at(), first);
  pacer.left(second);
  EXPECT_EQ(pacer.leaves_at(), second + 250ms);
  pacer.left(second + 260ms);
  EXPECT_EQ(pacer.leaves_at(), second + 510ms);
}

}  // namespace
}  // namespace delivery

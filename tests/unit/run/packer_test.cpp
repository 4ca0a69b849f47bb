#include "run/packer.hpp"

#include <gtest/gtest.h>

namespace run {
namespace {

TEST(Packer, FillsABatchToItsLastByte) {
  Packer packer{{.max_rows = 10, .max_bytes = 100}, 40};
  EXPECT_EQ(packer.offer({1, 0}, 30), Packer::Fits::yes);
  EXPECT_EQ(packer.offer({1, 1}, 30), Packer::Fits::yes);
  EXPECT_EQ(packer.offer({2, 0}, 1), Packer::Fits::next_batch);
  EXPECT_EQ(packer.rows(), 2U);
}

TEST(Packer, FillsABatchToItsLastRow) {
  Packer packer{{.max_rows = 2, .max_bytes = 100}, 0};
  EXPECT_EQ(packer.offer({1, 0}, 1), Packer::Fits::yes);
  EXPECT_EQ(packer.offer({1, 1}, 1), Packer::Fits::yes);
  EXPECT_EQ(packer.offer({1, 2}, 1), Packer::Fits::next_batch);
}

TEST(Packer, KnowsTheFirstAndTheLastPositionOfABatch) {
  Packer packer{{.max_rows = 10, .max_bytes = 100}, 0};
  packer.offer({1, 7}, 1);
  packer.offer({4, 0}, 1);
  packer.offer({9, 2}, 1);
  EXPECT_EQ(packer.first(), (Position{1, 7}));
  EXPECT_EQ(packer.last(), (Position{9, 2}));
}

TEST(Packer, NeverTakesARowThatIsLargerThanABatch) {
  Packer packer{{.max_rows = 10, .max_bytes = 100}, 40};
  EXPECT_EQ(packer.offer({1, 0}, 61), Packer::Fits::never);
  EXPECT_EQ(packer.offer({1, 1}, 60), Packer::Fits::yes);
  EXPECT_EQ(packer.offer({1, 2}, 61), Packer::Fits::never);
  EXPECT_EQ(packer.rows(), 1U);
}

TEST(Packer, NeverTakesARowWhenTheFrameAloneIsTooLarge) {
  Packer packer{{.max_rows = 10, .max_bytes = 100}, 101};
  EXPECT_EQ(packer.offer({1, 0}, 0), Packer::Fits::never);
}

}  // namespace
}  // namespace run

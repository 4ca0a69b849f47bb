#include "delivery/run_book.hpp"

#include <gtest/gtest.h>

namespace delivery {
namespace {

const run::RunInstance earlier{{"run-1"}, 0, 5};
const run::RunInstance later{{"run-1"}, 0, 49};

TEST(RunBook, DoesNotKnowAnInstanceWhoseOpeningHasNotBeenRead) {
  RunBook book;
  book.open(later, 7);
  EXPECT_EQ(book.other_instance(earlier), std::nullopt);
}

TEST(RunBook, KnowsTheFirstInstanceThatWasOpenedOrHasEnded) {
  RunBook book;
  book.open(earlier, 3)->state.sequence = 1;
  EXPECT_EQ(book.other_instance(later), earlier);
  book.opened(book.find(earlier));
  book.finished(earlier);
  EXPECT_EQ(book.other_instance(later), earlier);
  EXPECT_EQ(book.other_instance(earlier), std::nullopt);
}

}  // namespace
}  // namespace delivery

#include "cli/text_table.hpp"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(TextTable, AlignsColumnsByWhatIsSeen) {
  EXPECT_EQ(text_table({{"name", "people"}, {"Zoë", "5"}, {"ab"}}, 1), "  name  people\n  Zoë        5\n  ab\n");
}

TEST(TextTable, WritesNothingWithoutRows) { EXPECT_EQ(text_table({}, 1), ""); }

}  // namespace
}  // namespace cli

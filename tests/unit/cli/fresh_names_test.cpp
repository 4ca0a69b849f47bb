#include "cli/fresh_names.hpp"

#include <gtest/gtest.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

TEST(RunId, TellsItsTimeAndIsRandom) {
  EXPECT_EQ(fresh_run_id(quarter_past_two(), 0x4f2a9c).value, "run-20261125T021500Z-004f2a9c");
  EXPECT_EQ(fresh_run_id(quarter_past_two(), 0xffffffff12345678).value, "run-20261125T021500Z-12345678");
}

TEST(RunId, IsOrderedByTime) {
  EXPECT_LT(fresh_run_id(quarter_past_two(), 9), fresh_run_id(quarter_past_two() + std::chrono::seconds{1}, 1));
}

TEST(DefaultExportId, IsTheSameForTheSamePlace) {
  EXPECT_EQ(default_export_id({"demo"}, {{"a"}, {"b"}}), default_export_id({"demo"}, {{"b"}, {"a"}, {"b"}}));
  EXPECT_EQ(default_export_id({"demo"}, {{"a"}}).value, "cli-59798c47a96b");
}

TEST(DefaultExportId, DiffersWithConnectionAndLists) {
  EXPECT_NE(default_export_id({"demo"}, {{"a"}}), default_export_id({"other"}, {{"a"}}));
  EXPECT_NE(default_export_id({"demo"}, {{"a"}}), default_export_id({"demo"}, {{"a"}, {"b"}}));
}

TEST(GrantId, HoldsAllOfItsBits) { EXPECT_EQ(fresh_grant_id(1, 2).value, "00000000000000010000000000000002"); }

}  // namespace
}  // namespace cli

#include "intake/restart_notes.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace intake {
namespace {

TEST(RestartNotes, ComeBackFromTheMetadata) {
  for (const RestartNotes& notes : {RestartNotes{.restart = 0, .ignored_jobs = {}, .too_large = {}},
                                    RestartNotes{.restart = 12, .ignored_jobs = {12, 15}, .too_large = {}},
                                    RestartNotes{.restart = 12, .ignored_jobs = {}, .too_large = {{13, 13}, {14, 90}}},
                                    RestartNotes{.restart = 12, .ignored_jobs = {40}, .too_large = {{13, 14}}}}) {
    const auto metadata = to_metadata(notes);
    ASSERT_TRUE(metadata);
    EXPECT_EQ(from_metadata(*metadata), notes) << *metadata;
    EXPECT_TRUE(std::ranges::all_of(*metadata, [](char c) { return c >= ' ' && c <= '~'; }));
  }
}

TEST(RestartNotes, AreShortAndCarryAVersion) {
  // What one release commits the next one reads: this text never changes.
  const RestartNotes notes{.restart = 1000, .ignored_jobs = {1002, 1010}, .too_large = {{1003, 1008}}};
  EXPECT_EQ(to_metadata(notes), "v1;r=1000;j=2,10;s=3-5");
  EXPECT_EQ(from_metadata("v1;r=1000;j=2,10;s=3-5"), notes);
}

TEST(RestartNotes, DoNotFitWhereTheListIsTooLong) {
  RestartNotes notes{.restart = 1, .ignored_jobs = {}, .too_large = {}};
  for (std::int64_t job = 1'000'000; job < 1'000'511; ++job) notes.ignored_jobs.push_back(job);
  ASSERT_TRUE(to_metadata(notes));
  EXPECT_LE(to_metadata(notes)->size(), RestartNotes::most_bytes);
  notes.ignored_jobs.push_back(1'000'512);
  EXPECT_FALSE(to_metadata(notes));
}

TEST(RestartNotes, OfAnotherVersionOrBrokenAreNotGuessed) {
  for (const auto* metadata :
       {"", "v2;r=1", "v1", "v1;r=", "v1;r=x", "v1;r=-4", "v1;j=1", "v1;r=1;j=x", "v1;r=1;s=4", "v1;r=1;k=3", "v1;r=1 ",
        "v1;r=9223372036854775807;j=1", "v1;r=1;s=9223372036854775806-9"}) {
    EXPECT_FALSE(from_metadata(metadata)) << metadata;
  }
}

}  // namespace
}  // namespace intake

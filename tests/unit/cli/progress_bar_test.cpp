#include "cli/progress_bar.hpp"

#include <sstream>

#include <gmock/gmock.h>

namespace cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

const Progress half{.what = "publishing", .done = 20'000, .total = 40'000, .unit = "rows", .elapsed = 30s};

Progress at(std::uint64_t done) {
  Progress progress = half;
  progress.done = done;
  return progress;
}

/// The bar, with a time that the test moves.
struct Screen {
  std::ostringstream out;
  ProgressBar bar;
  ProgressBar::Time now{};

  explicit Screen(ProgressStyle style) : bar{out, style, 100} {}
  std::string text_after(const Progress& progress, std::chrono::milliseconds later = 0ms) {
    out.str("");
    now += later;
    bar.update(progress, now);
    return out.str();
  }
};

TEST(RenderBar, ShowsBarAmountAndTimeLeft) {
  EXPECT_EQ(render_bar(half, 100), "publishing [============>           ] 50%  20,000 of 40,000 rows  00:30 left");
}

TEST(RenderBar, ShowsTheNote) {
  Progress waiting = half;
  waiting.note = "waits for the daily quota";
  EXPECT_THAT(render_bar(waiting, 120), HasSubstr("  waits for the daily quota"));
}

TEST(RenderBar, ShowsOnlyTheAmountOfAnUnknownTotal) {
  EXPECT_EQ(render_bar({.what = "reading", .done = 1'234'567, .unit = "rows"}, 100), "reading  1,234,567 rows");
}

TEST(RenderBar, IsFullAtTheEnd) {
  EXPECT_EQ(render_bar(at(40'000), 100), "publishing [========================] 100%  40,000 of 40,000 rows");
}

TEST(RenderBar, IsFullWhenThereIsNothingToDo) {
  EXPECT_THAT(render_bar({.what = "publishing", .total = 0}, 100), HasSubstr("100%"));
}

TEST(RenderBar, StaysInBoundsWhenMoreIsDoneThanThereWas) {
  EXPECT_THAT(render_bar(at(50'000), 100), HasSubstr("100%"));
}

TEST(RenderBar, NeverCallsUnfinishedWorkFinished) { EXPECT_THAT(render_bar(at(39'999), 100), HasSubstr(" 99%")); }

TEST(RenderBar, GivesNoTimeWithoutAPace) {
  Progress young = half;
  young.elapsed = 1s;
  EXPECT_THAT(render_bar(young, 100), Not(HasSubstr("left")));
  EXPECT_THAT(render_bar(at(0), 100), Not(HasSubstr("left")));
}

TEST(RenderBar, FitsTheTerminal) { EXPECT_EQ(render_bar(half, 20).size(), 20U); }

TEST(RenderLine, HasNoBar) { EXPECT_EQ(render_line(half), "publishing: 20,000 of 40,000 rows (50%)"); }

TEST(ProgressBar, RedrawsInPlace) {
  Screen screen{ProgressStyle::bar};
  screen.text_after(at(1));
  EXPECT_EQ(screen.text_after(at(2), 100ms), "\r" + render_bar(at(2), 99) + "\x1b[K");
}

TEST(ProgressBar, DoesNotRedrawMoreOftenThanTenTimesASecond) {
  Screen screen{ProgressStyle::bar};
  screen.text_after(at(1));
  EXPECT_EQ(screen.text_after(at(2), 99ms), "");
}

TEST(ProgressBar, LeavesTheLastStateOfFinishedWork) {
  Screen screen{ProgressStyle::bar};
  screen.text_after(at(1));
  screen.text_after(at(40'000), 1ms);
  const std::string text = screen.text_after({.what = "importing"}, 1ms);
  EXPECT_THAT(text, HasSubstr("40,000 of 40,000"));
  EXPECT_THAT(text, HasSubstr("\nimporting"));
}

TEST(ProgressBar, EndsWithTheLastStateOnALineOfItsOwn) {
  Screen screen{ProgressStyle::bar};
  screen.text_after(at(1));
  screen.text_after(at(40'000), 1ms);
  screen.out.str("");
  screen.bar.finish();
  EXPECT_EQ(screen.out.str(), "\r" + render_bar(at(40'000), 99) + "\x1b[K\n");
}

TEST(ProgressBar, WritesPlainLinesSeldom) {
  Screen screen{ProgressStyle::lines};
  EXPECT_EQ(screen.text_after(at(1)), render_line(at(1)) + "\n");
  EXPECT_EQ(screen.text_after(at(2), 9'999ms), "");
  EXPECT_EQ(screen.text_after(at(3), 1ms), render_line(at(3)) + "\n");
}

TEST(ProgressBar, WritesALineWhenTheNoteChanges) {
  Screen screen{ProgressStyle::lines};
  screen.text_after(at(1));
  Progress waiting = at(1);
  waiting.note = "waits";
  EXPECT_EQ(screen.text_after(waiting, 1ms), render_line(waiting) + "\n");
}

TEST(ProgressBar, IsSilentWhenQuiet) {
  Screen screen{ProgressStyle::silent};
  EXPECT_EQ(screen.text_after(half), "");
  screen.bar.finish();
  EXPECT_EQ(screen.out.str(), "");
}

TEST(ProgressStyleOf, IsSilentWhenQuiet) { EXPECT_EQ(progress_style(2, Quiet::yes), ProgressStyle::silent); }

TEST(ProgressStyleOf, IsLinesWhereThereIsNoTerminal) { EXPECT_EQ(progress_style(-1, Quiet::no), ProgressStyle::lines); }

}  // namespace
}  // namespace cli

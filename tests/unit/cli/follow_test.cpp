#include "cli/follow.hpp"

#include <gmock/gmock.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using testing::HasSubstr;

TEST(TimedOut, TellsARunThatNobodyTookUpFromOneThatGoesOn) {
  RunView view{{"run-1"}};
  EXPECT_EQ(timed_out(view, {"run-1"}).code, ExitCode::no_answer);
  EXPECT_THAT(timed_out(view, {"run-1"}).text, HasSubstr("segment-export watch run-1"));
  run::ResultEvent event = sample_event();
  event.what = run::RunChanged{};
  view.take(event);
  EXPECT_EQ(timed_out(view, {"run-1"}).code, ExitCode::still_waiting);
  EXPECT_THAT(timed_out(view, {"run-1"}).text, HasSubstr("segment-export watch run-1"));
}

}  // namespace
}  // namespace cli

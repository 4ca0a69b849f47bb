#include <gmock/gmock.h>

#include "cli/cancel_command.hpp"
#include "cli/release_command.hpp"
#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

RunView waiting(run::Reason reason) {
  run::RunChanged changed;
  changed.status = run::RunStatus::queued;
  changed.reason.reason = reason;
  auto event = sample_event();
  event.what = changed;
  RunView view{{"run-1"}};
  view.take(event);
  return view;
}

RunView ended() {
  RunView view{{"run-1"}};
  view.take(sample_event());
  return view;
}

TEST(Cancel, IsPossibleUntilTheRunHasEnded) {
  EXPECT_THAT(objection_to_cancel(waiting(run::Reason::none)), IsEmpty());
  EXPECT_THAT(objection_to_cancel(waiting(run::Reason::held_over_cap)), IsEmpty());
  EXPECT_EQ(objection_to_cancel(ended()),
            "the run has ended already: COMPLETED_WITH_WARNINGS; what was sent cannot be recalled");
}

TEST(Release, IsPossibleOnlyForARunThatIsHeld) {
  EXPECT_THAT(objection_to_release(waiting(run::Reason::held_over_cap)), IsEmpty());
  EXPECT_EQ(objection_to_release(waiting(run::Reason::daily_quota)), "the run is not held above its cap: it is QUEUED");
  EXPECT_THAT(objection_to_release(ended()), HasSubstr("COMPLETED_WITH_WARNINGS"));
}

}  // namespace
}  // namespace cli

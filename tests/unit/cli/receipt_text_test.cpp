#include "cli/receipt_text.hpp"

#include <gmock/gmock.h>

#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ReceiptText, AccountsForEverybody) {
  EXPECT_EQ(receipt_text(sample_event(), sample_completed()), R"(COMPLETED_WITH_WARNINGS  run-1
  warning  ROWS_REJECTED: 3 members were invalid
           Read the run's rejects and correct these profiles.
  export Spring to connection demo

People
  received  10  =  6 accepted  +  3 invalid  +  1 duplicate
  accepted   6  =  6 imported

Segment  received  accepted  invalid  duplicate  over the cap  expected
  Loyal        10         6        3          1             0        10

Not accepted                 people
  INVALID_EMAIL  missing_at       3
  DUPLICATE                       1

Import          activity    rows  imported  not imported
  1, attempt 2  activity-1     6         6             0  perhaps sent twice

Time
  job           2026-11-25 02:15:00 UTC
  last member   + 1.2 s
  first import  + 2.8 s
  receipt       + 1 min 05 s
  requests      4
)");
}

TEST(ReceiptText, SaysWhyNobodyWasSentAndWhatToDo) {
  run::RunCompleted skipped;
  skipped.status = run::RunStatus::skipped;
  skipped.reason = {run::Reason::over_cap, "6 people, the cap is 3"};
  skipped.remedy = "Raise the cap.";
  const std::string text = receipt_text(sample_event(), skipped);
  EXPECT_THAT(text, HasSubstr("  why  OVER_CAP: 6 people, the cap is 3\n       Raise the cap.\n"));
  EXPECT_THAT(text, HasSubstr("  accepted  0  =  nobody\n"));
  EXPECT_THAT(text, Not(HasSubstr("first import")));
}

TEST(ReceiptText, NamesWhatIsNotInItsSums) {
  auto completed = sample_completed();
  completed.receipt.unknown_from = run::Position{.offset = 7, .index = 0};
  EXPECT_THAT(receipt_text(sample_event(), completed), HasSubstr("not in these sums"));
}

TEST(ReceiptText, ShowsTheFirstOfManyImports) {
  auto completed = sample_completed();
  completed.receipt.batches.resize(25, completed.receipt.batches.front());
  const std::string text = receipt_text(sample_event(), completed);
  EXPECT_THAT(text, HasSubstr("\n  20, attempt 2"));
  EXPECT_THAT(text, Not(HasSubstr("\n  21, attempt 2")));
  EXPECT_THAT(text, HasSubstr("and 5 more"));
}

}  // namespace
}  // namespace cli

#include "run/reason.hpp"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace run {
namespace {

std::vector<Reason> every_reason() {
  std::vector<Reason> reasons;
  for (std::size_t index = 1; index < reason_count; ++index) reasons.push_back(static_cast<Reason>(index));
  return reasons;
}

TEST(Reason, HasANameOfItsOwnInUpperCase) {
  std::set<std::string_view> names;
  for (const Reason reason : every_reason()) {
    EXPECT_THAT(std::string{name(reason)}, testing::MatchesRegex("[A-Z][A-Z0-9_]+"));
    EXPECT_TRUE(names.insert(name(reason)).second) << name(reason);
  }
  EXPECT_EQ(name(Reason::daily_quota), "DAILY_QUOTA");
  EXPECT_EQ(name(Reason::invalid_utf8), "INVALID_UTF8");
  EXPECT_EQ(name(Reason::none), "");
}

TEST(Reason, HasAClass) {
  for (const Reason reason : every_reason()) EXPECT_NE(class_of(reason), ReasonClass::none) << name(reason);
  EXPECT_EQ(class_of(Reason::none), ReasonClass::none);
}

TEST(Reason, ChangesClassWhereTheDesignsTableDoes) {
  EXPECT_EQ(class_of(Reason::waiting_for_members), ReasonClass::data);
  EXPECT_EQ(class_of(Reason::unsubscribed), ReasonClass::data);
  EXPECT_EQ(class_of(Reason::held_over_cap), ReasonClass::size);
  EXPECT_EQ(class_of(Reason::truncated_at_cap), ReasonClass::size);
  EXPECT_EQ(class_of(Reason::rate), ReasonClass::limit);
  EXPECT_EQ(class_of(Reason::too_often), ReasonClass::limit);
  EXPECT_EQ(class_of(Reason::needs_authorisation), ReasonClass::auth);
  EXPECT_EQ(class_of(Reason::authorisation_expires), ReasonClass::auth);
  EXPECT_EQ(class_of(Reason::vendor_unavailable), ReasonClass::vendor);
  EXPECT_EQ(class_of(Reason::possible_duplicate), ReasonClass::vendor);
  EXPECT_EQ(class_of(Reason::paused), ReasonClass::platform);
  EXPECT_EQ(class_of(Reason::not_sent), ReasonClass::platform);
}

TEST(Reason, ThatFailsARunHasARemedy) {
  for (const Reason reason :
       {Reason::email_not_mapped, Reason::unknown_field, Reason::incomplete_run, Reason::run_too_large,
        Reason::deadline, Reason::no_consent, Reason::missing_privilege, Reason::connection_changed,
        Reason::unknown_application, Reason::list_missing, Reason::import_refused, Reason::input_lost,
        Reason::no_connection, Reason::over_cap, Reason::repeated_run}) {
    EXPECT_FALSE(remedy(reason).empty()) << name(reason);
  }
  EXPECT_EQ(remedy(Reason::outbox_gap), "Publish the run again.");
  EXPECT_EQ(remedy(Reason::rules_changed), "Publish the run again.");
}

TEST(Reason, HasARemedyThatIsAShortSentence) {
  for (const Reason reason : every_reason()) {
    if (remedy(reason).empty()) continue;
    EXPECT_TRUE(remedy(reason).ends_with('.')) << name(reason);
    EXPECT_LT(remedy(reason).size(), 110U) << name(reason);
  }
}

TEST(RunStatus, IsFinalWhenTheRunHasEnded) {
  for (const RunStatus status :
       {RunStatus::not_started, RunStatus::queued, RunStatus::processing, RunStatus::retrying}) {
    EXPECT_FALSE(is_final(status)) << name(status);
  }
  for (const RunStatus status : {RunStatus::successful, RunStatus::completed_with_warnings, RunStatus::skipped,
                                 RunStatus::canceled, RunStatus::failed}) {
    EXPECT_TRUE(is_final(status)) << name(status);
  }
}

TEST(RunStatus, IsPublishedInTheProductsWords) {
  EXPECT_EQ(name(RunStatus::completed_with_warnings), "COMPLETED_WITH_WARNINGS");
  EXPECT_EQ(name(RunStatus::canceled), "CANCELED");
}

}  // namespace
}  // namespace run

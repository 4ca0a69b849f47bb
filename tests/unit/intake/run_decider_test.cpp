#include "intake/run_decider.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support/intake_upstream.hpp"

namespace intake {
namespace {

using run::Reason;

struct Fixture {
  explicit Fixture(run::ExportJob with = support::sample_job("run", {"a", "b"}), Rules rules = {})
      : job{std::move(with)}, decider{job, rules, {}} {}

  Decision decide(const std::string& segment, const support::Profile& profile) {
    const auto views = support::attributes(profile);
    return decider.decide(decider.segment(segment), {.profile_id = "p", .attributes = views});
  }
  Verdict verdict(const std::string& segment, const std::string& email) {
    return decide(segment, {{"email", email}}).verdict;
  }

  run::ExportJob job;
  RunDecider decider;
};

run::ExportJob capped(std::uint64_t cap) {
  auto job = support::sample_job("run", {"a", "b"});
  job.cap = cap;
  return job;
}

TEST(RunDecider, AcceptsTheFirstOfAnAddressAndNamesItsCanonicalForm) {
  Fixture f;
  const auto decision = f.decide("a", {{"email", " Ann@Example.COM "}, {"first", "Ann"}});
  EXPECT_EQ(decision.verdict, Verdict::accepted);
  ASSERT_NE(decision.row, nullptr);
  EXPECT_EQ(decision.row->email.text(), "ann@example.com");
  EXPECT_EQ(decision.row->values, std::vector<std::string>{"Ann"});
}

TEST(RunDecider, FindsRepeatsOverAllSegments) {
  Fixture f;
  EXPECT_EQ(f.verdict("a", "ann@example.com"), Verdict::accepted);
  const auto repeat = f.decide("b", {{"email", "ANN@example.com"}});
  EXPECT_EQ(repeat.verdict, Verdict::duplicate);
  EXPECT_EQ(repeat.reason, Reason::duplicate);
  EXPECT_EQ(f.decider.segments()[0].decided.accepted, 1U);
  EXPECT_EQ(f.decider.segments()[1].decided.duplicate, 1U);
}

TEST(RunDecider, LooksUpWhatIsOverTheCapButDoesNotStoreIt) {
  Fixture f{capped(1)};
  EXPECT_EQ(f.verdict("a", "ann@example.com"), Verdict::accepted);
  EXPECT_EQ(f.verdict("a", "bob@example.com"), Verdict::over_cap);
  EXPECT_EQ(f.verdict("a", "bob@example.com"), Verdict::over_cap);
  EXPECT_EQ(f.verdict("a", "ann@example.com"), Verdict::duplicate);
  EXPECT_EQ(f.decider.addresses(), 1U);
}

TEST(RunDecider, TakesTheDefaultCapAndNeverOneAboveTheMost) {
  Rules rules;
  rules.default_cap = 10;
  rules.most_cap = 100;
  EXPECT_EQ(effective_cap(capped(0), rules), 10U);
  EXPECT_EQ(effective_cap(capped(50), rules), 50U);
  EXPECT_EQ(effective_cap(capped(101), rules), 100U);
}

TEST(RunDecider, RefusesMembersOfASegmentThatTheJobDoesNotName) {
  Fixture f;
  f.verdict("a", "ann@example.com");
  const auto decision = f.decide("c", {{"email", "ann@example.com"}});
  EXPECT_EQ(decision.verdict, Verdict::invalid);
  EXPECT_EQ(decision.reason, Reason::unknown_segment);
  EXPECT_EQ(f.decider.unknown_segments().invalid, 1U);
  EXPECT_EQ(f.verdict("a", "bob@example.com"), Verdict::accepted);
}

TEST(RunDecider, NamesTheRuleThatAnAddressOrAFieldBreaks) {
  Fixture f;
  const auto address = f.decide("a", {{"email", "ann.example.com"}});
  EXPECT_EQ(address.reason, Reason::invalid_email);
  EXPECT_EQ(address.rule, "missing_at");
  EXPECT_EQ(f.decide("a", {{"email", ""}}).reason, Reason::missing_email);
  const auto field = f.decide("a", {{"email", "bob@example.com"}, {"first", std::string(500, 'x')}});
  EXPECT_EQ(field.reason, Reason::field_too_long);
  EXPECT_EQ(field.rule, "first_name");
  EXPECT_EQ(f.decide("a", {{"email", "bob@example.com"}, {"first", "\xff"}}).reason, Reason::invalid_utf8);
}

TEST(RunDecider, CountsAMemberThatIsOutOfBoundsAsUndecodableOfTheRunAndOfNoSegment) {
  Fixture f;
  const auto decision =
      f.decider.decide(f.decider.segment("a"), {.profile_id = "p", .attributes = {}, .out_of_bounds = true});
  EXPECT_EQ(decision.verdict, Verdict::undecodable);
  EXPECT_EQ(f.decider.segments()[0].decided.received, 0U);
  EXPECT_EQ(f.decider.totals().received, 1U);
  EXPECT_EQ(f.decider.totals().undecodable, 1U);
}

TEST(RunDecider, AddsUpAndListsReasonsInOrder) {
  Fixture f{capped(1)};
  for (const auto* email : {"ann@example.com", "ann@example.com", "bob@example.com", "nobody", "@example.com", ""}) {
    f.verdict("a", email);
  }
  f.verdict("c", "ann@example.com");
  f.decider.count_undecodable();
  const auto totals = f.decider.totals();
  EXPECT_TRUE(totals.adds_up());
  EXPECT_EQ(totals.received, 8U);
  EXPECT_EQ(totals.invalid, 4U);
  EXPECT_EQ(f.decider.reasons(), (std::vector<run::ReasonCount>{{Reason::missing_email, "", 1},
                                                                {Reason::invalid_email, "empty_local", 1},
                                                                {Reason::invalid_email, "missing_at", 1},
                                                                {Reason::unknown_segment, "", 1},
                                                                {Reason::duplicate, "", 1},
                                                                {Reason::over_cap, "", 1}}));
}

TEST(RunDecider, EndsWithTheFirstEndOfItsLastOpenSegment) {
  Fixture f;
  EXPECT_FALSE(f.decider.end_segment("a", 1));
  EXPECT_FALSE(f.decider.end_segment("a", 2));
  EXPECT_FALSE(f.decider.end_segment("c", 2));
  EXPECT_EQ(f.verdict("a", "ann@example.com"), Verdict::accepted);
  EXPECT_TRUE(f.decider.end_segment("b", std::nullopt));
  EXPECT_EQ(f.decider.segments()[0].members_sent, 1U);
}

TEST(RunDecider, WithoutSegmentsHasEnded) { EXPECT_TRUE(Fixture{support::sample_job("run", {})}.decider.all_ended()); }

TEST(RunDecider, RefusesEverybodyWhereNoAttributeIsTheAddress) {
  auto job = support::sample_job("run", {"a"});
  job.mapping.email_attribute.clear();
  Fixture f{job};
  EXPECT_EQ(f.decide("a", {{"email", "ann@example.com"}}).reason, Reason::missing_email);
}

}  // namespace
}  // namespace intake

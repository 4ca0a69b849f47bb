#include "intake/resumption.hpp"

#include <gtest/gtest.h>

#include "support/intake_log.hpp"

namespace intake {
namespace {

constexpr run::UtcTime day{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

/// Offsets 100 to 199, one record an hour.
struct Fixture {
  Fixture() {
    auto& log = logs[0];
    log.start = log.end = 100;
    for (int hour = 0; hour < 100; ++hour) log.append(day + std::chrono::hours{hour}, "k", "v");
    source.assign_all();
  }
  std::variant<Halted, Resumption> find(std::optional<std::int64_t> committed, const std::string& metadata = {}) {
    return resumption({0, committed, metadata, 100, 200}, source, day + 200h, 24h);
  }
  Resume resume(std::int64_t committed, const std::string& metadata = {}) {
    return std::get<Resumption>(find(committed, metadata)).resume;
  }
  Alarm halted(std::optional<std::int64_t> committed) { return std::get<Halted>(find(committed)).alarm; }

  std::map<std::int32_t, support::InputLog> logs;
  support::IntakeLogSource source{logs};
};

TEST(Resumption, RestartsWhereTheCommitSays) {
  Fixture f;
  const auto resume = f.resume(150, "v1;r=120;j=3;s=4-5");
  EXPECT_EQ(resume.start, 120);
  EXPECT_EQ(resume.committed, 150);
  EXPECT_EQ(resume.notes.ignored_jobs, std::vector<std::int64_t>{123});
  EXPECT_FALSE(resume.lost_from);
}

TEST(Resumption, GoesBackByTimeWhereTheMetadataIsEmpty) {
  Fixture f;
  EXPECT_EQ(f.resume(150).start, 126);
  EXPECT_EQ(f.resume(110).start, 100);
  EXPECT_EQ(f.resume(100).start, 100);
}

TEST(Resumption, GoesBackFromNowWhereTheCommitIsAtTheEndOfTheLog) {
  Fixture f;
  EXPECT_EQ(f.resume(200).start, 200);
}

TEST(Resumption, ReplaysTheWholeLogWhereNobodyAnswersAboutTimes) {
  Fixture f;
  f.source.answers = false;
  EXPECT_EQ(f.resume(150).start, 100);
}

TEST(Resumption, GoesBackByTimeWithAnAlarmWhereItCannotReadTheMetadata) {
  Fixture f;
  const auto found = std::get<Resumption>(f.find(150, "v9;x"));
  EXPECT_EQ(found.alarm, Alarm::unreadable_metadata);
  EXPECT_EQ(found.resume.start, 126);
}

TEST(Resumption, NamesTheSpanThatIsGone) {
  Fixture f;
  const auto resume = f.resume(150, "v1;r=40");
  EXPECT_EQ(resume.start, 100);
  EXPECT_EQ(resume.lost_from, 40);
}

TEST(Resumption, HaltsWithoutACommitOrWithOneOutsideTheLog) {
  Fixture f;
  EXPECT_EQ(f.halted(std::nullopt), Alarm::no_committed_offset);
  EXPECT_EQ(f.halted(99), Alarm::offset_outside_log);
  EXPECT_EQ(f.halted(201), Alarm::offset_outside_log);
}

}  // namespace
}  // namespace intake

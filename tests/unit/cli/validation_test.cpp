#include "cli/validation.hpp"

#include <gmock/gmock.h>

#include "cli/validation_text.hpp"
#include "unit/config/temporary_file.hpp"
#include "wire/input.hpp"

namespace cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string framed(const std::string& value) {
  std::string text;
  auto rest = value.size();
  for (; rest >= 0x80; rest >>= 7U) text += static_cast<char>((rest & 0x7FU) | 0x80U);
  text += static_cast<char>(rest);
  return text + value;
}

run::ExportJob job_of(const std::string& run_id) {
  run::ExportJob job;
  job.run_id = {run_id};
  job.export_id = {"export-1"};
  job.connection_id = {"connection-1"};
  job.list_ids = {{"11111111-1111-4111-8111-111111111111"}};
  job.mapping.email_attribute = "mail";
  job.segments = {{{"all"}, "All", {}}};
  return job;
}

std::string member(const std::string& run_id, const std::string& email) {
  const std::vector<contact::Attribute> attributes{{"mail", email}};
  return wire::encode_member(run_id, "all", "profile", attributes);
}

struct Recording {
  std::string bytes;

  Recording& add(const std::string& value) {
    bytes += framed(value);
    return *this;
  }
  FromInput<Validation> validated() const {
    const TemporaryFile file{bytes};
    auto source = ByteSource::open(file.path());
    RecordedFile recorded{std::move(*source)};
    return validate(recorded, intake::Settings{});
  }
};

Recording whole_run(const std::string& run_id) {
  return Recording{}
      .add(wire::encode_job(job_of(run_id)))
      .add(member(run_id, "ann@example.com"))
      .add(member(run_id, "bob@example.com"))
      .add(wire::encode_segment_end(run_id, "all", 2));
}

TEST(Validation, FindsNothingWrongWithAWholeRun) {
  const auto validation = whole_run("run-1").validated();
  ASSERT_TRUE(validation);
  EXPECT_EQ(validation->records, 4U);
  EXPECT_THAT(validation->faults, IsEmpty());
  ASSERT_THAT(validation->runs, SizeIs(1));
  EXPECT_EQ(validation->runs[0].completed.status, run::RunStatus::successful);
  EXPECT_EQ(validation->runs[0].sealed.totals.accepted, 2U);
}

TEST(Validation, NamesEachRecordThatCannotBeUsedAndWhy) {
  auto recording = Recording{}.add(member("run-1", "early@example.com")).add("no message");
  recording.bytes += whole_run("run-1").bytes;
  auto other = job_of("run-2");
  recording.add(wire::encode_job(other));
  other.export_id = {"export-2"};
  recording.add(wire::encode_job(other)).add(member("run-1", "late@example.com"));
  const auto validation = recording.validated();
  ASSERT_TRUE(validation);
  std::vector<std::string> found;
  for (const auto& fault : validation->faults) found.push_back(std::to_string(fault.record) + " " + fault.cause);
  EXPECT_THAT(found, testing::ElementsAre("1 NO_OPEN_RUN", "2 UNREADABLE", "8 CONFLICTING_JOB", "9 NO_OPEN_RUN"));
}

TEST(Validation, TellsARunThatNeverEnds) {
  auto job = job_of("run-1");
  const auto delivered = Recording{}.add(wire::encode_job(job)).add(member("run-1", "ann@example.com")).validated();
  ASSERT_THAT(delivered->runs, SizeIs(1));
  EXPECT_EQ(delivered->runs[0].completed.warnings.front().reason, run::Reason::incomplete_run);
  job.incomplete = run::Incomplete::discard;
  const auto discarded = Recording{}.add(wire::encode_job(job)).add(member("run-1", "ann@example.com")).validated();
  EXPECT_EQ(discarded->runs[0].completed.status, run::RunStatus::failed);
  EXPECT_EQ(discarded->runs[0].completed.reason.reason, run::Reason::incomplete_run);
}

TEST(Validation, TellsCountsThatDiffer) {
  const auto validation = Recording{}
                              .add(wire::encode_job(job_of("run-1")))
                              .add(member("run-1", "ann@example.com"))
                              .add(wire::encode_segment_end("run-1", "all", 3))
                              .validated();
  EXPECT_EQ(validation->runs[0].completed.warnings.front().reason, run::Reason::count_short);
}

TEST(Validation, TellsARunIdThatIsUsedTwice) {
  auto recording = whole_run("run-1");
  recording.bytes += whole_run("run-1").bytes;
  const auto validation = recording.validated();
  ASSERT_THAT(validation->runs, SizeIs(2));
  EXPECT_EQ(validation->runs[1].completed.status, run::RunStatus::skipped);
  EXPECT_EQ(validation->runs[1].completed.reason.reason, run::Reason::repeated_run);
}

TEST(Validation, TellsWhatAJobWouldBeHeldOrSkippedFor) {
  auto job = job_of("run-1");
  job.cap = 1;
  for (const auto policy : {run::OverCap::hold, run::OverCap::skip}) {
    job.over_cap = policy;
    auto recording = Recording{}.add(wire::encode_job(job));
    recording.add(member("run-1", "ann@example.com")).add(member("run-1", "bob@example.com"));
    const auto validation = recording.add(wire::encode_segment_end("run-1", "all", 2)).validated();
    EXPECT_EQ(validation->runs[0].held, policy == run::OverCap::hold);
    const auto skipped = validation->runs[0].completed.status == run::RunStatus::skipped;
    EXPECT_EQ(skipped, policy == run::OverCap::skip);
  }
}

TEST(Validation, SaysOfARecordThatBrokersMayRefuseHowLargeItIs) {
  std::string long_value(900'000, 'x');
  auto recording = Recording{}.add(wire::encode_job(job_of("run-1"))).add(member("run-1", long_value));
  const auto validation = recording.add(wire::encode_segment_end("run-1", "all", 1)).validated();
  ASSERT_THAT(validation->faults, SizeIs(1));
  EXPECT_EQ(validation->faults[0].record, 2U);
  EXPECT_EQ(validation->faults[0].cause, "TOO_LARGE");
}

TEST(RecordedFile, RefusesWhatIsCutOrNotFramed) {
  const auto whole = whole_run("run-1").bytes;
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto validation = Recording{whole.substr(0, size)}.validated();
    if (validation) {
      EXPECT_LT(validation->records, 4U);
    } else {
      EXPECT_THAT(validation.error().problem, HasSubstr("the file ends inside"));
    }
  }
  EXPECT_THAT(Recording{std::string(11, '\xff')}.validated().error().problem, HasSubstr("no length"));
  EXPECT_THAT(Recording{"\xff\xff\xff\x7f"}.validated().error().problem, HasSubstr("268435455 bytes"));
}

TEST(ValidationText, HoldsNoAddress) {
  auto recording = whole_run("run-1");
  recording.add(member("run-1", "late@example.com"));
  const auto validation = recording.validated();
  const auto text = validation_text(*validation);
  EXPECT_THAT(text, HasSubstr("run-1  export export-1, 1 segment to 1 list of connection connection-1\n"
                              "  would end SUCCESSFUL if the vendor takes all 2 people\n"));
  EXPECT_THAT(text, HasSubstr("record 5  NO_OPEN_RUN"));
  EXPECT_THAT(text, testing::Not(HasSubstr("@")));
}

}  // namespace
}  // namespace cli

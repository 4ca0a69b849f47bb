#include "cli/run_publisher.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "unit/config/temporary_file.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class FakeSink : public RunSink {
 public:
  kafka::Result<void> put(const run::RunId&, const std::string& value) override {
    if (failure) return *failure;
    values.push_back(value);
    return {};
  }
  kafka::Result<void> flush(std::chrono::milliseconds) override { return {}; }

  std::vector<std::string> values;
  std::optional<kafka::Error> failure;
};

/// A run of one segment with two people, to be published one by one.
struct Publishing {
  using End = RunPublisher::End;

  TemporaryFile file{"EMail\nann@example.com\nbob@example.com\n"};
  FakeSink sink;
  std::size_t per_record = 1;
  run::ExportJob job = job_of();
  RunPublisher publisher{sink, job, MemberColumns{job.mapping, ""}, per_record};
  std::vector<CheckedInput> inputs = checked();

  End publish() {
    std::ostringstream nowhere;
    ProgressBar bar{nowhere, ProgressStyle::silent, 80};
    const Interruption interruption;
    return publisher.publish(inputs, bar, interruption, 1s);
  }

  void change_the_file() const { std::ofstream{file.path(), std::ios::app} << "\"not closed\n"; }

  static run::ExportJob job_of() {
    run::ExportJob job;
    job.run_id = {"run-1"};
    job.mapping.email_attribute = "EMail";
    return job;
  }

  std::vector<CheckedInput> checked() const {
    InputOptions options;
    options.input = file.path();
    options.map = {"email=EMail"};
    auto opened = open_input(*plan_input(options));
    return std::move(*opened);
  }
};

std::string member(const std::string& number, const std::string& email) {
  const std::vector<contact::Attribute> attributes{{"EMail", email}};
  return wire::encode_member("run-1", "members", "row-" + number, attributes);
}

TEST(RunPublisher, PutsTheJobThenThePeopleThenTheEnd) {
  Publishing run;
  EXPECT_EQ(run.publish(), Publishing::End::published);
  EXPECT_THAT(run.sink.values,
              ElementsAre(wire::encode_job(run.job), member("1", "ann@example.com"), member("2", "bob@example.com"),
                          wire::encode_segment_end("run-1", "members", 2)));
}

TEST(RunPublisher, PutsNoMorePeopleIntoARecordThanAsked) {
  TemporaryFile file{"EMail\na@example.com\nb@example.com\nc@example.com\n"};
  FakeSink sink;
  const auto job = Publishing::job_of();
  InputOptions options;
  options.input = file.path();
  options.map = {"email=EMail"};
  auto inputs = *open_input(*plan_input(options));
  std::ostringstream nowhere;
  ProgressBar bar{nowhere, ProgressStyle::silent, 80};
  RunPublisher publisher{sink, job, MemberColumns{job.mapping, ""}, 2};
  EXPECT_EQ(publisher.publish(inputs, bar, Interruption{}, 1s), RunPublisher::End::published);
  EXPECT_THAT(sink.values, testing::SizeIs(4));
}

TEST(MembersPerRecord, AreAWordOrANumber) {
  EXPECT_EQ(members_per_record("single"), 1U);
  EXPECT_EQ(members_per_record("many"), as_many_as_fit);
  EXPECT_EQ(members_per_record("100"), 100U);
  for (const auto* text : {"", "0", "-1", "1x", "few"}) EXPECT_FALSE(members_per_record(text)) << text;
}

TEST(RunPublisher, LeavesOutTheEndWhenTheFileTurnsOutBad) {
  Publishing run;
  run.change_the_file();
  EXPECT_EQ(run.publish(), Publishing::End::input_failed);
  ASSERT_FALSE(run.sink.values.empty());
  EXPECT_EQ(run.sink.values.front(), wire::encode_job(run.job));
  EXPECT_THAT(run.sink.values, testing::Not(testing::Contains(wire::encode_segment_end("run-1", "members", 2))));
}

TEST(RunPublisher, SaysWhatBecomesOfARunWhoseFileTurnedOutBadAndWhatToDo) {
  Publishing run;
  run.change_the_file();
  run.publish();
  const auto ending = run.publisher.half_published(6h);
  EXPECT_EQ(ending.code, ExitCode::input_file);
  EXPECT_THAT(ending.text, StartsWith(run.file.path()));
  EXPECT_THAT(ending.text,
              HasSubstr("; run run-1 may stay without its end, with at most 2 people: workers seal it as incomplete "
                        "after 6 h 00 min of silence and import them with a warning, unless a newer run of the same "
                        "export was sent before; so run the command again with the whole input"));
}

TEST(RunPublisher, SaysTheSameWhenKafkaFails) {
  Publishing run;
  run.sink.failure = kafka::Error{kafka::Error::Kind::unreachable, "nobody answers"};
  run.job.incomplete = run::Incomplete::discard;
  run.publish();
  const auto ending = run.publisher.half_published(6h);
  EXPECT_EQ(ending.code, ExitCode::kafka_unreachable);
  EXPECT_THAT(ending.text, StartsWith("Kafka: nobody answers; check --brokers"));
  EXPECT_THAT(ending.text, HasSubstr("discard them"));
}

TEST(RunPublisher, CallsARunThatAPersonStoppedInterrupted) {
  Publishing run;
  EXPECT_EQ(run.publisher.half_published(6h).code, ExitCode::interrupted);
}

}  // namespace
}  // namespace cli

#include <algorithm>

#include <gmock/gmock.h>

#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using CsvImport = CoreCase;
using testing::ElementsAre;

std::string people(std::size_t count) {
  std::string csv = "email,first_name\n";
  for (std::size_t index = 1; index <= count; ++index) csv += "p" + std::to_string(index) + "@example.com,Ada\n";
  return csv;
}

TEST_F(CsvImport, PutsPeopleWithTheirFieldsOnTheList) {
  const auto activity =
      import_csv("email,first_name,last_name,cf:tier,city\nAda@Example.com,\"Ada, \"\"A\"\"\",L,gold,Ulm\r\n");
  EXPECT_EQ(text(activity, "state"), "completed");
  EXPECT_EQ(count(activity, "person_count"), 1);
  const auto members = core.members(list_id, now);
  ASSERT_EQ(members.size(), 1U);
  EXPECT_EQ(members[0].email, "ada@example.com");
  EXPECT_EQ(members[0].first_name, "Ada, \"A\"");
  EXPECT_EQ(members[0].last_name, "L");
  EXPECT_EQ(members[0].fields, (std::map<std::string, std::string>{{"cf:tier", "gold"}, {"city", "Ulm"}}));
}

TEST_F(CsvImport, AnswersAtOnceAndNamesTheFile) {
  const auto response = post_csv(people(3), list_id, "batch-7.csv");
  const auto activity = parsed(response);
  EXPECT_EQ(response.status, 201U);
  EXPECT_EQ(text(activity, "state"), "initialized");
  EXPECT_EQ(text(activity, "source_file_name"), "batch-7.csv");
  EXPECT_EQ(text(activity, "activity_id").at(14), '1');
  EXPECT_TRUE(emails().empty());
}

TEST_F(CsvImport, ReadsFortyThousandLinesAndDropsTheRestInSilence) {
  const auto activity = import_csv(people(40'005));
  EXPECT_EQ(text(activity, "state"), "completed");
  EXPECT_EQ(count(activity, "person_count"), 39'999);
  EXPECT_EQ(emails().size(), 39'999U);
  EXPECT_EQ(emails().back(), "p39999@example.com");
  EXPECT_EQ(core.counters().rows_lost, 6U);
}

TEST_F(CsvImport, TakesAllOfFortyThousandLines) {
  import_csv(people(39'999));
  EXPECT_EQ(emails().size(), 39'999U);
  EXPECT_EQ(core.counters().rows_lost, 0U);
}

TEST_F(CsvImport, CountsALineBreakInsideAValueAsALine) {
  core.knobs().max_import_lines = 4;
  import_csv("email,first_name\na@example.com,\"A\nB\"\nb@example.com,B\nc@example.com,C\n");
  EXPECT_THAT(emails(), ElementsAre("a@example.com", "b@example.com"));
}

TEST_F(CsvImport, DropsWhatLiesBehindFourMillionBytesOfTheRequest) {
  const std::string row = "@example.com," + std::string(200, 'x') + "\n";
  std::string csv = "email,street\n";
  std::size_t rows = 0;
  while (csv.size() < 4'000'000) csv += "p" + std::to_string(++rows) + row;
  const auto before = multipart("", list_id, "b-1.csv").find("\r\n--cut-here--");
  const auto kept = csv.substr(0, 4'000'000 - before);
  const auto whole = static_cast<std::size_t>(std::count(kept.begin(), kept.end(), '\n')) - 1;
  const auto activity = import_csv(csv);
  EXPECT_EQ(emails().size(), whole);
  EXPECT_LT(whole, rows);
  EXPECT_EQ(count(activity, "person_count"), static_cast<std::int64_t>(whole));
  EXPECT_EQ(core.counters().rows_lost, rows - whole);
}

TEST_F(CsvImport, TakesABodyOfExactlyTheLimit) {
  const std::string head = "email,street\na@example.com,";
  const std::size_t rest = multipart(head + "\n", list_id, "b-1.csv").size();
  core.knobs().max_import_bytes = static_cast<std::int64_t>(rest + 100);
  import_csv(head + std::string(100, 'x') + "\n");
  EXPECT_EQ(emails().size(), 1U);
  EXPECT_EQ(core.counters().rows_lost, 0U);
}

TEST_F(CsvImport, RefusesListsThatStandBehindTheCut) {
  core.knobs().max_import_bytes = 300;
  const std::string body = "--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" +
                           people(50) + "\r\n--cut-here\r\nContent-Disposition: form-data; name=\"list_ids\"\r\n\r\n" +
                           std::string{list_id} + "\r\n--cut-here--\r\n";
  EXPECT_EQ(call("POST", csv_route, body, multipart_type).status, 400U);
  core.knobs().list_ids_after_cut_fails_activity = true;
  EXPECT_EQ(text(finished(call("POST", csv_route, body, multipart_type)), "state"), "failed");
}

TEST_F(CsvImport, AnswersAnUnknownOrDeletedListAsTheKnobSays) {
  seed(R"({"lists": [{"list_id": "33333333-1111-4111-8111-111111111111", "name": "Old", "deleted": true}]})");
  for (const std::string list : {"22222222-1111-4111-8111-111111111111", "33333333-1111-4111-8111-111111111111"}) {
    core.knobs().unknown_list_csv = UnknownList::not_found;
    EXPECT_EQ(post_csv(people(1), list).status, 404U);
    core.knobs().unknown_list_csv = UnknownList::bad_request;
    EXPECT_EQ(error_key(post_csv(people(1), list)), "contacts.api.validation.error");
    core.knobs().unknown_list_csv = UnknownList::failed_activity;
    EXPECT_EQ(text(finished(post_csv(people(1), list)), "state"), "failed");
  }
}

TEST_F(CsvImport, RefusesListsThatAreNone) {
  EXPECT_EQ(post_csv(people(1), "").status, 400U);
  EXPECT_EQ(post_csv(people(1), "news").status, 400U);
}

TEST_F(CsvImport, RefusesAFileOfAnotherKind) { EXPECT_EQ(post_csv(people(1), list_id, "people.txt").status, 415U); }

TEST_F(CsvImport, FailsOnAFileThatIsNoCsv) {
  const auto activity = import_csv("email,first_name\na@example.com,\"A\" b\n");
  EXPECT_EQ(text(activity, "state"), "failed");
  EXPECT_TRUE(emails().empty());
}

TEST_F(CsvImport, FailsWithoutAColumnThatNamesPeople) {
  EXPECT_EQ(text(import_csv("mail,first_name\na@example.com,A\n"), "state"), "failed");
}

TEST_F(CsvImport, TreatsOverlongValuesAsTheKnobSays) {
  const std::string csv = "email,first_name\na@example.com," + std::string(51, 'x') + "\nb@example.com,B\n";
  const auto activity = import_csv(csv);
  EXPECT_EQ(count(activity, "error_count"), 1);
  EXPECT_THAT(emails(), ElementsAre("b@example.com"));
  core.knobs().overlong_csv = Overlong::reject_request;
  EXPECT_EQ(post_csv(csv).status, 400U);
  core.knobs().overlong_csv = Overlong::truncate;
  import_csv(csv);
  EXPECT_EQ(core.members(list_id, now).back().first_name, std::string(50, 'x'));
}

TEST_F(CsvImport, TakesAddressesOfEightyCharacters) {
  const std::string longest = std::string(68, 'a') + "@example.com";
  const auto activity = import_csv("email\n" + longest + "\na" + longest + "\n");
  EXPECT_THAT(emails(), ElementsAre(longest));
  EXPECT_EQ(count(activity, "error_count"), 1);
}

TEST_F(CsvImport, CountsActivitiesByBatchOverItsAttempts) {
  post_csv(people(1), list_id, "abc-1.csv");
  post_csv(people(1), list_id, "abc-2.csv");
  post_csv(people(1), list_id, "other.csv");
  const auto counters = core.counters();
  EXPECT_EQ(counters.activities_by_batch, (std::map<std::string, std::uint64_t>{{"abc", 2}, {"other", 1}}));
  EXPECT_EQ(counters.activities_by_file.at("abc-1.csv"), 1U);
}

TEST_F(CsvImport, IsRefusedWhileTheQueueIsFull) {
  core.knobs().queue_limit = 1;
  core.knobs().start_delay_ms = 2'000;
  EXPECT_EQ(post_csv(people(1)).status, 201U);
  EXPECT_EQ(post_csv(people(1)).status, 429U);
  EXPECT_EQ(post_csv(people(1)).status, 201U);
}

}  // namespace
}  // namespace sandbox

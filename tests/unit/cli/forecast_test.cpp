#include "cli/forecast.hpp"

#include <gmock/gmock.h>

#include "constant_contact/csv_encoder.hpp"
#include "constant_contact/json_encoder.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;

contact::Row row(const std::string& email, const std::string& name) {
  return {*contact::EmailAddress::parse(email), {name}};
}

run::ExportJob job() {
  run::ExportJob job;
  job.mapping = {"EMail", {{"FirstName", contact::StandardField::first_name}}};
  job.list_ids = {{"l1"}};
  return job;
}

const constant_contact::CsvEncoder csv;
const constant_contact::JsonEncoder json;

TEST(Forecast, CountsWhatARunAsksOfTheVendorAtLeast) {
  delivery::Settings settings;
  settings.rate_per_second = 2;
  settings.quota.calls_per_day = 100;
  const auto small = forecast(1, 1, false, settings);
  EXPECT_EQ(small.requests, 4U);
  EXPECT_EQ(small.requests_take, 2s);
  EXPECT_DOUBLE_EQ(small.share_of_day, 0.04);
  EXPECT_EQ(forecast(9, 50, true, settings).requests, 1U + 1U + 1U + 9U + 3U);
  EXPECT_EQ(forecast(0, 1, false, settings).requests, 0U);
}

TEST(ImportCounter, CutsByRows) {
  ImportCounter counter{job(), csv, {.max_rows = 2, .max_bytes = 1'000'000}};
  EXPECT_EQ(counter.imports(), 0U);
  for (int number = 0; number < 5; ++number) counter.add(row("a" + std::to_string(number) + "@example.com", "Ann"));
  EXPECT_EQ(counter.imports(), 3U);
}

TEST(ImportCounter, CutsByTheBytesThatWouldBeSent) {
  // "email,first_name" and a line feed are 17 bytes, each of the first two rows is 20.
  ImportCounter fits{job(), csv, {.max_rows = 100, .max_bytes = 17 + 2 * 19}};
  fits.add(row("ann@example.com", "Ann"));
  fits.add(row("bob@example.com", "Bob"));
  EXPECT_EQ(fits.imports(), 2U);
  ImportCounter all{job(), csv, {.max_rows = 100, .max_bytes = 17 + 2 * 20}};
  all.add(row("ann@example.com", "Ann"));
  all.add(row("bob@example.com", "Bob"));
  EXPECT_EQ(all.imports(), 1U);
  all.add(row("c@example.com", "C"));
  EXPECT_EQ(all.imports(), 2U);
}

TEST(ImportCounter, CountsTheBytesOfTheFormThatIsUsed) {
  const std::string frame = R"({"list_ids":["l1"],"import_data":[]})";
  const std::string first = R"({"email":"ann@example.com","first_name":"Ann"})";
  const std::string second = "," + first;
  for (const std::size_t missing : {0U, 1U}) {
    ImportCounter counter{
        job(), json, {.max_rows = 100, .max_bytes = frame.size() + first.size() + second.size() - missing}};
    counter.add(row("ann@example.com", "Ann"));
    counter.add(row("bob@example.com", "Bob"));
    EXPECT_EQ(counter.imports(), 1U + missing);
  }
}

TEST(ForecastText, SaysWhatItCostsForAPerson) {
  EXPECT_EQ(
      forecast_text({26, 34, 9'714ms, 0.0034}),
      "\nAt the vendor, at least\n  imports   26\n  requests  34, which take 9.7 s and 0.34 % of the day's calls\n");
}

}  // namespace
}  // namespace cli

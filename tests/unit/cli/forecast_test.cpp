#include "cli/forecast.hpp"

#include <gmock/gmock.h>

namespace cli {
namespace {

using namespace std::chrono_literals;

contact::Row row(const std::string& email, const std::string& name) {
  return {*contact::EmailAddress::parse(email), {name}};
}

const contact::FieldMapping mapping{"EMail", {{"FirstName", contact::StandardField::first_name}}};

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
  ImportCounter counter{mapping, {.max_rows = 2, .max_bytes = 1'000'000}};
  EXPECT_EQ(counter.imports(), 0U);
  for (int number = 0; number < 5; ++number) counter.add(row("a" + std::to_string(number) + "@example.com", "Ann"));
  EXPECT_EQ(counter.imports(), 3U);
}

TEST(ImportCounter, CutsByTheBytesThatWouldBeSent) {
  // "email,first_name" and a line feed are 17 bytes, each of the first two rows is 20.
  ImportCounter fits{mapping, {.max_rows = 100, .max_bytes = 17 + 2 * 19}};
  fits.add(row("ann@example.com", "Ann"));
  fits.add(row("bob@example.com", "Bob"));
  EXPECT_EQ(fits.imports(), 2U);
  ImportCounter all{mapping, {.max_rows = 100, .max_bytes = 17 + 2 * 20}};
  all.add(row("ann@example.com", "Ann"));
  all.add(row("bob@example.com", "Bob"));
  EXPECT_EQ(all.imports(), 1U);
  all.add(row("c@example.com", "C"));
  EXPECT_EQ(all.imports(), 2U);
}

TEST(ForecastText, SaysWhatItCostsForAPerson) {
  EXPECT_EQ(
      forecast_text({26, 34, 9'714ms, 0.0034}),
      "\nAt the vendor, at least\n  imports   26\n  requests  34, which take 9.7 s and 0.34 % of the day's calls\n");
}

}  // namespace
}  // namespace cli

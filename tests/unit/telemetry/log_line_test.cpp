#include "telemetry/log_line.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace telemetry {
namespace {

using namespace std::chrono_literals;

const std::chrono::sys_time<std::chrono::milliseconds> noon{std::chrono::sys_days{2026y / 3 / 1} + 12h + 7ms};

TEST(LogLine, IsAnObjectWithTimeLevelMessageAndFields) {
  EXPECT_EQ(log_line(noon, Level::info, "batch submitted",
                     {{"run_id", "r-1"}, {"partition", 3}, {"rows", 39'999U}, {"late", false}}),
            R"({"time":"2026-03-01T12:00:00.007Z","level":"info","message":"batch submitted","run_id":"r-1",)"
            R"("partition":3,"rows":39999,"late":false})");
}

TEST(LogLine, EscapesQuotesAndLineBreaks) {
  const std::string line = log_line(noon, Level::error, "a \"b\"\nc", {{"detail", std::string{"x\\\r\n\ty"}}});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto read = boost::json::parse(line);
  EXPECT_EQ(read.at("message").as_string(), "a \"b\"\nc");
  EXPECT_EQ(read.at("detail").as_string(), "x\\\r\n\ty");
}

TEST(LogLine, KeepsWhatIsUtf8) {
  const auto read = boost::json::parse(log_line(noon, Level::info, "m", {{"name", "Zürich"}}));
  EXPECT_EQ(read.at("name").as_string(), "Zürich");
}

TEST(LogLine, ReplacesBytesThatAreNotUtf8) {
  const auto read = boost::json::parse(log_line(noon, Level::info, "m", {{"name", "a\xff\xc3"}}));
  EXPECT_EQ(read.at("name").as_string(), "a??");
}

TEST(LogLine, TellsHowManyWereKeptBack) {
  const auto read = boost::json::parse(log_line(noon, Level::warning, "m", {}, 41));
  EXPECT_EQ(read.at("kept_back").as_int64(), 41);
}

}  // namespace
}  // namespace telemetry

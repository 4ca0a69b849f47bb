#include "telemetry/log.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

namespace telemetry {
namespace {

struct Written {
  std::ostringstream text;
  std::shared_ptr<spdlog::sinks::sink> sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(text);

  auto lines() const { return std::ranges::count(text.str(), '\n'); }
};

TEST(Log, WritesOneLineForOneMessage) {
  Written written;
  Log log{Level::info, written.sink};
  log.write(Level::warning, "one\nmessage with {braces} and %v", {{"offset", 7}});
  EXPECT_EQ(written.lines(), 1);
  EXPECT_NE(written.text.str().find(R"("message":"one\nmessage with {braces} and %v","offset":7})"), std::string::npos)
      << written.text.str();
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  Written written;
  Log log{Level::warning, written.sink};
  log.write(Level::info, "quiet");
  EXPECT_EQ(written.lines(), 0);
}

TEST(Log, LimitsWhatRepeats) {
  Written written;
  Log log{Level::info, written.sink};
  for (int i = 0; i < 100; ++i) log.write_limited(Level::warning, "the broker does not answer");
  EXPECT_EQ(written.lines(), 5);
}

}  // namespace
}  // namespace telemetry

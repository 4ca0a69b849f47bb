#include "config/flags.hpp"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

namespace config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const std::vector<Setting> settings{{.name = "delivery.rate", .type = "number"},
                                    {.name = "kafka.brokers", .type = "list"},
                                    {.name = "applications", .type = "list"},
                                    {.name = "application.<name>.client-id", .type = "text"}};

/// A command line as the program has it: settings on top, one command with a flag of its own.
struct CommandLine {
  CLI::App app;
  Flags flags{app, settings};
  std::string map;

  CommandLine() {
    app.allow_extras();
    app.fallthrough();
    auto* run = app.add_subcommand("run");
    run->allow_extras();
    run->fallthrough();
    run->add_option("--map", map);
  }

  std::vector<std::string> parse(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());
    app.parse(arguments);
    std::vector<std::string> texts;
    for (const Mistake& mistake : flags.take_remaining(app)) texts.push_back(mistake.text());
    return texts;
  }
};

TEST(Flags, HoldOnlyWhatWasGiven) {
  CommandLine line;
  line.parse({"--delivery.rate", "3"});
  EXPECT_THAT(line.flags.given(), ElementsAre(Pair("delivery.rate", "3")));
}

TEST(Flags, KeepAValueAsItWasTyped) {
  CommandLine line;
  line.parse({"--kafka.brokers=a:1, b:2 # \"c\" [d]"});
  EXPECT_THAT(line.flags.given(), ElementsAre(Pair("kafka.brokers", "a:1, b:2 # \"c\" [d]")));
}

TEST(Flags, KeepAnEmptyValue) {
  CommandLine line;
  line.parse({"--kafka.brokers", ""});
  EXPECT_THAT(line.flags.given(), ElementsAre(Pair("kafka.brokers", "")));
}

TEST(Flags, MayFollowTheCommand) {
  CommandLine line;
  line.parse({"run", "--delivery.rate=3", "--map", "email=a"});
  EXPECT_THAT(line.flags.given(), ElementsAre(Pair("delivery.rate", "3")));
  EXPECT_EQ(line.map, "email=a");
}

TEST(Flags, NameTheConfigurationFile) {
  CommandLine line;
  line.parse({"run", "--config", "w.toml"});
  EXPECT_EQ(line.flags.config_file(), "w.toml");
}

TEST(Flags, TakeSettingsUnderNamesThatOnlyTheConfigurationKnows) {
  CommandLine line;
  EXPECT_THAT(line.parse({"run", "--application.main.client-id=x=y"}), IsEmpty());
  EXPECT_THAT(line.flags.given(), ElementsAre(Pair("application.main.client-id", "x=y")));
}

TEST(Flags, RefuseSuchASettingWithoutItsValueOrTwice) {
  CommandLine line;
  EXPECT_THAT(line.parse({"--application.a.client-id=x", "--application.a.client-id=y", "--application.b.client-id"}),
              ElementsAre("--application.a.client-id: is given twice",
                          "--application.b.client-id: needs its value in the same argument: "
                          "--application.b.client-id=VALUE"));
}

TEST(Flags, RefuseAnUnknownFlagWithASuggestion) {
  CommandLine line;
  EXPECT_THAT(line.parse({"--delivery.rat=3"}),
              ElementsAre("--delivery.rat: is no flag of this command; did you mean --delivery.rate?"));
}

TEST(Flags, SuggestFlagsOfTheCommandToo) {
  CommandLine line;
  EXPECT_THAT(line.parse({"run", "--mpa=x"}), ElementsAre("--mpa: is no flag of this command; did you mean --map?"));
}

TEST(Flags, DoNotRepeatTheValueOfAnUnknownFlag) {
  CommandLine line;
  EXPECT_THAT(
      line.parse({"--client-secret", "hunter2"}),
      ElementsAre("--client-secret: is no flag of this command", "command line: an argument that belongs to nothing"));
}

TEST(Flags, RefuseOneFlagTwice) {
  CommandLine line;
  EXPECT_THROW(line.parse({"--delivery.rate=1", "--delivery.rate=2"}), CLI::ParseError);
}

}  // namespace
}  // namespace config

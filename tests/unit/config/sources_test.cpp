#include "config/sources.hpp"

#include <cstdlib>

#include <gmock/gmock.h>

#include "unit/config/temporary_file.hpp"

namespace config {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::Pair;
using testing::StartsWith;

std::string value_of(const File& file, const std::string& name) { return file.values.at(name).text; }

TEST(TomlFile, FlattensSections) {
  const File file = parse_toml("w.toml", "top = 'a'\n[delivery]\nrate = 3.5\n[application.main]\nclient-id = 'x'\n");
  EXPECT_EQ(value_of(file, "top"), "a");
  EXPECT_EQ(value_of(file, "delivery.rate"), "3.5");
  EXPECT_EQ(value_of(file, "application.main.client-id"), "x");
}

TEST(TomlFile, TurnsEachTypeIntoText) {
  const File file = parse_toml("w.toml", "a = 1_000\nb = true\nc = 0.1\nd = ['x:1', 'y:2']\ne = 'p # q'\n");
  EXPECT_EQ(value_of(file, "a"), "1000");
  EXPECT_EQ(value_of(file, "b"), "true");
  EXPECT_EQ(value_of(file, "c"), "0.1");
  EXPECT_EQ(value_of(file, "d"), "x:1,y:2");
  EXPECT_EQ(value_of(file, "e"), "p # q");
}

TEST(TomlFile, RemembersLines) {
  const File file = parse_toml("w.toml", "\n[delivery]\nrate = 3.5\n");
  EXPECT_EQ(file.place(file.values.at("delivery.rate").line), "w.toml, line 3");
}

TEST(TomlFile, NamesTheLineOfASyntaxError) {
  const File file = parse_toml("w.toml", "a = 1\nb = = 2\n");
  ASSERT_EQ(file.mistakes.size(), 1U);
  EXPECT_EQ(file.mistakes[0].place, "w.toml, line 2");
}

TEST(TomlFile, IsBrokenAfterASyntaxError) { EXPECT_TRUE(parse_toml("w.toml", "a\n").broken); }

TEST(TomlFile, RefusesValuesThatAreNoSetting) {
  for (const auto* line : {"a = 2026-03-01", "a = [[1]]", "a = [{b = 1}]", "a = ['x,y']"}) {
    EXPECT_EQ(parse_toml("w.toml", line).mistakes.size(), 1U) << line;
  }
}

TEST(TomlFile, RefusesOneSettingInTwoSpellings) {
  const File file = parse_toml("w.toml", "\"delivery.rate\" = 1\n[delivery]\nrate = 2\n");
  ASSERT_EQ(file.mistakes.size(), 1U);
  EXPECT_THAT(file.mistakes[0].problem, HasSubstr("twice"));
}

TEST(TomlFile, RemembersEmptySections) {
  EXPECT_THAT(parse_toml("w.toml", "[delievery]\n").empty_sections, Contains(Pair("delievery", 1U)));
}

TEST(TomlFile, SaysWhyAFileCannotBeRead) {
  const File missing = read_toml("/nonexistent/w.toml");
  ASSERT_EQ(missing.mistakes.size(), 1U);
  EXPECT_EQ(missing.mistakes[0].text(),
            "configuration file /nonexistent/w.toml: cannot be read: No such file or directory");
}

TEST(TomlFile, MayNotBeADirectory) { EXPECT_TRUE(read_toml(testing::TempDir()).broken); }

TEST(Gather, PrefersTheFlagForTheFile) {
  const TemporaryFile by_flag{"a = 1"};
  const TemporaryFile by_variable{"a = 2"};
  const auto sources = gather({}, {{"SEGMENT_EXPORT_CONFIG", by_variable.path()}}, by_flag.path());
  EXPECT_EQ(value_of(*sources.file, "a"), "1");
}

TEST(Gather, TakesTheFileThatTheEnvironmentNames) {
  const TemporaryFile file{"a = 2"};
  const auto sources = gather({}, {{"SEGMENT_EXPORT_CONFIG", file.path()}}, std::nullopt);
  EXPECT_EQ(value_of(*sources.file, "a"), "2");
}

TEST(Gather, DoesNotLeaveTheNameOfTheFileAsASetting) {
  const TemporaryFile file{"a = 1"};
  EXPECT_THAT(gather({}, {{"SEGMENT_EXPORT_CONFIG", file.path()}}, file.path()).environment, IsEmpty());
}

TEST(Gather, NeedsNoFile) { EXPECT_FALSE(gather({}, {}, std::nullopt).file); }

TEST(OurEnvironment, HoldsOnlyVariablesWithOurPrefix) {
  ::setenv("SEGMENT_EXPORT_TEST_VALUE", "a=b", 1);
  ::setenv("SEGMENT_EXPORTS_TEST_VALUE", "c", 1);
  const auto variables = our_environment();
  EXPECT_THAT(variables, Contains(Pair("SEGMENT_EXPORT_TEST_VALUE", "a=b")));
  EXPECT_THAT(variables, Each(Key(StartsWith("SEGMENT_EXPORT_"))));
}

}  // namespace
}  // namespace config

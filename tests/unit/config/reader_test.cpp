#include "config/reader.hpp"

#include <gmock/gmock.h>

#include "unit/config/temporary_file.hpp"

namespace config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

enum class OnFull { wait, drop };

struct Sample {
  std::vector<std::string> brokers;
  double rate;
  std::chrono::milliseconds timeout;
  unsigned attempts;
  std::uint64_t buffer;
  bool compress;
  OnFull on_full;
  Address listen;
  std::string label;
};

Sample read_sample(Reader& read) {
  return {
      .brokers = read.list("kafka.brokers", {.help = "Where Kafka is."}),
      .rate = read.number("delivery.rate", {.fallback = 3.5, .min = 0.1, .max = 100, .unit = "requests/s"}),
      .timeout = read.duration("delivery.request-timeout", {.fallback = 30s, .min = 1s, .max = 5min}),
      .attempts = read.count<unsigned>("delivery.attempts", {.fallback = 3, .min = 1}),
      .buffer = read.bytes("kafka.buffer", {.fallback = 64 * 1024, .max = 1024 * 1024}),
      .compress = read.flag("kafka.compress", {.fallback = true}),
      .on_full = read.choice<OnFull>(
          "kafka.on-full", {.names = {{"wait", OnFull::wait}, {"drop", OnFull::drop}}, .fallback = OnFull::drop}),
      .listen = read.address("telemetry.listen", {.fallback = "0.0.0.0:8080"}),
      .label = read.text("telemetry.label", {.fallback = ""}),
  };
}

File file(std::map<std::string, File::Value> values) { return {.path = "w.toml", .values = std::move(values)}; }

std::vector<std::string> mistakes_of(const Sources& sources) {
  Reader read{sources};
  read_sample(read);
  std::vector<std::string> texts;
  for (const Mistake& mistake : read.mistakes()) texts.push_back(mistake.text());
  return texts;
}

std::vector<std::string> mistakes_of_flags(std::map<std::string, std::string> flags) {
  flags.emplace("kafka.brokers", "b:9092");
  return mistakes_of({.flags = std::move(flags)});
}

Sample sample_of(std::map<std::string, std::string> flags) {
  Reader read{{.flags = std::move(flags)}};
  return read_sample(read);
}

const Entry& entry_of(const Reader& read, std::string_view name) {
  return *std::ranges::find(read.entries(), name, [](const Entry& entry) { return entry.setting.name; });
}

TEST(Reader, GivesDefaultsForWhatNobodySet) {
  const Sample sample = sample_of({{"kafka.brokers", "b:9092"}});
  EXPECT_EQ(sample.rate, 3.5);
  EXPECT_EQ(sample.timeout, 30s);
  EXPECT_EQ(sample.buffer, 65'536U);
  EXPECT_TRUE(sample.compress);
  EXPECT_EQ(sample.on_full, OnFull::drop);
  EXPECT_EQ(sample.listen, (Address{"0.0.0.0", 8080}));
  EXPECT_EQ(sample.label, "");
}

TEST(Reader, ReadsEachType) {
  const Sample sample = sample_of({{"kafka.brokers", "a:1,b:2"},
                                   {"delivery.rate", "10"},
                                   {"delivery.request-timeout", "2m"},
                                   {"delivery.attempts", "7"},
                                   {"kafka.buffer", "1KiB"},
                                   {"kafka.compress", "false"},
                                   {"kafka.on-full", "wait"},
                                   {"telemetry.listen", "[::1]:0"},
                                   {"telemetry.label", "blue"}});
  EXPECT_THAT(sample.brokers, ElementsAre("a:1", "b:2"));
  EXPECT_EQ(sample.rate, 10);
  EXPECT_EQ(sample.timeout, 2min);
  EXPECT_EQ(sample.attempts, 7U);
  EXPECT_EQ(sample.buffer, 1024U);
  EXPECT_FALSE(sample.compress);
  EXPECT_EQ(sample.on_full, OnFull::wait);
  EXPECT_EQ(sample.listen, (Address{"::1", 0}));
  EXPECT_EQ(sample.label, "blue");
}

TEST(Reader, PrefersAFlagToTheEnvironment) {
  Reader read{{.flags = {{"delivery.rate", "1"}}, .environment = {{"SEGMENT_EXPORT_DELIVERY_RATE", "2"}}}};
  EXPECT_EQ(read_sample(read).rate, 1);
}

TEST(Reader, PrefersTheEnvironmentToTheFile) {
  Reader read{{.environment = {{"SEGMENT_EXPORT_DELIVERY_RATE", "2"}}, .file = file({{"delivery.rate", {"3", 1}}})}};
  EXPECT_EQ(read_sample(read).rate, 2);
}

TEST(Reader, PrefersTheFileToTheDefault) {
  Reader read{{.file = file({{"delivery.rate", {"3", 1}}})}};
  EXPECT_EQ(read_sample(read).rate, 3);
}

TEST(Reader, ReportsAllMistakesAtOnce) {
  EXPECT_THAT(mistakes_of({.flags = {{"delivery.rate", "fast"}, {"delivery.speed", "1"}},
                           .environment = {{"SEGMENT_EXPORT_KAFKA_COMPRESS", "yes"}},
                           .file = file({{"kafka.on-full", {"dorp", 7}}})}),
              ElementsAre("kafka.brokers: is required: set it in the configuration file, as "
                          "SEGMENT_EXPORT_KAFKA_BROKERS or as --kafka.brokers",
                          "delivery.rate = 'fast' (--delivery.rate): is not a number, for example 3.5",
                          "kafka.compress = 'yes' (SEGMENT_EXPORT_KAFKA_COMPRESS): must be true or false",
                          "kafka.on-full = 'dorp' (w.toml, line 7): must be one of wait|drop; did you mean drop?",
                          "--delivery.speed: is no setting"));
}

TEST(Reader, HoldsNumbersToTheirBounds) {
  EXPECT_THAT(mistakes_of_flags({{"delivery.rate", "0.05"}}),
              ElementsAre("delivery.rate = '0.05' (--delivery.rate): must be 0.1 to 100 requests/s"));
  EXPECT_THAT(mistakes_of_flags({{"delivery.rate", "100"}}), IsEmpty());
}

TEST(Reader, HoldsCountsToTheirType) {
  EXPECT_THAT(mistakes_of_flags({{"delivery.attempts", "4294967296"}}),
              ElementsAre(HasSubstr("must be 1 to 4294967295")));
}

TEST(Reader, HoldsSizesToTheirBounds) {
  EXPECT_THAT(mistakes_of_flags({{"kafka.buffer", "2MiB"}}), ElementsAre(HasSubstr("must be at most 1MiB")));
}

TEST(Reader, HoldsDurationsToTheirBounds) {
  EXPECT_THAT(mistakes_of_flags({{"delivery.request-timeout", "6m"}}), ElementsAre(HasSubstr("must be 1s to 5m")));
}

TEST(Reader, RefusesADurationFinerThanItsType) {
  EXPECT_THAT(mistakes_of_flags({{"delivery.request-timeout", "1500000us"}}), IsEmpty());
  EXPECT_THAT(mistakes_of_flags({{"delivery.request-timeout", "1500001us"}}),
              ElementsAre(HasSubstr("must be whole steps of 1ms")));
}

TEST(Reader, RefusesToLeaveARequiredListEmpty) {
  EXPECT_THAT(mistakes_of({.flags = {{"kafka.brokers", ""}}}), ElementsAre(HasSubstr("must not be empty")));
}

TEST(Reader, RefusesEmptyTextWhereTheDefaultIsNotEmpty) {
  Reader read{{.flags = {{"a", ""}}}};
  read.text("a", {.fallback = "x"});
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, RefusesUnknownFlagsWithASuggestion) {
  EXPECT_THAT(mistakes_of_flags({{"rate", "1"}}), ElementsAre("--rate: is no setting; did you mean --delivery.rate?"));
}

TEST(Reader, RefusesUnknownVariablesWithASuggestion) {
  EXPECT_THAT(mistakes_of({.flags = {{"kafka.brokers", "b:1"}},
                           .environment = {{"SEGMENT_EXPORT_DELIVERY_RAET", "1"}, {"SEGMENT_EXPORT_X", "1"}}}),
              ElementsAre("SEGMENT_EXPORT_DELIVERY_RAET: is no setting; did you mean SEGMENT_EXPORT_DELIVERY_RATE?",
                          "SEGMENT_EXPORT_X: is no setting"));
}

TEST(Reader, RefusesUnknownKeysOfTheFileWithASuggestion) {
  EXPECT_THAT(
      mistakes_of({.flags = {{"kafka.brokers", "b:1"}}, .file = file({{"delivery.request_timeout", {"1s", 4}}})}),
      ElementsAre("w.toml, line 4: delivery.request_timeout is no setting; did you mean "
                  "delivery.request-timeout?"));
}

TEST(Reader, RefusesUnknownEmptySections) {
  EXPECT_THAT(mistakes_of({.flags = {{"kafka.brokers", "b:1"}},
                           .file = File{.path = "w.toml", .empty_sections = {{"delievery", 2}, {"delivery", 3}}}}),
              ElementsAre("w.toml, line 2: [delievery] is no section"));
}

TEST(Reader, NeverRepeatsTheValueOfAnUnknownKey) {
  for (const auto& text : mistakes_of({.flags = {{"secret", "hunter2"}},
                                       .environment = {{"SEGMENT_EXPORT_SECRET", "hunter2"}},
                                       .file = file({{"secret", {"hunter2", 1}}})})) {
    EXPECT_THAT(text, Not(HasSubstr("hunter2")));
  }
}

TEST(Reader, IgnoresWhatKubernetesSaysAboutAServiceOfOurName) {
  EXPECT_THAT(mistakes_of({.flags = {{"kafka.brokers", "b:1"}},
                           .environment = {{"SEGMENT_EXPORT_SERVICE_HOST", "192.0.2.1"},
                                           {"SEGMENT_EXPORT_SERVICE_PORT", "8080"},
                                           {"SEGMENT_EXPORT_SERVICE_PORT_ADMIN", "8080"},
                                           {"SEGMENT_EXPORT_PORT", "tcp://192.0.2.1:8080"},
                                           {"SEGMENT_EXPORT_DELIVERY_PORT_8080_TCP_ADDR", "192.0.2.1"}}}),
              IsEmpty());
}

TEST(Reader, DoesNotCallSettingsMissingWhenTheFileIsBroken) {
  EXPECT_THAT(mistakes_of({.file = File{.path = "w.toml", .mistakes = {{"w.toml", "is not TOML"}}, .broken = true}}),
              ElementsAre("w.toml: is not TOML"));
}

TEST(Reader, ShortensWhatItRepeatsOfAWrongValue) {
  EXPECT_THAT(mistakes_of_flags({{"delivery.rate", std::string(1000, 'x')}}), ElementsAre(SizeIs(testing::Lt(200))));
}

TEST(Reader, RemembersWhereAValueCameFrom) {
  Reader read{
      {.environment = {{"SEGMENT_EXPORT_DELIVERY_RATE", "2.50"}}, .file = file({{"kafka.brokers", {"b:1", 9}}})}};
  read_sample(read);
  EXPECT_EQ(entry_of(read, "delivery.rate").value, "2.5");
  EXPECT_EQ(entry_of(read, "delivery.rate").place, "SEGMENT_EXPORT_DELIVERY_RATE");
  EXPECT_EQ(entry_of(read, "kafka.brokers").place, "w.toml, line 9");
  EXPECT_EQ(entry_of(read, "kafka.compress").origin, Origin::fallback);
}

TEST(Reader, TakesASecretFromItsFileWithoutTheLineBreak) {
  const TemporaryFile secret{"hunter2\n"};
  Reader read{{.flags = {{"oauth.secret-file", secret.path()}}}};
  EXPECT_EQ(read.secret_file("oauth.secret-file", {}).reveal(), "hunter2");
}

TEST(Reader, ShowsASecretAsStars) {
  const TemporaryFile secret{"hunter2"};
  Reader read{{.flags = {{"oauth.secret-file", secret.path()}}}};
  read.secret_file("oauth.secret-file", {});
  EXPECT_EQ(read.entries().front().value, "*** (in " + secret.path() + ")");
}

TEST(Reader, DoesNotRepeatASecretThatWasGivenInsteadOfItsFile) {
  Reader read{{.flags = {{"oauth.secret-file", "hunter2"}}}};
  read.secret_file("oauth.secret-file", {});
  ASSERT_THAT(read.mistakes(), SizeIs(1));
  EXPECT_EQ(read.mistakes()[0].text(),
            "oauth.secret-file (value not shown) (--oauth.secret-file): cannot be read: No such file or directory");
}

TEST(Reader, RefusesAnEmptySecret) {
  const TemporaryFile secret{"\n"};
  Reader read{{.flags = {{"oauth.secret-file", secret.path()}}}};
  read.secret_file("oauth.secret-file", {});
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, LeavesOutASecretThatIsNotNeeded) {
  Reader read{{}};
  EXPECT_TRUE(read.secret_file("oauth.secret-file", {.fallback = ""}).empty());
  EXPECT_THAT(read.mistakes(), IsEmpty());
}

TEST(Reader, RefusesAFileThatCannotBeRead) {
  Reader read{{.flags = {{"http.ca-file", "/nonexistent/ca.pem"}}}};
  read.file("http.ca-file", {.fallback = ""});
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, RefusesADirectoryInsteadOfAFile) {
  Reader read{{.flags = {{"http.ca-file", testing::TempDir()}}}};
  read.file("http.ca-file", {.fallback = ""});
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, GivesThePathOfAFile) {
  const TemporaryFile file{"x"};
  Reader read{{.flags = {{"http.ca-file", file.path()}}}};
  EXPECT_EQ(read.file("http.ca-file", {.fallback = ""}), file.path());
  EXPECT_THAT(read.mistakes(), IsEmpty());
}

TEST(Reader, ReadsSettingsUnderNamesOfTheConfiguration) {
  Reader read{{.environment = {{"SEGMENT_EXPORT_APPLICATION_MAIN_CLIENT_ID", "x"}},
               .file = file({{"applications", {"main", 1}}})}};
  for (const auto& name : read.names("applications", {})) {
    EXPECT_EQ(read.text("application." + name + ".client-id", {}), "x");
  }
  EXPECT_THAT(read.mistakes(), IsEmpty());
}

TEST(Reader, RefusesNamesThatNoFlagCouldHold) {
  Reader read{{.flags = {{"applications", "Main App"}}}};
  EXPECT_THAT(read.names("applications", {}), IsEmpty());
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, RefusesTwoSettingsWithOneVariable) {
  Reader read{{}};
  read.flag("a.b-c", {.fallback = true});
  read.flag("a-b.c", {.fallback = true});
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, NamesTheSourceOfAValueThatContradictsAnother) {
  Reader read{{.flags = {{"delivery.rate", "5"}}}};
  read.number("delivery.rate", {.fallback = 1.0});
  read.refuse("delivery.rate", "is more than delivery.burst");
  EXPECT_EQ(read.mistakes().at(0).text(), "delivery.rate (--delivery.rate): is more than delivery.burst");
}

TEST(Reader, RefusesADefaultOutsideItsOwnBounds) {
  Reader read{{}};
  read.count("a", {.fallback = 5, .max = 4});
  EXPECT_THAT(read.mistakes(), SizeIs(1));
}

TEST(Reader, DescribesEverySettingWithoutValues) {
  Reader read{{}, Purpose::description};
  read_sample(read);
  EXPECT_THAT(read.settings(), SizeIs(9));
  EXPECT_THAT(read.mistakes(), IsEmpty());
}

TEST(Reader, DescribesRepeatingSettingsOnce) {
  Reader read{{}, Purpose::description};
  for (const auto& name : read.names("applications", {})) read.text("application." + name + ".client-id", {});
  EXPECT_EQ(read.settings().at(1).name, "application.<name>.client-id");
  EXPECT_TRUE(read.settings().at(1).repeats());
}

TEST(Reader, DescribesUnitDefaultAndBounds) {
  Reader read{{}, Purpose::description};
  read_sample(read);
  const Setting& rate = read.settings().at(1);
  EXPECT_EQ(rate.fallback, "3.5");
  EXPECT_EQ(rate.bounds, "0.1 to 100");
  EXPECT_EQ(rate.unit, "requests/s");
}

}  // namespace
}  // namespace config

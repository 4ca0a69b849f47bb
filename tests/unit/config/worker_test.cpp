#include "config/worker.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/applications.hpp"
#include "unit/config/temporary_file.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

std::vector<std::string> texts(const Mistakes& mistakes) {
  std::vector<std::string> lines;
  for (const Mistake& mistake : mistakes) lines.push_back(mistake.text());
  return lines;
}

/// What a worker cannot do without.
class WorkerSettings : public testing::Test {
 protected:
  Sources sources() const {
    return {.flags = {{"brokers", "broker.example:9092"},
                      {"application.main.client-id", "client-1"},
                      {"application.main.client-secret-file", secret_.path()},
                      {"credentials.key-file", key_.path()}}};
  }

  Sources with(const std::string& name, const std::string& value) const {
    Sources all = sources();
    all.flags[name] = value;
    return all;
  }

  Sources without(const std::string& name) const {
    Sources all = sources();
    all.flags.erase(name);
    return all;
  }

  static std::vector<std::string> mistakes(const Sources& from, Use use = Use::worker) {
    return texts(look_at(from, use).mistakes);
  }

  TemporaryFile secret_{"application secret\n"};
  TemporaryFile key_{"0123456789abcdef0123456789abcdef"};
};

TEST_F(WorkerSettings, NeedLittle) {
  const auto worker = load(sources(), Use::worker);
  ASSERT_TRUE(worker) << testing::PrintToString(texts(worker.error()));
  EXPECT_TRUE(worker->stages.intake && worker->stages.delivery);
  EXPECT_EQ(worker->delivery.rate_per_second, 3.5);
  EXPECT_EQ(worker->delivery.packing.max_rows, 39'999U);
  EXPECT_EQ(worker->http.request_timeout, 30s);
  EXPECT_EQ(worker->applications.at(0).secret.reveal(), "application secret");
}

TEST_F(WorkerSettings, TakeTheBoundOfAddressesFromTheImport) {
  EXPECT_EQ(load(sources(), Use::worker)->intake.rules.email.max_length, 80U);
  auto json = with("import", "json");
  EXPECT_EQ(load(json, Use::worker)->intake.rules.email.max_length, 50U);
  EXPECT_EQ(load(json, Use::worker)->constant_contact.import, constant_contact::ImportForm::json);
  json.flags["intake.email-max-length"] = "80";
  EXPECT_EQ(load(json, Use::worker)->intake.rules.email.max_length, 80U);
}

TEST_F(WorkerSettings, NameEverythingThatIsMissing) {
  EXPECT_THAT(mistakes({}), IsSupersetOf({HasSubstr("brokers: is required"),
                                          HasSubstr("credentials.key-file: is required by delivery"),
                                          HasSubstr("applications: is empty")}));
}

TEST_F(WorkerSettings, AskNoCommandForSecrets) {
  EXPECT_THAT(mistakes({.flags = {{"brokers", "broker.example:9092"}}}, Use::client), IsEmpty());
}

TEST_F(WorkerSettings, AskNothingOfACommandThatNeedsNothing) { EXPECT_THAT(mistakes({}, Use::offline), IsEmpty()); }

TEST_F(WorkerSettings, AskIntakeAloneForNoSecrets) {
  Sources only_intake{
      .flags = {{"brokers", "broker.example:9092"}, {"stages", "intake"}, {"application.main.client-id", "client-1"}}};
  const auto worker = load(only_intake, Use::worker);
  ASSERT_TRUE(worker) << testing::PrintToString(texts(worker.error()));
  EXPECT_FALSE(worker->stages.delivery);
}

TEST_F(WorkerSettings, RefuseAStageThatDoesNotExist) {
  EXPECT_THAT(mistakes(with("stages", "intake,delivry")), Contains(HasSubstr("knows intake and delivery only")));
}

TEST_F(WorkerSettings, RefuseTwoNamesOfOneClientId) {
  Sources twice = with("application.copy.client-id", "client-1");
  twice.flags["application.copy.client-secret-file"] = secret_.path();
  EXPECT_THAT(mistakes(twice), Contains(HasSubstr("is that of copy too")));
}

TEST_F(WorkerSettings, TellClientIdsApartByteForByte) {
  Sources similar = with("application.copy.client-id", "CLIENT-1");
  similar.flags["application.copy.client-secret-file"] = secret_.path();
  EXPECT_THAT(mistakes(similar), IsEmpty());
}

TEST_F(WorkerSettings, TakeTheOnlyApplicationAsTheDefault) {
  EXPECT_EQ(load(sources(), Use::worker)->intake.default_application.value, "client-1");
}

TEST_F(WorkerSettings, HaveNoDefaultAmongSeveralApplications) {
  Sources two = with("application.other.client-id", "client-2");
  two.flags["application.other.client-secret-file"] = secret_.path();
  EXPECT_TRUE(load(two, Use::worker)->intake.default_application.empty());
}

TEST_F(WorkerSettings, KnowTheDefaultByNameOrClientId) {
  EXPECT_EQ(load(with("default-application", "main"), Use::worker)->intake.default_application.value, "client-1");
  EXPECT_EQ(load(with("default-application", "client-1"), Use::worker)->intake.default_application.value, "client-1");
  EXPECT_THAT(mistakes(with("default-application", "mian")), Contains(HasSubstr("is none of the applications")));
}

TEST_F(WorkerSettings, FindKeyFilesThatAreNotThere) {
  EXPECT_THAT(mistakes(with("credentials.key-file", key_.path() + ",/nowhere/old.key")),
              Contains(HasSubstr("credentials.key-file")));
}

TEST_F(WorkerSettings, RefuseAKeyThatIsNone) {
  const TemporaryFile no_key{"too short"};
  const auto found = mistakes(with("credentials.key-file", no_key.path()));
  EXPECT_THAT(found, Contains(HasSubstr("credentials.key-file")));
  EXPECT_THAT(found, Each(Not(HasSubstr("too short"))));
}

TEST_F(WorkerSettings, KeepBatchesBelowWhatTheVendorDropsInSilence) {
  EXPECT_THAT(mistakes(with("delivery.batch-bytes", "4100000")), Contains(HasSubstr("10KB to 3900KB")));
  EXPECT_THAT(mistakes(with("delivery.batch-rows", "40000")), Contains(HasSubstr("1 to 39999")));
}

TEST_F(WorkerSettings, LeaveTimeForARedriveBeforeTheInputIsGone) {
  EXPECT_THAT(mistakes(with("delivery.input-retention", "96h")), Contains(HasSubstr("delivery.run-deadline")));
}

TEST_F(WorkerSettings, KeepTheHeartbeatWellWithinTheLease) {
  EXPECT_THAT(mistakes(with("delivery.heartbeat", "6s")),
              Contains(HasSubstr("must not be above half of delivery.lease")));
}

TEST_F(WorkerSettings, RefuseAUrlThatIsNone) {
  EXPECT_THAT(mistakes(with("constant-contact.api-url", "ftp://api.example")),
              Contains(HasSubstr("constant-contact.api-url")));
}

TEST_F(WorkerSettings, TakePropertiesOfTheKafkaClientFromTheSettingAndTheFile) {
  const TemporaryFile file{"# for the brokers\nsasl.username=worker\nsasl.password=a=b,c\n"};
  Sources all = with("kafka.properties", "security.protocol=SASL_SSL");
  all.flags["kafka.properties-file"] = file.path();
  const auto worker = load(all, Use::worker);
  ASSERT_TRUE(worker) << testing::PrintToString(texts(worker.error()));
  EXPECT_THAT(worker->kafka.properties,
              UnorderedElementsAre(Pair("security.protocol", "SASL_SSL"), Pair("sasl.username", "worker"),
                                   Pair("sasl.password", "a=b,c")));
}

TEST_F(WorkerSettings, KeepPasswordsOutOfWhatIsShown) {
  EXPECT_THAT(mistakes(with("kafka.properties", "sasl.password=x")), Contains(HasSubstr("kafka.properties-file")));
}

TEST_F(WorkerSettings, NeverRepeatALineOfTheFileThatIsNoProperty) {
  const TemporaryFile file{"hunter2\n"};
  const auto found = mistakes(with("kafka.properties-file", file.path()));
  EXPECT_THAT(found, Contains(HasSubstr("not name=value")));
  EXPECT_THAT(found, Each(Not(HasSubstr("hunter2"))));
}

TEST_F(WorkerSettings, NameTheInputTopicOnce) {
  EXPECT_EQ(load(with("topics.exports", "jobs"), Use::worker)->intake.input_topic, "jobs");
}

TEST_F(WorkerSettings, NeverShowASecret) {
  for (const Entry& entry : look_at(sources(), Use::worker).entries) {
    EXPECT_THAT(entry.value, Not(HasSubstr("application secret"))) << entry.setting.name;
    EXPECT_THAT(entry.value, Not(HasSubstr("0123456789abcdef"))) << entry.setting.name;
  }
}

TEST_F(WorkerSettings, AreDescribedWithoutAnySource) {
  std::vector<std::string> names;
  for (const Setting& setting : worker_settings()) {
    names.push_back(setting.name);
    EXPECT_FALSE(setting.help.empty()) << setting.name;
  }
  EXPECT_THAT(names,
              IsSupersetOf({"brokers", "stages", "application.<name>.client-id", "topics.exports", "intake.range-age",
                            "delivery.rate", "constant-contact.api-url", "admin.port", "log.level"}));
}

/// A value that no setting takes, whatever its type.
constexpr const char* wrong_value = ",, ";

std::vector<std::string> names_of_settings() {
  std::vector<std::string> names;
  for (const Setting& setting : worker_settings()) {
    names.push_back(setting.name);
    if (setting.repeats()) names.back().replace(names.back().find(any_name), any_name.size(), "main");
  }
  return names;
}

TEST_F(WorkerSettings, AreNamedEachWhereItIsWrong) {
  for (const std::string& name : names_of_settings()) {
    EXPECT_THAT(mistakes(with(name, wrong_value)), Contains(HasSubstr("(--" + name + ")")));
  }
}

TEST_F(WorkerSettings, AreAllNamedWhereAllAreWrong) {
  Sources all = sources();
  for (const std::string& name : names_of_settings()) all.flags[name] = wrong_value;
  const auto found = mistakes(all);
  for (const std::string& name : names_of_settings()) {
    // With no list of applications, what belongs to one has no place.
    if (!name.starts_with("application.")) EXPECT_THAT(found, Contains(HasSubstr("(--" + name + ")")));
  }
}

TEST_F(WorkerSettings, KeepEachSectionInOnePiece) {
  std::vector<std::string> sections;
  for (const Setting& setting : worker_settings()) {
    if (sections.empty() || sections.back() != setting.section()) sections.push_back(setting.section());
  }
  std::vector<std::string> distinct = sections;
  std::ranges::sort(distinct);
  const auto repeated = std::ranges::unique(distinct);
  EXPECT_TRUE(repeated.empty()) << testing::PrintToString(sections);
}

TEST(NamesOfApplications, ComeFromEverySource) {
  File file{.path = "worker.toml", .values = {{"application.from-file.client-id", {"1", 1}}}};
  const Sources sources{.flags = {{"application.flag.client-id", "2"}},
                        .environment = {{"SEGMENT_EXPORT_APPLICATION_BY_ENV_CLIENT_SECRET_FILE", "3"}},
                        .file = file};
  EXPECT_THAT(names_of_applications(sources), ElementsAre("by-env", "flag", "from-file"));
}

TEST(NamesOfApplications, NameAnApplicationOnceThatTwoSourcesKnow) {
  File file{.path = "worker.toml", .values = {{"application.main-app.client-id", {"1", 1}}}};
  const Sources sources{.environment = {{"SEGMENT_EXPORT_APPLICATION_MAIN_APP_CLIENT_SECRET_FILE", "3"}}, .file = file};
  EXPECT_THAT(names_of_applications(sources), ElementsAre("main-app"));
}

}  // namespace
}  // namespace config

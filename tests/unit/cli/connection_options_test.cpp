#include "cli/connection_options.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include "cli/connection_list.hpp"
#include "unit/cli/sample_receipt.hpp"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

ConnectionOptions enough() {
  ConnectionOptions options;
  options.id = "demo";
  options.refresh_token_file = "token";
  options.consent_by = "Dana";
  options.consent_text = "I agree.";
  return options;
}

TEST(ConnectionOptions, AreEnoughWithATokenAndConsent) { EXPECT_THAT(enough().mistakes(), IsEmpty()); }

TEST(ConnectionOptions, NameAllThatIsMissing) {
  EXPECT_THAT(ConnectionOptions{}.mistakes(), ElementsAre(HasSubstr("--refresh-token-file"), HasSubstr("--consent-by"),
                                                          HasSubstr("--consent-text TEXT or --consent-text-file")));
}

TEST(ConnectionOptions, RefuseTwoConsentTexts) {
  ConnectionOptions options = enough();
  options.consent_text_file = "terms.txt";
  EXPECT_THAT(options.mistakes(), ElementsAre(HasSubstr("keep one")));
}

config::Worker with_applications() {
  config::Worker settings;
  settings.applications = {{.name = "main", .id = {"client-1"}, .secret = {}},
                           {.name = "partner", .id = {"client-2"}, .secret = {}}};
  return settings;
}

TEST(ApplicationOption, IsAClientIdOrAName) {
  EXPECT_EQ(application_named("client-2", with_applications())->value, "client-2");
  EXPECT_EQ(application_named("main", with_applications())->value, "client-1");
}

TEST(ApplicationOption, FallsBackToTheDefault) {
  config::Worker settings = with_applications();
  EXPECT_FALSE(application_named("", settings));
  settings.intake.default_application = {"client-2"};
  EXPECT_EQ(application_named("", settings)->value, "client-2");
}

TEST(ApplicationOption, SuggestsWhatIsConfigured) {
  EXPECT_THAT(application_named("partnr", with_applications()).error(), ElementsAre(HasSubstr("did you mean partner")));
}

run::Connection connection(const std::string& id, const std::string& application, const std::string& account) {
  run::Connection connection;
  connection.id = {id};
  connection.application = {application};
  connection.account_id = {account};
  connection.grant_id = {"grant-" + id};
  return connection;
}

TEST(SharedAccount, IsRefusedUnlessAllowed) {
  const std::map<std::string, run::ControlRecord> control{{"connection/a", connection("a", "client-1", "acc")}};
  run::Connection second = connection("b", "client-1", "acc");
  EXPECT_THAT(account_conflict(second, control), HasSubstr("--allow-shared-account"));
  second.allow_shared_account = true;
  EXPECT_EQ(account_conflict(second, control), "");
}

TEST(SharedAccount, IsNeverAllowedAcrossApplications) {
  const std::map<std::string, run::ControlRecord> control{{"connection/a", connection("a", "client-1", "acc")}};
  run::Connection second = connection("b", "client-2", "acc");
  second.allow_shared_account = true;
  EXPECT_THAT(account_conflict(second, control), HasSubstr("never"));
}

TEST(SharedAccount, IsNoneOfTheConnectionItselfOrOfUnknownAccounts) {
  const std::map<std::string, run::ControlRecord> control{{"connection/a", connection("a", "client-1", "acc")}};
  EXPECT_EQ(account_conflict(connection("a", "client-2", "acc"), control), "");
  EXPECT_EQ(account_conflict(connection("b", "client-1", ""), control), "");
}

run::StoredToken token(const run::Connection& connection, std::uint64_t generation) {
  return {.name = {connection.application, connection.id, connection.grant_id, generation},
          .sealed = {.key_id = "k", .nonce = "n", .ciphertext = "sealed"},
          .stored_at = quarter_past_two()};
}

TEST(ConnectionList, ShowsTheNewestTokenOfTheCurrentGrant) {
  const run::Connection current = connection("a", "client-1", "acc");
  run::Connection past = current;
  past.grant_id = {"older sign-in"};
  const auto all = listed({{"connection/a", current}, {"layout", run::Layout{}}},
                          {token(current, 1), token(current, 2), token(past, 9)});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.front().token->name.generation, 2U);
}

TEST(ConnectionList, SaysWhoConsentedToWhat) {
  run::Connection current = connection("a", "client-1", "");
  current.consent = run::Consent{"Dana", quarter_past_two(), "I agree."};
  const std::string text = list_text(listed({{"connection/a", current}}, {token(current, 0)}));
  EXPECT_EQ(text, R"(a
  application  client-1
  account      not known yet
  token        stored 2026-11-25 02:15:00 UTC, not used yet
  consent      Dana, 2026-11-25 02:15:00 UTC
  to the text  I agree.
)");
}

TEST(ConnectionList, NeverShowsATokenNotEvenSealed) {
  const run::Connection current = connection("a", "client-1", "acc");
  const auto all = listed({{"connection/a", current}}, {token(current, 0)});
  EXPECT_THAT(list_text(all) + boost::json::serialize(list_json(all)), Not(HasSubstr("sealed")));
}

}  // namespace
}  // namespace cli

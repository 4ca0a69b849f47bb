#include "unit/sandbox/core_case.hpp"

namespace sandbox {
namespace {

using Lists = CoreCase;
using CustomFields = CoreCase;
using AccountRoutes = CoreCase;

TEST_F(Lists, AreReadWithTheirCounts) {
  import_csv("email\na@example.com\n");
  const auto list = parsed(get(std::string{"/v3/contact_lists/"} + list_id + "?include_membership_count=all"));
  EXPECT_EQ(text(list, "name"), "News");
  EXPECT_EQ(list.at("membership_count").as_int64(), 1);
  EXPECT_EQ(get("/v3/contact_lists/22222222-1111-4111-8111-111111111111").status, 404U);
}

TEST_F(Lists, AreMadeOnceUnderOneName) {
  const auto made = call("POST", "/v3/contact_lists", R"({"name": "Second"})");
  EXPECT_EQ(made.status, 201U);
  EXPECT_EQ(call("POST", "/v3/contact_lists", R"({"name": "Second"})").status, 409U);
  EXPECT_EQ(call("POST", "/v3/contact_lists", "{}").status, 400U);
  EXPECT_EQ(get("/v3/contact_lists/" + text(parsed(made), "list_id")).status, 200U);
}

TEST_F(Lists, ArePaged) {
  call("POST", "/v3/contact_lists", R"({"name": "Second"})");
  const auto page = parsed(get("/v3/contact_lists?limit=1&include_count=true"));
  EXPECT_EQ(page.at("lists_count").as_int64(), 2);
  const auto rest = parsed(get(std::string{page.at("_links").at("next").at("href").as_string()}));
  EXPECT_EQ(text(rest.at("lists").at(0), "name"), "Second");
  EXPECT_FALSE(rest.as_object().contains("_links"));
}

TEST_F(Lists, AreDeletedByAnActivityAndStillRead) {
  import_csv("email\na@example.com\n");
  const auto activity = finished([&] {
    Response response = call("DELETE", std::string{"/v3/contact_lists/"} + list_id);
    EXPECT_EQ(response.status, 202U);
    response.status = 201;
    return response;
  }());
  EXPECT_EQ(text(activity, "state"), "completed");
  EXPECT_TRUE(parsed(get(std::string{"/v3/contact_lists/"} + list_id)).as_object().contains("deleted_at"));
  EXPECT_TRUE(parsed(get("/v3/contact_lists")).at("lists").as_array().empty());
  EXPECT_EQ(parsed(get("/v3/contact_lists?status=all")).at("lists").as_array().size(), 1U);
  EXPECT_TRUE(emails().empty());
}

TEST_F(CustomFields, AreReadAndMadeOnce) {
  const auto made = call("POST", "/v3/contact_custom_fields", R"({"label": "Favourite fruit", "type": "string"})");
  EXPECT_EQ(made.status, 201U);
  EXPECT_EQ(text(parsed(made), "name"), "Favourite_fruit");
  EXPECT_EQ(call("POST", "/v3/contact_custom_fields", R"({"label": "Favourite fruit", "type": "string"})").status,
            409U);
  EXPECT_EQ(call("POST", "/v3/contact_custom_fields", R"({"label": "Other", "type": "fruit"})").status, 400U);
  const auto fields = parsed(get("/v3/contact_custom_fields?limit=100")).at("custom_fields").as_array();
  EXPECT_EQ(fields.size(), 2U);
  EXPECT_EQ(text(fields.front(), "name"), "tier");
}

TEST_F(AccountRoutes, TellTheAccountAndItsPrivileges) {
  EXPECT_EQ(text(parsed(get("/v3/account/summary")), "encoded_account_id"), "p1");
  const auto privileges = parsed(get("/v3/account/user/privileges")).as_array();
  EXPECT_EQ(privileges.size(), 5U);
  EXPECT_EQ(text(privileges.front(), "privilege_name"), "account:read");
}

}  // namespace
}  // namespace sandbox

#include "contact/fields.hpp"

#include <set>

#include <gtest/gtest.h>

namespace contact {
namespace {

using enum StandardField;

TEST(StandardField, IsFoundByItsName) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < standard_field_count; ++i) {
    const auto field = static_cast<StandardField>(i);
    names.insert(name(field));
    EXPECT_EQ(parse_standard_field(name(field)), field);
  }
  EXPECT_EQ(names.size(), standard_field_count);
}

TEST(StandardField, HasTheHeaderNameOfTheVendor) {
  EXPECT_EQ(name(first_name), "first_name");
  EXPECT_EQ(name(birthday_month), "birthday_month");
  EXPECT_EQ(name(street2), "street2");
  EXPECT_EQ(name(country), "country");
}

TEST(StandardField, IsNoneOfTheColumnsThatAreNotOurs) {
  for (const auto* other :
       {"", "email", "sms_number", "sms_consent_date", "cf:first_name", "First_Name", "home_phone"}) {
    EXPECT_EQ(parse_standard_field(other), std::nullopt) << other;
  }
}

TEST(FieldBounds, AreTheSmallerOfTheTwoPublishedOnesByDefault) {
  const FieldBounds bounds;
  EXPECT_EQ(bounds.of(first_name), 50U);
  EXPECT_EQ(bounds.of(phone), 25U);
  EXPECT_EQ(bounds.of(street), 50U);
  EXPECT_EQ(bounds.of(street2), 50U);
  EXPECT_EQ(bounds.of(zip), 25U);
  EXPECT_EQ(bounds.of(country), 25U);
  EXPECT_EQ(bounds.of(state), 50U);
  EXPECT_EQ(bounds.of(anniversary), 10U);
}

TEST(FieldBounds, MayBeTheLarger) {
  const FieldBounds bounds{BoundsReading::large};
  EXPECT_EQ(bounds.of(phone), 50U);
  EXPECT_EQ(bounds.of(street), 255U);
  EXPECT_EQ(bounds.of(zip), 50U);
  EXPECT_EQ(bounds.of(country), 50U);
}

TEST(FieldBounds, AreNeverSmallerInTheLargerReading) {
  for (std::size_t i = 0; i < standard_field_count; ++i) {
    const auto field = static_cast<StandardField>(i);
    EXPECT_LE(FieldBounds{BoundsReading::small}.of(field), FieldBounds{BoundsReading::large}.of(field));
    EXPECT_GT(FieldBounds{BoundsReading::small}.of(field), 0U);
  }
}

}  // namespace
}  // namespace contact

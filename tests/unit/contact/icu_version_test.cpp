#include "contact/icu_version.hpp"

#include <gtest/gtest.h>

namespace contact {
namespace {

TEST(IcuVersion, IsANumber) {
  EXPECT_FALSE(icu_version().empty());
  EXPECT_EQ(icu_version().find_first_not_of("0123456789."), std::string::npos);
}

}  // namespace
}  // namespace contact

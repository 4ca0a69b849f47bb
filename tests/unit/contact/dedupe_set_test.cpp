#include "contact/dedupe_set.hpp"

#include <string>

#include <gtest/gtest.h>

namespace contact {
namespace {

constexpr DedupeKey key{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};

EmailAddress address(std::string_view text) { return *EmailAddress::parse(text); }

TEST(DedupeSet, TakesAnAddressOnce) {
  DedupeSet set{key};
  EXPECT_TRUE(set.insert(address("ann@example.com")));
  EXPECT_FALSE(set.insert(address("ann@example.com")));
  EXPECT_TRUE(set.insert(address("bob@example.com")));
  EXPECT_EQ(set.size(), 2U);
}

TEST(DedupeSet, TakesSpellingsOfOneAddressForOne) {
  DedupeSet set{key};
  EXPECT_TRUE(set.insert(address("ann@b\u00FCcher.example")));
  EXPECT_FALSE(set.insert(address(" ANN@B\u00DCcher.Example ")));
  EXPECT_FALSE(set.insert(address("ann@xn--bcher-KVA.example")));
}

TEST(DedupeSet, TellsPlusTagsAndDotsApart) {
  DedupeSet set{key};
  EXPECT_TRUE(set.insert(address("ann@example.com")));
  EXPECT_TRUE(set.insert(address("ann+x@example.com")));
  EXPECT_TRUE(set.insert(address("a.nn@example.com")));
}

TEST(DedupeSet, DoesNotGrowByALook) {
  DedupeSet set{key};
  EXPECT_FALSE(set.contains(address("ann@example.com")));
  EXPECT_EQ(set.size(), 0U);
  EXPECT_TRUE(set.insert(address("ann@example.com")));
  EXPECT_TRUE(set.contains(address("ann@example.com")));
  EXPECT_FALSE(set.contains(address("bob@example.com")));
}

TEST(DedupeSet, DecidesTheSameUnderAnotherKey) {
  DedupeSet one{key};
  DedupeSet other{DedupeKey{}};
  for (int i = 0; i < 20'000; ++i) {
    const auto text = "person" + std::to_string(i % 7'000) + "@example.com";
    ASSERT_EQ(one.insert(address(text)), other.insert(address(text)));
  }
  EXPECT_EQ(one.size(), 7'000U);
}

TEST(DedupeKey, HoldsEveryBitThatItIsMadeFrom) {
  const auto key_of_bits = dedupe_key_of({0x0807060504030201, 0x100F0E0D0C0B0A09});
  EXPECT_EQ(key_of_bits.bytes, key.bytes);
}

TEST(DedupeSet, TakesSixteenToFortyBytesForEachOfManyAddresses) {
  DedupeSet set{key};
  const auto memory_when_empty = set.memory_bytes();
  for (int i = 0; i < 100'000; ++i) set.insert(address("person" + std::to_string(i) + "@example.com"));
  EXPECT_GE(set.memory_bytes(), 16 * set.size());
  EXPECT_LE(set.memory_bytes(), 40 * set.size());
  EXPECT_LT(memory_when_empty, 1'000U);
}

}  // namespace
}  // namespace contact

#include "vault/key.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

namespace vault {
namespace {

constexpr std::string_view as_hexadecimal = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
constexpr std::string_view as_base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

std::string as_raw() {
  std::string raw;
  for (char byte = 0; byte < 32; ++byte) raw += byte;
  return raw;
}

TEST(Key, IsReadInEachOfItsForms) {
  const auto first = parse_key(as_hexadecimal);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->bytes()[31], 31);
  for (const auto& form : {std::string{as_base64}, std::string{as_base64} + "\n",
                           "  " + std::string{as_base64} + "\r\n", std::string{as_hexadecimal} + "\n", as_raw()}) {
    const auto key = parse_key(form);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->bytes(), first->bytes());
    EXPECT_EQ(key->id(), first->id());
  }
}

TEST(Key, MayBeginAndEndWithRawWhiteSpace) {
  auto raw = as_raw();
  raw.front() = ' ';
  raw.back() = '\n';
  const auto key = parse_key(raw);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->bytes()[0], ' ');
  EXPECT_EQ(key->bytes()[31], '\n');
}

TEST(Key, IsRefusedInAnyOtherFormWithTheRemedy) {
  for (const auto& form :
       {std::string{}, std::string{"secret"}, as_raw() + "x", as_raw().substr(1), std::string{as_base64}.substr(1),
        std::string{as_hexadecimal}.substr(2), std::string{"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg=="},
        std::string{"!AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}}) {
    const auto key = parse_key(form);
    ASSERT_FALSE(key) << form;
    EXPECT_NE(key.error().what.find("openssl rand -base64 32"), std::string::npos);
    if (!form.empty()) EXPECT_EQ(key.error().what.find(form), std::string::npos);
  }
}

TEST(Key, IsNamedByAShortHash) {
  const auto one = parse_key(as_hexadecimal);
  const auto other = parse_key(std::string(64, 'f'));
  EXPECT_EQ(one->id().size(), 16U);
  EXPECT_NE(one->id(), other->id());
}

class KeyFiles : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, std::string_view content) {
    const auto path = folder / name;
    std::ofstream{path, std::ios::binary} << content;
    return path;
  }
  void SetUp() override { std::filesystem::create_directories(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::filesystem::path folder =
      std::filesystem::path{testing::TempDir()} /
      (std::string{"vault-"} + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(KeyFiles, AreLoadedInTheirOrder) {
  const auto keys = load_keys({file("new", std::string(64, 'f')), file("old", as_base64)});
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ(keys->front().bytes()[0], 0xff);
  EXPECT_EQ(keys->back().bytes()[1], 1);
}

TEST_F(KeyFiles, AreNamedWhereTheyAreNotThere) {
  const auto keys = load_keys({folder / "missing"});
  ASSERT_FALSE(keys);
  EXPECT_NE(keys.error().what.find("missing"), std::string::npos);
  EXPECT_NE(keys.error().what.find("No such file"), std::string::npos);
}

TEST_F(KeyFiles, AreRefusedWhereTheyAreAFolderOrNoKey) {
  EXPECT_FALSE(load_keys({folder}));
  const auto keys = load_keys({file("wrong", "top secret words")});
  ASSERT_FALSE(keys);
  EXPECT_NE(keys.error().what.find("wrong"), std::string::npos);
  EXPECT_EQ(keys.error().what.find("secret words"), std::string::npos);
}

TEST_F(KeyFiles, AreRefusedWhereThereIsNoneOrOneTwice) {
  EXPECT_FALSE(load_keys({}));
  EXPECT_FALSE(load_keys({file("one", as_base64), file("two", as_hexadecimal)}));
}

}  // namespace
}  // namespace vault

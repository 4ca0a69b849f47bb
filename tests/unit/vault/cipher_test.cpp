#include "vault/cipher.hpp"

#include <gtest/gtest.h>

namespace vault {
namespace {

Key key(std::uint8_t fill) {
  Key::Bytes bytes{};
  bytes.fill(fill);
  return Key{bytes};
}

TEST(Cipher, OpensWhatItSealed) {
  Cipher cipher{{key(1)}};
  for (const auto& text : {std::string{}, std::string{"token"}, std::string(5000, 'x'), std::string{"a\0b", 3}}) {
    const auto sealed = cipher.seal(text, "name");
    EXPECT_EQ(sealed.key_id, key(1).id());
    EXPECT_EQ(sealed.nonce.size(), 12U);
    EXPECT_EQ(sealed.ciphertext.size(), text.size() + 16);
    EXPECT_EQ(cipher.open(sealed, "name"), text);
  }
}

TEST(Cipher, NeverSealsTwiceAlike) {
  Cipher cipher{{key(1)}};
  const auto first = cipher.seal("token", "name");
  const auto second = cipher.seal("token", "name");
  EXPECT_NE(first.nonce, second.nonce);
  EXPECT_NE(first.ciphertext, second.ciphertext);
}

TEST(Cipher, OpensNothingThatWasAltered) {
  Cipher cipher{{key(1)}};
  const auto sealed = cipher.seal("token", "name");
  EXPECT_FALSE(cipher.open(sealed, "other name"));
  for (std::size_t index = 0; index < sealed.ciphertext.size(); ++index) {
    auto altered = sealed;
    altered.ciphertext[index] = static_cast<char>(altered.ciphertext[index] ^ 1);
    EXPECT_FALSE(cipher.open(altered, "name")) << index;
  }
  auto altered = sealed;
  altered.nonce[0] = static_cast<char>(altered.nonce[0] ^ 1);
  EXPECT_FALSE(cipher.open(altered, "name"));
  for (const auto size : {0U, 15U, 16U, 20U}) {
    altered = sealed;
    altered.ciphertext.resize(size);
    EXPECT_FALSE(cipher.open(altered, "name")) << size;
  }
  altered = sealed;
  altered.nonce.clear();
  EXPECT_FALSE(cipher.open(altered, "name"));
}

TEST(Cipher, OpensNothingOfAnotherKey) {
  Cipher cipher{{key(1)}};
  auto foreign = Cipher{{key(2)}}.seal("token", "name");
  EXPECT_FALSE(cipher.open(foreign, "name"));
  foreign.key_id = key(1).id();
  EXPECT_FALSE(cipher.open(foreign, "name"));
}

TEST(Cipher, SealsWithTheFirstKeyAndOpensWithAll) {
  const auto old = Cipher{{key(1)}}.seal("token", "name");
  Cipher cipher{{key(2), key(1)}};
  EXPECT_EQ(cipher.open(old, "name"), "token");
  EXPECT_EQ(cipher.seal("token", "name").key_id, key(2).id());
}

TEST(Cipher, OpensWhatAnotherImplementationSealed) {
  // From the GCM specification, test case 16: key, nonce, plaintext, associated data, ciphertext and tag.
  const auto bytes = [](std::string_view digits) {
    std::string text;
    for (std::size_t index = 0; index < digits.size(); index += 2) {
      text += static_cast<char>(std::stoi(std::string{digits.substr(index, 2)}, nullptr, 16));
    }
    return text;
  };
  const auto known = parse_key("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  Cipher cipher{{*known}};
  const run::SealedToken sealed{
      known->id(), bytes("cafebabefacedbaddecaf888"),
      bytes("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
            "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b")};
  EXPECT_EQ(cipher.open(sealed, bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")),
            bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                  "b16aedf5aa0de657ba637b39"));
}

}  // namespace
}  // namespace vault

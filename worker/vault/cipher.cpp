#include "vault/cipher.hpp"

#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace vault {
namespace {

constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* in(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* out(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
int length(std::string_view bytes) { return static_cast<int>(bytes.size()); }

void must(bool worked) {
  if (!worked) throw std::runtime_error{"AES-256-GCM failed"};
}

}  // namespace

Cipher::Cipher(std::vector<Key> keys) : keys_{std::move(keys)} {
  if (keys_.empty()) throw std::logic_error{"a cipher needs a key"};
}

run::SealedToken Cipher::seal(std::string_view plaintext, std::string_view associated_data) {
  const auto& key = keys_.front();
  run::SealedToken sealed;
  sealed.key_id = key.id();
  // Random ones are safe for 2^32 sealings under one key; a token is sealed once or twice a day.
  sealed.nonce.resize(nonce_bytes);
  must(RAND_bytes(out(sealed.nonce), static_cast<int>(nonce_bytes)) == 1);
  sealed.ciphertext.resize(plaintext.size());

  const Context context{EVP_CIPHER_CTX_new()};
  int written = 0;
  must(context &&
       EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.bytes().data(), in(sealed.nonce)) == 1);
  must(EVP_EncryptUpdate(context.get(), nullptr, &written, in(associated_data), length(associated_data)) == 1);
  must(EVP_EncryptUpdate(context.get(), out(sealed.ciphertext), &written, in(plaintext), length(plaintext)) == 1);
  std::array<unsigned char, tag_bytes> tag{};
  must(EVP_EncryptFinal_ex(context.get(), tag.data(), &written) == 1);  // Writes nothing: GCM has no blocks to fill.
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1);
  sealed.ciphertext.append(reinterpret_cast<const char*>(tag.data()), tag.size());
  return sealed;
}

std::optional<std::string> Cipher::open(const run::SealedToken& sealed, std::string_view associated_data) {
  if (sealed.nonce.size() != nonce_bytes || sealed.ciphertext.size() < tag_bytes) return std::nullopt;
  const std::string_view body{sealed.ciphertext.data(), sealed.ciphertext.size() - tag_bytes};
  std::string tag = sealed.ciphertext.substr(body.size());

  for (const auto& key : keys_) {
    if (key.id() != sealed.key_id) continue;
    const Context context{EVP_CIPHER_CTX_new()};
    int written = 0;
    must(context &&
         EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.bytes().data(), in(sealed.nonce)) == 1);
    must(EVP_DecryptUpdate(context.get(), nullptr, &written, in(associated_data), length(associated_data)) == 1);
    std::string plaintext(body.size(), '\0');
    must(EVP_DecryptUpdate(context.get(), out(plaintext), &written, in(body), length(body)) == 1);
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_bytes), tag.data()) == 1);
    std::array<unsigned char, tag_bytes> rest{};
    if (EVP_DecryptFinal_ex(context.get(), rest.data(), &written) == 1) return plaintext;
    OPENSSL_cleanse(plaintext.data(), plaintext.size());
  }
  return std::nullopt;
}

}  // namespace vault

#include "vault/key.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <span>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace vault {
namespace {

constexpr std::string_view remedy = "; make one with: openssl rand -base64 32 > FILE";
constexpr std::string_view white_space = " \t\r\n";
constexpr std::size_t most_file_bytes = 4096;

/// Zeroes what passed through it.
struct Scratch {
  std::string bytes;
  ~Scratch() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

std::string key_id(const Key::Bytes& bytes) {
  // Not the hash of the key alone, so that it is of no use to anything else that hashes keys.
  std::string input = "segment-export key id";
  input.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  const int hashed = EVP_Digest(input.data(), input.size(), hash.data(), &size, EVP_sha256(), nullptr);
  OPENSSL_cleanse(input.data(), input.size());
  if (hashed != 1) throw std::runtime_error{"SHA-256 is not available"};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string id;
  for (const auto byte : std::span{hash}.first(8)) {
    id += digits[byte >> 4U];
    id += digits[byte & 15U];
  }
  return id;
}

std::optional<std::uint8_t> nibble(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  if (digit >= 'A' && digit <= 'F') return static_cast<std::uint8_t>(digit - 'A' + 10);
  return std::nullopt;
}

bool read_hexadecimal(std::string_view text, Key::Bytes& bytes) {
  if (text.size() != 2 * Key::size) return false;
  for (std::size_t index = 0; index < Key::size; ++index) {
    const auto high = nibble(text[2 * index]);
    const auto low = nibble(text[2 * index + 1]);
    if (!high || !low) return false;
    bytes[index] = static_cast<std::uint8_t>(*high << 4U | *low);
  }
  return true;
}

bool read_base64(std::string_view text, Key::Bytes& bytes) {
  // 32 bytes are 43 characters and one of padding, which OpenSSL decodes to 33 bytes.
  if (text.size() != 44 || text[43] != '=' || text[42] == '=') return false;
  Scratch decoded{std::string(33, '\0')};
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), 44);
  if (size != 33) return false;
  std::memcpy(bytes.data(), decoded.bytes.data(), Key::size);
  return true;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

}  // namespace

void throw_exception_from_error(const BadKey& bad, const boost::source_location&) {
  throw std::logic_error("a key was read that is not there: " + bad.what);
}

Key::Key(const Bytes& bytes) : bytes_{bytes}, id_{key_id(bytes)} {}

Key::~Key() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

boost::system::result<Key, BadKey> parse_key(std::string_view content) {
  Key::Bytes bytes{};
  const auto text = trimmed(content);
  bool read = read_hexadecimal(text, bytes) || read_base64(text, bytes);
  if (!read && content.size() == Key::size) {
    std::memcpy(bytes.data(), content.data(), Key::size);
    read = true;
  }
  if (!read) {
    return BadKey{"not a key: it must hold 32 bytes, raw, as base64 or as hexadecimal digits" + std::string{remedy}};
  }
  Key key{bytes};
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

boost::system::result<std::vector<Key>, BadKey> load_keys(const std::vector<std::filesystem::path>& files) {
  if (files.empty()) return BadKey{"no key file is named" + std::string{remedy}};
  std::vector<Key> keys;
  keys.reserve(files.size());
  for (const auto& file : files) {
    errno = 0;
    std::ifstream input;
    input.rdbuf()->pubsetbuf(nullptr, 0);  // No copy of the key stays in a buffer.
    input.open(file, std::ios::binary);
    Scratch content{std::string(most_file_bytes, '\0')};
    input.read(content.bytes.data(), static_cast<std::streamsize>(most_file_bytes));
    if (!input.is_open() || input.bad()) {
      const auto why = errno == 0 ? std::string{"it cannot be read"} : std::generic_category().message(errno);
      return BadKey{"key file '" + file.string() + "': " + why + std::string{remedy}};
    }
    auto key = parse_key(std::string_view{content.bytes}.substr(0, static_cast<std::size_t>(input.gcount())));
    if (!key) return BadKey{"key file '" + file.string() + "': " + key.error().what};
    for (const auto& other : keys) {
      if (other.id() == key->id()) return BadKey{"key file '" + file.string() + "' holds the same key as another one"};
    }
    keys.push_back(*key);
  }
  return keys;
}

}  // namespace vault

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

namespace vault {

/// A 256-bit key, zeroed when it goes.
class Key {
 public:
  static constexpr std::size_t size = 32;
  using Bytes = std::array<std::uint8_t, size>;

  explicit Key(const Bytes& bytes);
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key();

  const Bytes& bytes() const { return bytes_; }
  /// The first 16 hexadecimal digits of a hash of the key: names it without telling it.
  const std::string& id() const { return id_; }

 private:
  Bytes bytes_;
  std::string id_;
};

/// Why there is no key, and what to do; never holds anything of a file's content.
struct BadKey {
  std::string what;
};
[[noreturn]] void throw_exception_from_error(const BadKey& bad, const boost::source_location& where);

/// 32 bytes: raw, as base64 or as hexadecimal digits, with or without white space around the text.
boost::system::result<Key, BadKey> parse_key(std::string_view content);

/// One key of each file, in this order.
boost::system::result<std::vector<Key>, BadKey> load_keys(const std::vector<std::filesystem::path>& files);

}  // namespace vault

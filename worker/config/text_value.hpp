#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>

namespace config {

/// Why a text is not a value of its type, as the end of a sentence: "is not a number".
class Unfit {
 public:
  Unfit() = default;

  // No constructor takes text: a result of text or Unfit could not be told apart.
  static Unfit because(std::string reason) { return Unfit{Tag{}, std::move(reason)}; }
  const std::string& text() const { return text_; }

 private:
  struct Tag {};
  Unfit(Tag, std::string text) : text_{std::move(text)} {}
  std::string text_;
};
template <class T>
using Parsed = boost::system::result<T, Unfit>;

struct Address {
  std::string host;
  std::uint16_t port = 0;

  bool operator==(const Address&) const = default;
};

/// One line without control characters and without blanks at its ends, which nobody sees and nobody means.
Parsed<std::string> parse_text(std::string_view text);
Parsed<bool> parse_flag(std::string_view text);
Parsed<double> parse_number(std::string_view text);
Parsed<std::uint64_t> parse_count(std::string_view text);
/// `900000`, `64KiB`, `1.5` is refused; KB, MB, GB count in thousands, KiB, MiB, GiB in 1,024.
Parsed<std::uint64_t> parse_bytes(std::string_view text);
/// `250ms`, `30s`, `5m`, `24h`, `3d`, `1h30m`.
Parsed<std::chrono::nanoseconds> parse_duration(std::string_view text);
/// `host:port` or `[IPv6]:port`.
Parsed<Address> parse_address(std::string_view text);
/// Comma separated; blanks around an item are dropped; no item is empty or there twice.
Parsed<std::vector<std::string>> parse_list(std::string_view text);

/// The reverse: what the parser of the same type takes.
std::string to_text(bool value);
std::string to_text(double value);
std::string to_text(std::uint64_t value);
std::string bytes_to_text(std::uint64_t bytes);
std::string to_text(std::chrono::nanoseconds duration);
std::string to_text(const std::vector<std::string>& items);

}  // namespace config

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/byte_source.hpp"

namespace cli {

/// Longer records are a mistake (a quote that is never closed, a file that is no table), and memory has a bound.
inline constexpr std::size_t max_record_bytes = 10'000'000;

/// Cuts the bytes of a source after its line ends.
class LineReader {
 public:
  explicit LineReader(ByteSource& source) : source_{source} {}

  /// What the file begins with, at least 64 KiB if it is that long. Before the first `next`.
  FromInput<std::string_view> peek();
  void skip(std::size_t bytes) { begin_ += bytes; }

  /// The next piece, up to and with one of the `ends`; none at the end of the file. Valid until the next call.
  FromInput<std::optional<std::string_view>> next(std::string_view ends);

  /// The line on which the last piece began. A carriage return with a line feed is one line end.
  std::uint64_t line() const { return line_; }

  InputFault fault(std::uint64_t line, std::string problem, std::string remedy = "") const;

 private:
  FromInput<bool> fill();
  void count(std::string_view piece);

  ByteSource& source_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t line_ = 0;
  bool line_ended_ = true;
  bool after_return_ = false;
};

}  // namespace cli

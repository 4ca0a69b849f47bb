#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/byte_source.hpp"

namespace cli {

/// Records of a topic as a file: each value after its length as a protobuf varint, the usual framing of a stream of
/// messages (writeDelimitedTo in Java).
class RecordedFile {
 public:
  /// No broker takes a larger one unless it was told to.
  static constexpr std::size_t most_bytes = 10'000'000;

  explicit RecordedFile(ByteSource source) : source_{std::move(source)} {}

  /// The next value; none at the end. Errors: unreadable, cut off, or no such framing.
  FromInput<std::optional<std::string>> next();

  /// How many were read.
  std::uint64_t records() const { return records_; }

 private:
  FromInput<std::optional<std::uint64_t>> length();
  /// False at the end of the file.
  FromInput<bool> fill();
  InputFault fault(std::string problem) const;

  ByteSource source_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t records_ = 0;
};

}  // namespace cli

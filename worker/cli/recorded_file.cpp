#include "cli/recorded_file.hpp"

#include <algorithm>
#include <utility>

namespace cli {
namespace {

constexpr std::size_t piece = 1 << 16;
constexpr unsigned longest_varint = 10;

}  // namespace

FromInput<std::optional<std::string>> RecordedFile::next() {
  const auto size = length();
  if (!size) return size.error();
  if (!*size) return std::optional<std::string>{};
  if (**size > most_bytes) return fault("its length is given as " + std::to_string(**size) + " bytes");
  const auto bytes = static_cast<std::size_t>(**size);
  while (buffer_.size() - begin_ < bytes) {
    const auto filled = fill();
    if (!filled) return filled.error();
    if (!*filled) return fault("the file ends inside it");
  }
  std::string value = buffer_.substr(begin_, bytes);
  begin_ += bytes;
  ++records_;
  return std::optional{std::move(value)};
}

FromInput<std::optional<std::uint64_t>> RecordedFile::length() {
  std::uint64_t value = 0;
  for (unsigned place = 0; place < longest_varint; ++place) {
    if (begin_ == buffer_.size()) {
      const auto filled = fill();
      if (!filled) return filled.error();
      if (!*filled && place == 0) return std::optional<std::uint64_t>{};
      if (!*filled) return fault("the file ends inside its length");
    }
    const auto byte = static_cast<unsigned char>(buffer_[begin_++]);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << (7 * place);
    if (byte < 0x80U) return std::optional{value};
  }
  return fault("what stands before it is no length");
}

FromInput<bool> RecordedFile::fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const auto before = buffer_.size();
  buffer_.resize(before + piece);
  const auto read = source_.read({buffer_.data() + before, piece});
  buffer_.resize(before + (read ? *read : 0));
  if (!read) return read.error();
  return *read > 0;
}

InputFault RecordedFile::fault(std::string problem) const {
  return {.file = source_.name(),
          .problem = "record " + std::to_string(records_ + 1) + ": " + std::move(problem),
          .remedy = "each record must stand after its length as a protobuf varint"};
}

}  // namespace cli

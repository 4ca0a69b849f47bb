#include "cli/line_reader.hpp"

#include <utility>

namespace cli {
namespace {

constexpr std::size_t chunk = std::size_t{64} * 1024;

}  // namespace

FromInput<std::string_view> LineReader::peek() {
  while (buffer_.size() < chunk) {
    const auto filled = fill();
    if (!filled) return filled.error();
    if (!*filled) break;
  }
  return std::string_view{buffer_};
}

FromInput<std::optional<std::string_view>> LineReader::next(std::string_view ends) {
  std::size_t searched = begin_;
  for (;;) {
    const auto end = buffer_.find_first_of(ends, searched);
    const std::size_t size = (end == std::string::npos ? buffer_.size() : end + 1) - begin_;
    if (size > max_record_bytes) {
      return fault(line_ + 1, "is longer than 10 MB", "a line must hold one record; is this a table?");
    }
    bool at_end = false;
    if (end == std::string::npos) {
      const auto filled = fill();
      if (!filled) return filled.error();
      at_end = !*filled;
      searched = begin_ + size;
    }
    if (end == std::string::npos && !at_end) continue;
    if (size == 0) return std::optional<std::string_view>{};
    const std::string_view piece{buffer_.data() + begin_, size};
    begin_ += size;
    count(piece);
    return std::optional{piece};
  }
}

/// False at the end of the file.
FromInput<bool> LineReader::fill() {
  buffer_.erase(0, std::exchange(begin_, 0));
  const std::size_t kept = buffer_.size();
  buffer_.resize(kept + chunk);
  const auto got = source_.read({buffer_.data() + kept, chunk});
  buffer_.resize(kept + (got ? *got : 0));
  if (!got) return got.error();
  return *got > 0;
}

void LineReader::count(std::string_view piece) {
  const bool rest_of_line_end = after_return_ && piece == "\n";
  if (line_ended_ && !rest_of_line_end) ++line_;
  line_ended_ = piece.ends_with('\n') || piece.ends_with('\r');
  after_return_ = piece.ends_with('\r');
}

InputFault LineReader::fault(std::uint64_t line, std::string problem, std::string remedy) const {
  return {.file = source_.name(), .line = line, .problem = std::move(problem), .remedy = std::move(remedy)};
}

}  // namespace cli

#include "wire/field_cursor.hpp"

#include <limits>

#include <protozero/exception.hpp>
#include <protozero/varint.hpp>

namespace wire {
namespace {

constexpr std::ptrdiff_t most_bytes_of_32_bits = 5;
constexpr int most_nesting = 100;

constexpr std::uint32_t varint_type = 0;
constexpr std::uint32_t fixed64_type = 1;
constexpr std::uint32_t bytes_type = 2;
constexpr std::uint32_t group_start = 3;
constexpr std::uint32_t group_end = 4;
constexpr std::uint32_t fixed32_type = 5;

}  // namespace

void FieldCursor::read_any() {
  tag_ = read_tag();
  read_value(tag_, nesting_);
}

std::uint32_t FieldCursor::read_tag() {
  const char* const start = at_;
  const std::uint64_t value = protozero::decode_varint(&at_, end_);
  if (at_ - start > most_bytes_of_32_bits) throw protozero::invalid_tag_exception{};
  // What lies above 32 bits is dropped, as protobuf does.
  const auto tag = static_cast<std::uint32_t>(value);
  if (tag >> 3 == 0) throw protozero::invalid_tag_exception{};
  return tag;
}

std::size_t FieldCursor::read_length() {
  const char* const start = at_;
  const std::uint64_t value = protozero::decode_varint(&at_, end_);
  if (at_ - start > most_bytes_of_32_bits || value > std::numeric_limits<std::int32_t>::max()) {
    throw protozero::invalid_length_exception{};
  }
  return static_cast<std::size_t>(value);
}

void FieldCursor::read_value(std::uint32_t tag, int nesting) {
  switch (tag & 7) {
    case varint_type:
      varint_ = protozero::decode_varint(&at_, end_);
      return;
    case fixed64_type:
      return skip(8);
    case bytes_type: {
      const std::size_t length = read_length();
      const char* const start = at_;
      skip(length);
      bytes_ = {start, length};
      return;
    }
    case group_start:
      return skip_group(tag, nesting + 1);
    case fixed32_type:
      return skip(4);
    default:
      throw protozero::unknown_pbf_wire_type_exception{};
  }
}

void FieldCursor::skip_group(std::uint32_t start, int nesting) {
  if (nesting > most_nesting) throw protozero::unknown_pbf_wire_type_exception{};
  for (;;) {
    const std::uint32_t tag = read_tag();
    if ((tag & 7) == group_end) {
      if (tag >> 3 != start >> 3) throw protozero::invalid_tag_exception{};
      return;
    }
    read_value(tag, nesting);
  }
}

void FieldCursor::skip(std::size_t bytes) {
  if (static_cast<std::size_t>(end_ - at_) < bytes) throw protozero::end_of_buffer_exception{};
  at_ += bytes;
}

}  // namespace wire

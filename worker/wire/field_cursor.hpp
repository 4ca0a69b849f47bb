#pragma once

#include <cstdint>
#include <string_view>

#include <protozero/types.hpp>

namespace wire {

/// Walks the fields of a message without a copy, and takes or refuses exactly what protobuf's own parser does.
///
/// protozero::pbf_reader is laxer (tags and lengths of more than five bytes) and stricter (groups, reserved numbers),
/// and a record that one of two readers refuses would be counted in one life and not in another.
/// Errors: protozero::exception.
class FieldCursor {
 public:
  /// `nesting`: messages around this one; protobuf counts groups and messages together.
  FieldCursor(std::string_view message, int nesting)
      : at_{message.data()}, end_{message.data() + message.size()}, nesting_{nesting} {}

  bool next() {
    if (at_ == end_) return false;
    if (!read_short()) read_any();
    return true;
  }

  /// Field number and wire type as one value, to switch over `bytes_field(1)`.
  std::uint32_t tag() const { return tag_; }
  std::uint32_t number() const { return tag_ >> 3; }
  bool is_bytes() const { return (tag_ & 7) == static_cast<std::uint32_t>(protozero::pbf_wire_type::length_delimited); }

  std::string_view bytes() const { return bytes_; }
  std::uint64_t varint() const { return varint_; }

 private:
  /// Nearly every field: bytes with a tag and a length of one byte each; here, so that it becomes part of the loop.
  bool read_short() {
    if (end_ - at_ < 2) return false;
    const auto tag = static_cast<unsigned char>(at_[0]);
    const auto length = static_cast<unsigned char>(at_[1]);
    if ((tag & 0x87) != static_cast<unsigned char>(protozero::pbf_wire_type::length_delimited) || tag < 8 ||
        length >= 0x80 || end_ - at_ - 2 < length) {
      return false;
    }
    tag_ = tag;
    bytes_ = {at_ + 2, length};
    at_ += 2 + length;
    return true;
  }

  void read_any();
  std::uint32_t read_tag();
  std::size_t read_length();
  void read_value(std::uint32_t tag, int nesting);
  void skip_group(std::uint32_t start, int nesting);
  void skip(std::size_t bytes);

  const char* at_;
  const char* end_;
  int nesting_;
  std::uint32_t tag_ = 0;
  std::uint64_t varint_ = 0;
  std::string_view bytes_;
};

constexpr std::uint32_t bytes_field(std::uint32_t number) {
  return protozero::tag_and_type(number, protozero::pbf_wire_type::length_delimited);
}
constexpr std::uint32_t varint_field(std::uint32_t number) {
  return protozero::tag_and_type(number, protozero::pbf_wire_type::varint);
}

}  // namespace wire

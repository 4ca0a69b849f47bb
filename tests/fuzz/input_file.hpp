#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/byte_source.hpp"
#include "fuzz/property.hpp"

namespace fuzz {

inline cli::ByteSource open_bytes(std::string_view bytes) {
  // One file for all, cut to size: making one takes as long as reading it.
  static const int file = ::memfd_create("input", MFD_CLOEXEC);
  const auto size = static_cast<off_t>(bytes.size());
  require(::ftruncate(file, size) == 0 && ::pwrite(file, bytes.data(), bytes.size(), 0) == size, "memory is a file");
  const int descriptor = ::fcntl(file, F_DUPFD_CLOEXEC, 0);
  auto source = cli::ByteSource::of_descriptor(descriptor, "input");
  require(source.has_value(), "a file in memory opens");
  return std::move(*source);
}

inline bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

/// A gzip member whose one block is stored as it is.
inline std::string stored(std::string_view bytes) {
  std::string member{"\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11};
  const auto add = [&member](std::uint32_t value, unsigned count) {
    for (unsigned byte = 0; byte < count; ++byte) member += static_cast<char>(value >> (8 * byte));
  };
  const auto size = static_cast<std::uint32_t>(bytes.size());
  add(size, 2);
  add(~size, 2);
  member += bytes;
  add(static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), size)), 4);
  add(size, 4);
  return member;
}

/// The same bytes so packed that each piece between two cuts arrives by itself.
inline std::string cut(std::string_view bytes, std::array<std::size_t, 2> cuts) {
  for (auto& at : cuts) at = std::min(at, bytes.size());
  std::ranges::sort(cuts);
  return stored(bytes.substr(0, cuts[0])) + stored(bytes.substr(cuts[0], cuts[1] - cuts[0])) +
         stored(bytes.substr(cuts[1]));
}

}  // namespace fuzz

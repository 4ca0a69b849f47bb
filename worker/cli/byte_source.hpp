#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <sys/stat.h>

#include "cli/input_fault.hpp"

namespace cli {

/// The bytes of an input file, unpacked if it is gzip, that can be read more than once.
///
/// What cannot be read twice (standard input, a pipe) is copied to a temporary file first. A file that changes between
/// the readings is a fault, since what was checked is then not what would be published.
class ByteSource {
 public:
  /// `-` is standard input.
  static FromInput<ByteSource> open(const std::string& path);

  /// `path` is only the name that faults give to an open file.
  static FromInput<ByteSource> of_descriptor(int descriptor, std::string path);

  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// How many bytes it wrote to `buffer`; 0 at the end.
  FromInput<std::size_t> read(std::span<char> buffer);

  FromInput<void> rewind();

  const std::string& name() const { return name_; }

 private:
  class Gunzip;

  ByteSource(int descriptor, std::string name);
  FromInput<void> look();
  FromInput<std::size_t> read_raw(std::span<char> buffer);
  FromInput<std::size_t> read_unpacked(std::span<char> buffer);
  InputFault fault(std::string problem, std::string remedy = "") const;

  int descriptor_ = -1;
  std::string name_;
  off_t begin_ = 0;
  off_t position_ = 0;
  struct stat seen_{};
  std::unique_ptr<Gunzip> gunzip_;
};

}  // namespace cli

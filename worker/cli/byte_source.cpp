#include "cli/byte_source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

namespace cli {
namespace {

constexpr std::size_t chunk = std::size_t{64} * 1024;

std::string last_error() { return std::generic_category().message(errno); }

ssize_t read_some(int descriptor, std::span<char> buffer) {
  ssize_t got = -1;
  do {
    got = ::read(descriptor, buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  return got;
}

bool write_all(int descriptor, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), bytes.size());
    if (put < 0 && errno != EINTR) return false;
    if (put > 0) bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

/// A file that is gone as soon as nobody has it open.
int open_unlinked() {
  std::error_code error;
  std::string path = std::filesystem::temp_directory_path(error) / "segment-export-XXXXXX";
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(path.c_str());
  return descriptor;
}

enum class Copy : std::uint8_t { done, not_read, not_written };

Copy copy(int from, int to) {
  std::array<char, chunk> buffer{};
  for (;;) {
    const ssize_t got = read_some(from, buffer);
    if (got < 0) return Copy::not_read;
    if (got == 0) return Copy::done;
    if (!write_all(to, std::span{buffer}.first(static_cast<std::size_t>(got)))) return Copy::not_written;
  }
}

}  // namespace

class ByteSource::Gunzip {
 public:
  Gunzip() : ready_{::inflateInit2(&stream_, MAX_WBITS + 16) == Z_OK} {}
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() {
    if (ready_) ::inflateEnd(&stream_);
  }

  bool ready() const { return ready_; }
  bool needs_input() const { return stream_.avail_in == 0; }
  /// Between two members, so that the file may end here.
  bool may_end() const { return between_members_; }
  std::span<char> input() { return input_; }
  void filled(std::size_t size) {
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(size);
  }

  /// How many bytes it unpacked into `buffer`; none if the data are damaged.
  std::optional<std::size_t> unpack(std::span<char> buffer) {
    if (between_members_) {
      skip_padding();
      if (stream_.avail_in == 0) return 0;
      between_members_ = false;
    }
    stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream_.avail_out = static_cast<uInt>(std::min(buffer.size(), chunk));
    const uInt room = stream_.avail_out;
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      between_members_ = true;
      if (::inflateReset(&stream_) != Z_OK) return std::nullopt;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return std::nullopt;
    }
    return room - stream_.avail_out;
  }

 private:
  /// Tapes and some tools fill the last block up with zeros.
  void skip_padding() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
  }

  z_stream stream_{};
  std::array<char, chunk> input_{};
  bool between_members_ = false;
  bool ready_;
};

ByteSource::ByteSource(int descriptor, std::string name) : descriptor_{descriptor}, name_{std::move(name)} {}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      name_{std::move(other.name_)},
      begin_{other.begin_},
      position_{other.position_},
      seen_{other.seen_},
      gunzip_{std::move(other.gunzip_)} {}

ByteSource& ByteSource::operator=(ByteSource&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(name_, other.name_);
  std::swap(begin_, other.begin_);
  std::swap(position_, other.position_);
  std::swap(seen_, other.seen_);
  std::swap(gunzip_, other.gunzip_);
  return *this;
}

ByteSource::~ByteSource() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FromInput<ByteSource> ByteSource::open(const std::string& path) {
  if (path == "-") return of_descriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0), "standard input");
  return of_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
}

FromInput<ByteSource> ByteSource::of_descriptor(int descriptor, std::string path) {
  ByteSource source{descriptor, std::move(path)};
  if (descriptor < 0) return source.fault("cannot be opened: " + last_error());
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return source.fault("cannot be opened: " + last_error());
  if (S_ISDIR(status.st_mode)) return source.fault("is a directory", "name a file in it");
  if (!S_ISREG(status.st_mode)) {
    ByteSource spooled{open_unlinked(), source.name_};
    const Copy copied = spooled.descriptor_ < 0 ? Copy::not_written : copy(descriptor, spooled.descriptor_);
    if (copied == Copy::not_read) return source.fault("cannot be read: " + last_error());
    if (copied == Copy::not_written) {
      return source.fault("cannot be copied to a temporary file: " + last_error(),
                          "set TMPDIR to a directory with room, or name a file");
    }
    if (::lseek(spooled.descriptor_, 0, SEEK_SET) != 0) return source.fault("cannot be read: " + last_error());
    source = std::move(spooled);
  }
  if (auto looked = source.look(); !looked) return looked.error();
  return source;
}

FromInput<void> ByteSource::look() {
  begin_ = ::lseek(descriptor_, 0, SEEK_CUR);
  if (begin_ < 0 || ::fstat(descriptor_, &seen_) != 0) return fault("cannot be read: " + last_error());
  position_ = begin_;
  std::array<char, 2> magic{};
  const auto got = read_raw(magic);
  if (!got) return got.error();
  position_ = begin_;
  if (*got == magic.size() && std::string_view{magic.data(), magic.size()} == "\x1f\x8b") {
    gunzip_ = std::make_unique<Gunzip>();
    if (!gunzip_->ready()) return fault("cannot be unpacked: out of memory");
  }
  return {};
}

FromInput<std::size_t> ByteSource::read(std::span<char> buffer) {
  return gunzip_ ? read_unpacked(buffer) : read_raw(buffer);
}

FromInput<void> ByteSource::rewind() {
  position_ = begin_;
  if (gunzip_) gunzip_ = std::make_unique<Gunzip>();
  return {};
}

FromInput<std::size_t> ByteSource::read_raw(std::span<char> buffer) {
  ssize_t got = -1;
  do {
    got = ::pread(descriptor_, buffer.data(), buffer.size(), position_);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return fault("cannot be read: " + last_error());
  position_ += got;
  if (got == 0) {
    struct stat now{};
    const bool same = ::fstat(descriptor_, &now) == 0 && now.st_size == seen_.st_size &&
                      now.st_mtim.tv_sec == seen_.st_mtim.tv_sec && now.st_mtim.tv_nsec == seen_.st_mtim.tv_nsec;
    if (!same) return fault("changed while it was read", "wait until it is complete and start again");
  }
  return static_cast<std::size_t>(got);
}

FromInput<std::size_t> ByteSource::read_unpacked(std::span<char> buffer) {
  for (;;) {
    if (gunzip_->needs_input()) {
      const auto got = read_raw(gunzip_->input());
      if (!got) return got.error();
      if (*got == 0 && gunzip_->may_end()) return std::size_t{0};
      if (*got == 0) return fault("ends in the middle of its gzip data", "copy it again");
      gunzip_->filled(*got);
    }
    const auto unpacked = gunzip_->unpack(buffer);
    if (!unpacked) return fault("holds damaged gzip data", "check it with gzip -t and copy it again");
    if (*unpacked > 0) return *unpacked;
  }
}

InputFault ByteSource::fault(std::string problem, std::string remedy) const {
  return {.file = name_, .problem = std::move(problem), .remedy = std::move(remedy)};
}

}  // namespace cli

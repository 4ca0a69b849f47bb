#include "config/file_content.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace config {
namespace {

Unfit last_error() { return Unfit::because("cannot be read: " + std::generic_category().message(errno)); }

class Descriptor {
 public:
  explicit Descriptor(const std::string& path) : number_{::open(path.c_str(), O_RDONLY | O_CLOEXEC)} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

Parsed<std::string> file_content(const std::string& path, std::size_t max_bytes) {
  const Descriptor file{path};
  if (file.number() < 0) return last_error();
  std::string content;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(file.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return last_error();
    if (got == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(got));
    if (content.size() > max_bytes) return Unfit::because("is larger than " + bytes_to_text(max_bytes));
  }
}

std::optional<Unfit> unreadable(const std::string& path) {
  const Descriptor file{path};
  char byte = 0;
  // A directory can be opened, but not read.
  if (file.number() < 0 || ::read(file.number(), &byte, 1) < 0) return last_error();
  return std::nullopt;
}

}  // namespace config

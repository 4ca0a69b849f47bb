#include "async/system_random.hpp"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace async {

std::uint64_t SystemRandom::bits() {
  std::uint64_t bits = 0;
  // Up to 256 bytes come whole or not at all; a signal may interrupt the wait for the generator's first seed.
  while (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) {
    if (errno != EINTR) throw std::system_error{errno, std::generic_category(), "getrandom"};
  }
  return bits;
}

}  // namespace async

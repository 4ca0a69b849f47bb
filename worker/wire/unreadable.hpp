#pragma once

#include <cstdint>
#include <string>

#include <boost/system/result.hpp>

namespace wire {

/// Why bytes are not a message of ours. `detail` holds no content.
struct Unreadable {
  enum class Kind : std::uint8_t {
    malformed,      ///< Not protobuf, a wrong type, text that is not UTF-8, or no kind at all.
    unknown_kind,   ///< A kind of record that this release does not know.
    out_of_bounds,  ///< Readable, but an identifier, name, job or count is above its bound.
  };
  Kind kind = Kind::malformed;
  std::string detail;
};

template <class T>
using Result = boost::system::result<T, Unreadable>;

/// For boost::system::result::value(): reading a value that is not there is a bug.
[[noreturn]] void throw_exception_from_error(const Unreadable& error, const boost::source_location& where);

}  // namespace wire

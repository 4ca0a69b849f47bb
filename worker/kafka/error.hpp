#pragma once

#include <cstdint>
#include <string>

#include <boost/system/result.hpp>

namespace kafka {

struct Error {
  enum class Kind : std::uint8_t {
    unreachable,    ///< Nobody answered in time; the same call may work later.
    refused,        ///< Answered with a no.
    missing_topic,  ///< A topic or a partition that does not exist.
    group_in_use,   ///< A group that has members, so that nobody may commit for it from outside.
    fatal,          ///< The client is of no more use.
  };

  Kind kind = Kind::refused;
  std::string detail;  ///< For logs and people; never holds keys, values or secrets.
};

template <class T>
using Result = boost::system::result<T, Error>;

/// For boost::system::result::value(): reading a value that is not there is a bug.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

}  // namespace kafka

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/system/result.hpp>

#include "run/reason.hpp"
#include "run/time.hpp"

namespace delivery {

/// What the caller does next, rather than what went wrong.
enum class NextStep : std::uint8_t {
  retry,          ///< The same call again, after a pause.
  wait_until,     ///< Nothing for this application before Error::until.
  look_up,        ///< An import that the vendor may have taken: find out before anything else.
  refresh_token,  ///< The access token was refused: refresh once, repeat once.
  split,          ///< Some row of the batch is refused: halve it.
  reject,         ///< Will never succeed: the run ends with `reason`.
  park,           ///< The run or the connection waits for somebody or something, until its deadline.
  stop,           ///< We may not act any more (lease gone, claim over): drop everything.
};

struct Error {
  NextStep next_step = NextStep::retry;
  run::Reason reason = run::Reason::none;
  std::string detail;  ///< For logs and people; never holds contact data or a body.
  std::optional<run::UtcTime> until{};
};

template <class T>
using Result = boost::system::result<T, Error>;

/// For boost::system::result::value(): reading a value that is not there is a bug.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

}  // namespace delivery

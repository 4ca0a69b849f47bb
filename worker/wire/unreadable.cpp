#include "wire/unreadable.hpp"

#include <stdexcept>

#include <boost/throw_exception.hpp>

namespace wire {

void throw_exception_from_error(const Unreadable& error, const boost::source_location& where) {
  boost::throw_with_location(std::logic_error{"unreadable record: " + error.detail}, where);
}

}  // namespace wire

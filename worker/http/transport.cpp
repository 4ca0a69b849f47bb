#include "http/transport.hpp"

#include <stdexcept>

namespace http {

void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
  throw std::logic_error("a response was read that is not there: " + failure.detail);
}

}  // namespace http

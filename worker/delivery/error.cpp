#include "delivery/error.hpp"

#include <stdexcept>

#include "delivery/token_api.hpp"

namespace delivery {

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error("a value was read that is not there: " + error.detail);
}

void throw_exception_from_error(const TokenRefusal& refusal, const boost::source_location&) {
  throw std::logic_error("a token was read that is not there: " + refusal.detail);
}

}  // namespace delivery

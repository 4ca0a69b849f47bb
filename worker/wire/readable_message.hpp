#pragma once

#include <boost/json/object.hpp>
#include <google/protobuf/message.h>

#include "wire/inspect.hpp"

namespace wire {

/// A message as JSON for people: fields by their names in `proto/`, enums by name, bytes as text where they are text,
/// each time also as a date.
boost::json::object readable(const google::protobuf::Message& message, PersonalData personal_data);

}  // namespace wire

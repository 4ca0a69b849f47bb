#pragma once

#include <climits>
#include <cstdint>
#include <string_view>

#include <google/protobuf/message_lite.h>
#include <google/protobuf/stubs/logging.h>

#include "wire/unreadable.hpp"

namespace wire {

/// What a record holds: the message of its `oneof kind`.
struct Envelope {
  std::uint32_t kind = 0;  ///< Field number.
  std::string_view body;
};

/// Opens a record whose kinds are the fields 1 to `known_kinds`. One with several kinds is malformed: protobuf would
/// merge or drop some of them.
Result<Envelope> open_envelope(std::string_view payload, std::uint32_t known_kinds);

inline Unreadable malformed(std::string_view detail) { return {Unreadable::Kind::malformed, std::string{detail}}; }
inline Unreadable out_of_bounds(std::string_view detail) {
  return {Unreadable::Kind::out_of_bounds, std::string{detail}};
}

inline bool parse(std::string_view bytes, google::protobuf::MessageLite& message) {
  // The library would write a line to stderr for each text that is not UTF-8.
  const google::protobuf::LogSilencer silent;
  return bytes.size() <= INT_MAX && message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace wire

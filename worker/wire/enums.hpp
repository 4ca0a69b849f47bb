#pragma once

#include <string>
#include <string_view>

#include <segment_export/v1/leaves.pb.h>

#include "run/reason.hpp"
#include "wire/faults.hpp"

namespace wire {

// Enums of messages begin with UNSPECIFIED = 0 and go on in the order of ours.

template <class Message, class Ours>
Message to_message(Ours value) {
  return static_cast<Message>(static_cast<int>(value) + 1);
}

/// `last`: our highest enumerator. A number beyond it is what a later release writes.
template <class Ours>
Ours from_message(int value, Ours last, std::string_view what, Faults& faults) {
  if (value >= 1 && value <= static_cast<int>(last) + 1) return static_cast<Ours>(value - 1);
  if (value == 0) {
    faults.malformed(std::string{what} + " is missing");
  } else {
    faults.note(Unreadable::Kind::unknown_kind, std::string{what} + " has a value that this release does not know");
  }
  return Ours{};
}

/// The same where UNSPECIFIED is read as our first enumerator.
template <class Ours>
Ours from_message_or_first(int value, Ours last, std::string_view what, Faults& faults) {
  return value == 0 ? Ours{} : from_message(value, last, what, faults);
}

/// Reasons have numbers with gaps and go by their published names.
segment_export::v1::Reason to_message(run::Reason reason);
run::Reason from_message(segment_export::v1::Reason reason, Faults& faults);

}  // namespace wire

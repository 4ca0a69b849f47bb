#include "wire/enums.hpp"

#include <array>
#include <stdexcept>

namespace wire {
namespace {

namespace pb = segment_export::v1;

struct Reasons {
  std::array<pb::Reason, run::reason_count> message{};
  std::array<std::optional<run::Reason>, pb::Reason_ARRAYSIZE> ours{};

  Reasons() {
    ours[pb::REASON_UNSPECIFIED] = run::Reason::none;
    for (std::size_t index = 1; index < message.size(); ++index) {
      const auto reason = static_cast<run::Reason>(index);
      if (!pb::Reason_Parse(std::string{run::name(reason)}, &message[index])) {
        throw std::logic_error{"no message enumerator for " + std::string{run::name(reason)}};
      }
      ours[static_cast<std::size_t>(message[index])] = reason;
    }
  }
};

const Reasons& reasons() {
  static const Reasons table;
  return table;
}

}  // namespace

pb::Reason to_message(run::Reason reason) { return reasons().message[static_cast<std::size_t>(reason)]; }

run::Reason from_message(pb::Reason reason, Faults& faults) {
  if (pb::Reason_IsValid(reason)) {
    if (const auto& ours = reasons().ours[static_cast<std::size_t>(reason)]) return *ours;
  }
  faults.note(Unreadable::Kind::unknown_kind, "reason has a value that this release does not know");
  return run::Reason::none;
}

}  // namespace wire

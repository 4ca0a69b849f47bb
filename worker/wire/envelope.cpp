#include "wire/envelope.hpp"

#include <protozero/exception.hpp>

#include "wire/field_cursor.hpp"

namespace wire {

Result<Envelope> open_envelope(std::string_view payload, std::uint32_t known_kinds) try {
  Envelope envelope;
  bool unknown = false;
  FieldCursor fields{payload, 0};
  while (fields.next()) {
    if (!fields.is_bytes()) continue;
    if (fields.number() > known_kinds) {
      unknown = true;
    } else if (envelope.kind != 0) {
      return malformed("several kinds in one record");
    } else {
      envelope = {fields.number(), fields.bytes()};
    }
  }
  if (envelope.kind != 0) return envelope;
  if (unknown) return Unreadable{Unreadable::Kind::unknown_kind, "a kind that this release does not know"};
  return malformed("no kind");
} catch (const protozero::exception&) {
  return malformed("not a protobuf message");
}

}  // namespace wire

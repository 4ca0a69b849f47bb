#include "wire/inspect.hpp"

#include <chrono>
#include <memory>

#include <boost/json.hpp>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <segment_export/v1/arrives.pb.h>
#include <segment_export/v1/internal.pb.h>
#include <segment_export/v1/leaves.pb.h>

#include "contact/utf8.hpp"
#include "wire/envelope.hpp"
#include "wire/keys.hpp"
#include "wire/readable_message.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

struct Shape {
  std::unique_ptr<google::protobuf::Message> message;
  std::uint32_t known_kinds = 0;  ///< 0: no envelope.
};

Shape shape_of(Topic topic) {
  switch (topic) {
    case Topic::exports:
      return {std::make_unique<pb::ExportMessage>(), pb::ExportMessage::kTick};
    case Topic::control:
      return {std::make_unique<pb::ControlMessage>(), pb::ControlMessage::kRequest};
    case Topic::decided:
      return {std::make_unique<pb::DecidedMessage>(), pb::DecidedMessage::kSealed};
    case Topic::deliveries:
      return {std::make_unique<pb::JournalMessage>(), pb::JournalMessage::kRefresh};
    case Topic::credentials:
      return {std::make_unique<pb::StoredToken>(), 0};
    case Topic::results:
      return {std::make_unique<pb::ResultEvent>(), 0};
    case Topic::rejects:
      return {std::make_unique<pb::RejectMessage>(), pb::RejectMessage::kDeadLetter};
  }
  return {};
}

}  // namespace

Result<std::string> to_json(Topic topic, std::string_view payload, PersonalData personal_data) {
  const Shape shape = shape_of(topic);
  if (shape.known_kinds != 0) {
    if (const auto envelope = open_envelope(payload, shape.known_kinds); !envelope) return envelope.error();
  }
  if (!parse(payload, *shape.message)) return malformed("not a record of this topic");
  return boost::json::serialize(readable(*shape.message, personal_data));
}

}  // namespace wire

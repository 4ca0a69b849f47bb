#include "wire/control.hpp"

#include "wire/bounds.hpp"
#include "wire/enums.hpp"
#include "wire/envelope.hpp"
#include "wire/keys.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

void write(const run::Layout& layout, pb::ControlMessage& record) {
  pb::Layout& message = *record.mutable_layout();
  for (const auto& topic : layout.topics) {
    pb::Layout::Topic& out = *message.add_topics();
    out.set_name(topic.name);
    out.set_partitions(topic.partitions);
    out.set_incarnation(topic.incarnation);
    out.set_topic_id(topic.topic_id);
  }
}

run::Layout read(const pb::Layout& message, Faults&) {
  run::Layout layout;
  for (const auto& topic : message.topics()) {
    layout.topics.push_back({.name = topic.name(),
                             .partitions = topic.partitions(),
                             .incarnation = topic.incarnation(),
                             .topic_id = topic.topic_id()});
  }
  return layout;
}

void write(const run::Connection& connection, pb::ControlMessage& record) {
  pb::Connection& message = *record.mutable_connection();
  message.set_id(connection.id.value);
  message.set_name(connection.name);
  message.set_application(connection.application.value);
  message.set_grant_id(connection.grant_id.value);
  if (connection.consent) {
    message.mutable_consent()->set_given_by(connection.consent->given_by);
    message.mutable_consent()->set_given_at_ms(milliseconds(connection.consent->given_at));
    message.mutable_consent()->set_text(connection.consent->text);
  }
  message.set_account_id(connection.account_id.value);
  message.set_created_at_ms(milliseconds(connection.created_at));
  message.set_allow_shared_account(connection.allow_shared_account);
}

run::Connection read(const pb::Connection& message, Faults&) {
  run::Connection connection{.id = {message.id()},
                             .name = message.name(),
                             .application = {message.application()},
                             .grant_id = {message.grant_id()},
                             .account_id = {message.account_id()},
                             .created_at = utc_time(message.created_at_ms()),
                             .allow_shared_account = message.allow_shared_account()};
  if (message.has_consent()) {
    connection.consent = run::Consent{.given_by = message.consent().given_by(),
                                      .given_at = utc_time(message.consent().given_at_ms()),
                                      .text = message.consent().text()};
  }
  return connection;
}

void write(const run::Pause& pause, pb::ControlMessage& record) {
  pb::Pause& message = *record.mutable_pause();
  message.set_scope(to_message<pb::Pause::Scope>(pause.scope));
  message.set_id(pause.id);
  message.set_paused_by(pause.paused_by);
  message.set_why(pause.why);
}

run::Pause read(const pb::Pause& message, Faults& faults) {
  return {.scope = from_message(message.scope(), run::PauseScope::application, "scope", faults),
          .id = message.id(),
          .paused_by = message.paused_by(),
          .why = message.why()};
}

void write(const run::CancelRun& cancel, pb::ControlMessage& record) {
  pb::CancelRun& message = *record.mutable_cancel();
  wire::write(cancel.instance, *message.mutable_instance());
  message.set_canceled_by(cancel.canceled_by);
  message.set_why(cancel.why);
}

run::CancelRun read(const pb::CancelRun& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  return {.instance = wire::read(message.instance()), .canceled_by = message.canceled_by(), .why = message.why()};
}

void write(const run::ReleaseRun& release, pb::ControlMessage& record) {
  pb::ReleaseRun& message = *record.mutable_release();
  wire::write(release.instance, *message.mutable_instance());
  message.set_released_by(release.released_by);
}

run::ReleaseRun read(const pb::ReleaseRun& message, Faults& faults) {
  require(message.has_instance(), "instance", faults);
  return {.instance = wire::read(message.instance()), .released_by = message.released_by()};
}

void write(const run::Request& request, pb::ControlMessage& record) {
  pb::Request& message = *record.mutable_request();
  message.set_id(request.id);
  message.set_application(request.application.value);
  message.set_connection_id(request.connection_id.value);
  message.set_what(to_message<pb::Request::What>(request.what));
}

run::Request read(const pb::Request& message, Faults& faults) {
  return {.id = message.id(),
          .application = {message.application()},
          .connection_id = {message.connection_id()},
          .what = from_message(message.what(), run::Question::list_custom_fields, "what", faults)};
}

std::string_view scope_name(run::PauseScope scope) {
  switch (scope) {
    case run::PauseScope::connection:
      return "connection";
    case run::PauseScope::export_:
      return "export";
    case run::PauseScope::application:
      return "application";
  }
  return "";
}

std::string key(const run::Layout&) { return "layout"; }
std::string key(const run::Connection& connection) { return "connection/" + connection.id.value; }
std::string key(const run::Pause& pause) { return "pause/" + std::string{scope_name(pause.scope)} + '/' + pause.id; }
std::string key(const run::CancelRun& cancel) { return "cancel/" + instance_key(cancel.instance); }
std::string key(const run::ReleaseRun& release) { return "release/" + instance_key(release.instance); }
std::string key(const run::Request& request) { return "request/" + request.id; }

template <class Message>
Result<run::ControlRecord> decode(std::string_view body) {
  Message message;
  if (!parse(body, message)) return malformed("not a control record");
  Faults faults;
  run::ControlRecord record = read(message, faults);
  check_bounds(record, faults);
  return faults.value_or_fault(std::move(record));
}

}  // namespace

Result<run::ControlRecord> decode_control(std::string_view payload) {
  if (payload.size() > most_control_bytes) return out_of_bounds("control record is longer than 256 KiB");
  const auto envelope = open_envelope(payload, pb::ControlMessage::kRequest);
  if (!envelope) return envelope.error();
  switch (envelope->kind) {
    case pb::ControlMessage::kLayout:
      return decode<pb::Layout>(envelope->body);
    case pb::ControlMessage::kConnection:
      return decode<pb::Connection>(envelope->body);
    case pb::ControlMessage::kPause:
      return decode<pb::Pause>(envelope->body);
    case pb::ControlMessage::kCancel:
      return decode<pb::CancelRun>(envelope->body);
    case pb::ControlMessage::kRelease:
      return decode<pb::ReleaseRun>(envelope->body);
    default:
      return decode<pb::Request>(envelope->body);
  }
}

std::string encode(const run::ControlRecord& record) {
  pb::ControlMessage message;
  std::visit([&message](const auto& kind) { write(kind, message); }, record);
  return message.SerializeAsString();
}

std::string key_of(const run::ControlRecord& record) {
  return std::visit([](const auto& kind) { return key(kind); }, record);
}

}  // namespace wire

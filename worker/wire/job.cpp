#include "wire/enums.hpp"
#include "wire/parts.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;

void write(const contact::MappedField& field, pb::MappedField& message) {
  message.set_attribute(field.attribute);
  if (const auto* standard = std::get_if<contact::StandardField>(&field.target)) {
    message.set_standard_field(std::string{contact::name(*standard)});
  } else {
    message.set_custom_field(std::get<contact::CustomField>(field.target).reference);
  }
}

contact::FieldTarget read_target(const pb::MappedField& message, Faults& faults) {
  switch (message.target_case()) {
    case pb::MappedField::kStandardField:
      if (const auto standard = contact::parse_standard_field(message.standard_field())) return *standard;
      faults.out_of_bounds("mapping.fields.standard_field is no field that is known");
      break;
    case pb::MappedField::kCustomField:
      return contact::CustomField{message.custom_field()};
    case pb::MappedField::TARGET_NOT_SET:
      faults.malformed("mapping.fields has no target");
      break;
  }
  return contact::StandardField{};
}

}  // namespace

void write(const run::ExportJob& job, pb::ExportJob& message) {
  message.set_run_id(job.run_id.value);
  message.set_export_id(job.export_id.value);
  message.set_export_name(job.export_name);
  message.set_connection_id(job.connection_id.value);
  message.set_application(job.application.value);
  message.set_trigger(to_message<pb::Trigger>(job.trigger));
  message.set_requested_by(job.requested_by);
  for (const auto& list : job.list_ids) message.add_list_ids(list.value);
  message.mutable_mapping()->set_email_attribute(job.mapping.email_attribute);
  for (const auto& field : job.mapping.fields) write(field, *message.mutable_mapping()->add_fields());
  for (const auto& segment : job.segments) {
    pb::Segment& out = *message.add_segments();
    out.set_id(segment.id.value);
    out.set_name(segment.name);
    if (segment.expected_members) out.set_expected_members(*segment.expected_members);
  }
  message.set_cap(job.cap);
  message.set_over_cap(to_message<pb::OverCap>(job.over_cap));
  message.set_older_run(to_message<pb::OlderRun>(job.older_run));
  message.set_incomplete(to_message<pb::Incomplete>(job.incomplete));
  message.set_consent_reference(job.consent_reference);
  message.set_refresh_id(job.refresh_id);
  message.set_created_at_ms(milliseconds(job.created_at));
  message.set_redrive_of_run_id(job.redrive_of.value);
  message.set_create_missing_fields(job.create_missing_fields);
}

run::ExportJob read(const pb::ExportJob& message, Faults& faults) {
  run::ExportJob job{
      .run_id = {message.run_id()},
      .export_id = {message.export_id()},
      .export_name = message.export_name(),
      .connection_id = {message.connection_id()},
      .application = {message.application()},
      .trigger = from_message_or_first(message.trigger(), run::Trigger::on_demand, "trigger", faults),
      .requested_by = message.requested_by(),
      .list_ids = {},
      .mapping = {},
      .segments = {},
      .cap = message.cap(),
      .over_cap = from_message_or_first(message.over_cap(), run::OverCap::hold, "over_cap", faults),
      .older_run = from_message_or_first(message.older_run(), run::OlderRun::queue, "older_run", faults),
      .incomplete = from_message_or_first(message.incomplete(), run::Incomplete::discard, "incomplete", faults),
      .consent_reference = message.consent_reference(),
      .refresh_id = message.refresh_id(),
      .created_at = utc_time(message.created_at_ms()),
      .redrive_of = {message.redrive_of_run_id()},
      .create_missing_fields = message.create_missing_fields()};
  for (const auto& list : message.list_ids()) job.list_ids.push_back({list});
  job.mapping.email_attribute = message.mapping().email_attribute();
  for (const auto& field : message.mapping().fields()) {
    job.mapping.fields.push_back({.attribute = field.attribute(), .target = read_target(field, faults)});
  }
  for (const auto& segment : message.segments()) {
    run::Segment& in = job.segments.emplace_back();
    in.id = {segment.id()};
    in.name = segment.name();
    if (segment.has_expected_members()) in.expected_members = segment.expected_members();
  }
  return job;
}

}  // namespace wire

#include "wire/bounds.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

namespace wire {
namespace {

void check_length(std::string_view text, std::size_t most, std::string_view what, Faults& faults) {
  if (text.size() > most) {
    faults.out_of_bounds(std::string{what} + " is longer than " + std::to_string(most) + " bytes");
  }
}

void check_count(std::size_t count, std::size_t most, std::string_view what, Faults& faults) {
  if (count > most) faults.out_of_bounds("more than " + std::to_string(most) + " " + std::string{what});
}

void check_mapping(const contact::FieldMapping& mapping, Faults& faults) {
  check_name(mapping.email_attribute, "mapping.email_attribute", faults);
  std::size_t custom_fields = 0;
  std::vector<contact::FieldTarget> targets;
  for (const auto& field : mapping.fields) {
    if (field.attribute.empty()) faults.out_of_bounds("mapping.fields.attribute is empty");
    check_name(field.attribute, "mapping.fields.attribute", faults);
    if (const auto* custom = std::get_if<contact::CustomField>(&field.target)) {
      ++custom_fields;
      if (custom->reference.empty()) faults.out_of_bounds("mapping.fields.custom_field is empty");
      check_name(custom->reference, "mapping.fields.custom_field", faults);
    }
    if (!faults.empty()) return;
    // Two values for one column: the vendor would keep either.
    if (std::ranges::find(targets, field.target) != targets.end()) {
      faults.out_of_bounds("mapping.fields names one target twice");
    }
    targets.push_back(field.target);
    check_count(custom_fields, most_custom_fields, "custom fields", faults);
  }
}

void check_segments(const std::vector<run::Segment>& segments, Faults& faults) {
  check_count(segments.size(), most_segments, "segments", faults);
  std::unordered_set<std::string_view> ids;
  for (const auto& segment : segments) {
    check_id(segment.id.value, "segments.id", faults);
    check_name(segment.name, "segments.name", faults);
    if (!ids.insert(segment.id.value).second) faults.out_of_bounds("segments names one id twice");
  }
}

void check(const run::Layout& layout, Faults& faults) {
  for (const auto& topic : layout.topics) check_id(topic.name, "topics.name", faults);
}

void check(const run::Connection& connection, Faults& faults) {
  check_id(connection.id.value, "id", faults);
  check_name(connection.name, "name", faults);
  check_optional_id(connection.application.value, "application", faults);
  check_optional_id(connection.grant_id.value, "grant_id", faults);
  check_optional_id(connection.account_id.value, "account_id", faults);
  if (connection.consent) check_name(connection.consent->given_by, "consent.given_by", faults);
}

void check(const run::Pause& pause, Faults& faults) {
  check_id(pause.id, "id", faults);
  check_name(pause.paused_by, "paused_by", faults);
  check_name(pause.why, "why", faults);
}

void check(const run::CancelRun& cancel, Faults& faults) {
  check_id(cancel.instance.run_id.value, "instance.run_id", faults);
  check_name(cancel.canceled_by, "canceled_by", faults);
  check_name(cancel.why, "why", faults);
}

void check(const run::ReleaseRun& release, Faults& faults) {
  check_id(release.instance.run_id.value, "instance.run_id", faults);
  check_name(release.released_by, "released_by", faults);
}

void check(const run::Request& request, Faults& faults) {
  check_id(request.id, "id", faults);
  check_optional_id(request.application.value, "application", faults);
  check_optional_id(request.connection_id.value, "connection_id", faults);
}

}  // namespace

void check_id(std::string_view id, std::string_view what, Faults& faults) {
  if (id.empty()) faults.out_of_bounds(std::string{what} + " is empty");
  check_optional_id(id, what, faults);
}

void check_optional_id(std::string_view id, std::string_view what, Faults& faults) {
  check_length(id, most_id_bytes, what, faults);
}

void check_name(std::string_view name, std::string_view what, Faults& faults) {
  check_length(name, most_name_bytes, what, faults);
}

void check_bounds(const run::ExportJob& job, Faults& faults) {
  check_id(job.run_id.value, "run_id", faults);
  check_id(job.export_id.value, "export_id", faults);
  check_name(job.export_name, "export_name", faults);
  check_optional_id(job.connection_id.value, "connection_id", faults);
  check_optional_id(job.application.value, "application", faults);
  check_name(job.requested_by, "requested_by", faults);
  if (job.list_ids.empty()) faults.out_of_bounds("no list_ids");
  check_count(job.list_ids.size(), most_list_ids, "list_ids", faults);
  for (const auto& list : job.list_ids) check_id(list.value, "list_ids", faults);
  check_mapping(job.mapping, faults);
  check_segments(job.segments, faults);
  check_name(job.consent_reference, "consent_reference", faults);
  check_optional_id(job.refresh_id, "refresh_id", faults);
  check_optional_id(job.redrive_of.value, "redrive_of_run_id", faults);
}

void check_bounds(const run::ControlRecord& record, Faults& faults) {
  std::visit([&faults](const auto& kind) { check(kind, faults); }, record);
}

}  // namespace wire

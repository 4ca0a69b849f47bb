#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "contact/mapping.hpp"
#include "run/export_job.hpp"
#include "wire/input.hpp"

namespace support {

/// One attribute list of a profile, as text that lives long enough.
using Profile = std::vector<std::pair<std::string, std::string>>;

inline std::vector<contact::Attribute> attributes(const Profile& profile) {
  std::vector<contact::Attribute> views;
  for (const auto& [name, value] : profile) views.push_back({name, value});
  return views;
}

inline run::ExportJob sample_job(const std::string& run_id, const std::vector<std::string>& segments = {"s"}) {
  run::ExportJob job;
  job.run_id = {run_id};
  job.export_id = {"export"};
  job.export_name = "Export";
  job.connection_id = {"connection"};
  job.application = {"application"};
  job.list_ids = {{"00000000-0000-0000-0000-000000000001"}};
  job.mapping = {"email", {{"first", contact::StandardField::first_name}}};
  for (const auto& segment : segments) job.segments.push_back({{segment}, "Segment " + segment, {}});
  return job;
}

inline std::string sample_member(const std::string& run_id, const std::string& segment, const std::string& email,
                                 const std::string& first = "Ann") {
  const Profile profile{{"email", email}, {"first", first}};
  return wire::encode_member(run_id, segment, "profile of " + email, attributes(profile));
}

}  // namespace support

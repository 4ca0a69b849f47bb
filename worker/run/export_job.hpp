#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contact/mapping.hpp"
#include "run/ids.hpp"
#include "run/time.hpp"

namespace run {

enum class Trigger : std::uint8_t { system_refresh, custom_schedule, on_demand };
enum class OverCap : std::uint8_t { skip, truncate, hold };
enum class OlderRun : std::uint8_t { replace, queue };
enum class Incomplete : std::uint8_t { deliver, discard };

struct Segment {
  SegmentId id;
  std::string name;
  std::optional<std::uint64_t> expected_members{};

  bool operator==(const Segment&) const = default;
};

/// What upstream asks for: these segments' members on these lists.
struct ExportJob {
  RunId run_id;
  ExportId export_id;
  std::string export_name;
  ConnectionId connection_id;
  ApplicationId application;  ///< Empty: the configured default.
  Trigger trigger = Trigger::system_refresh;
  std::string requested_by;
  std::vector<ListId> list_ids;
  contact::FieldMapping mapping;
  std::vector<Segment> segments;
  std::uint64_t cap = 0;  ///< Unique valid profiles; 0: the configured default.
  OverCap over_cap = OverCap::skip;
  OlderRun older_run = OlderRun::replace;
  Incomplete incomplete = Incomplete::deliver;
  std::string consent_reference;
  std::string refresh_id;
  UtcTime created_at{};
  RunId redrive_of;
  bool create_missing_fields = false;

  bool operator==(const ExportJob&) const = default;
};

}  // namespace run

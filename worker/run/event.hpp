#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "run/receipt.hpp"

namespace run {

/// A run's state before its end.
struct RunChanged {
  RunStatus status = RunStatus::not_started;
  ReasonNote reason;
  UtcTime since{};
  std::string released_by;
  std::optional<UtcTime> next_look_at{};
  UtcTime deadline{};
  std::uint64_t rows_accepted = 0;
  std::uint64_t rows_sent = 0;
  std::uint64_t rows_ended = 0;

  bool operator==(const RunChanged&) const = default;
};

/// A run's end.
struct RunCompleted {
  RunStatus status = RunStatus::failed;
  ReasonNote reason;
  std::vector<ReasonNote> warnings;
  std::string remedy;
  Receipt receipt;
  std::optional<RunInstance> refers_to{};

  bool operator==(const RunCompleted&) const = default;
};

struct NamedId {
  std::string id;
  std::string name;

  bool operator==(const NamedId&) const = default;
};

struct RequestAnswer {
  std::string request_id;
  bool ok = false;
  ReasonNote reason;
  AccountId account_id;
  std::string organization_name;
  std::vector<std::string> privileges;
  std::vector<NamedId> lists;
  std::vector<NamedId> custom_fields;

  bool operator==(const RequestAnswer&) const = default;
};

/// What `export-results` says. Identity: (instance, sequence); the highest sequence is the run's state.
struct ResultEvent {
  RunInstance instance;
  std::uint64_t sequence = 0;
  UtcTime at{};
  ExportId export_id;
  std::string export_name;
  ConnectionId connection_id;
  ApplicationId application;
  std::string refresh_id;
  std::variant<RunChanged, RunCompleted, RequestAnswer> what;

  bool operator==(const ResultEvent&) const = default;
};

/// A member that was not imported, and why; never holds attribute values.
struct RejectedMember {
  RunInstance instance;
  Position position;
  SegmentId segment_id;
  std::string profile_id;
  Reason reason = Reason::none;
  std::string rule;

  bool operator==(const RejectedMember&) const = default;
};

enum class DeadCause : std::uint8_t { unreadable, out_of_bounds, no_open_run, conflicting_job, lost_span };

/// A record that could not be used. Identity: (topic, partition, offset).
struct DeadLetter {
  static constexpr std::size_t most_key_bytes = 256;
  static constexpr std::size_t most_payload_bytes = 256 * 1024;

  std::string topic;
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int64_t lost_until = 0;
  DeadCause cause = DeadCause::unreadable;
  std::string detail;
  std::string key;
  std::string payload;
  std::uint64_t payload_bytes = 0;
  std::string payload_sha256;

  bool operator==(const DeadLetter&) const = default;
};

}  // namespace run

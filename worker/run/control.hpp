#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "run/position.hpp"
#include "run/time.hpp"

namespace run {

struct TopicLayout {
  std::string name;
  std::uint32_t partitions = 0;
  std::uint32_t incarnation = 0;
  std::string topic_id{};  ///< Kafka's own; empty: unknown.

  bool operator==(const TopicLayout&) const = default;
};

/// What the topics must look like; workers own nothing while reality differs.
struct Layout {
  std::vector<TopicLayout> topics;

  bool operator==(const Layout&) const = default;
};

struct Consent {
  std::string given_by;
  UtcTime given_at{};
  std::string text;

  bool operator==(const Consent&) const = default;
};

/// A Constant Contact account that may be sent to.
struct Connection {
  ConnectionId id;
  std::string name;
  ApplicationId application;
  GrantId grant_id;
  std::optional<Consent> consent{};
  AccountId account_id;
  UtcTime created_at{};
  bool allow_shared_account = false;

  bool operator==(const Connection&) const = default;
};

enum class PauseScope : std::uint8_t { connection, export_, application };

struct Pause {
  PauseScope scope = PauseScope::connection;
  std::string id;
  std::string paused_by;
  std::string why;

  bool operator==(const Pause&) const = default;
};

struct CancelRun {
  RunInstance instance;
  std::string canceled_by;
  std::string why;

  bool operator==(const CancelRun&) const = default;
};

struct ReleaseRun {
  RunInstance instance;
  std::string released_by;

  bool operator==(const ReleaseRun&) const = default;
};

enum class Question : std::uint8_t { check_connection, list_lists, list_custom_fields };

/// A question that only the application's owner may put to the vendor.
struct Request {
  std::string id;
  ApplicationId application;
  ConnectionId connection_id;
  Question what = Question::check_connection;

  bool operator==(const Request&) const = default;
};

using ControlRecord = std::variant<Layout, Connection, Pause, CancelRun, ReleaseRun, Request>;

}  // namespace run

#include "cli/outcome.hpp"

namespace cli {

Ending ending_of(const kafka::Error& error) {
  using Kind = kafka::Error::Kind;
  const std::string text = "Kafka: " + error.detail;
  switch (error.kind) {
    case Kind::unreachable:
      return {ExitCode::kafka_unreachable, text + "; check --brokers and the network"};
    case Kind::missing_topic:
      return {ExitCode::topics_differ, text + "; run segment-export topics create"};
    case Kind::refused:
      return {ExitCode::internal_error, text + "; check what this user may do (ACLs) and the topics' settings"};
    case Kind::group_in_use:
      return {ExitCode::topics_differ,
              text + "; stop the workers of this group, or name another (--kafka.intake-group)"};
    case Kind::fatal:
      break;
  }
  return {ExitCode::internal_error, text};
}

ExitCode exit_code_of(run::RunStatus status) {
  switch (status) {
    case run::RunStatus::successful:
      return ExitCode::success;
    case run::RunStatus::completed_with_warnings:
      return ExitCode::warnings;
    case run::RunStatus::skipped:
    case run::RunStatus::canceled:
      return ExitCode::not_sent;
    case run::RunStatus::failed:
      return ExitCode::run_failed;
    case run::RunStatus::not_started:
    case run::RunStatus::queued:
    case run::RunStatus::processing:
    case run::RunStatus::retrying:
      return ExitCode::still_waiting;
  }
  return ExitCode::internal_error;
}

}  // namespace cli

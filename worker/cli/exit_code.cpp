#include "cli/exit_code.hpp"

#include <array>
#include <string_view>

namespace cli {
namespace {

struct Line {
  ExitCode code;
  std::string_view meaning;
};

constexpr std::array<Line, 15> lines{{
    {ExitCode::success, "done"},
    {ExitCode::internal_error, "a fault of this program; the log says where"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::configuration, "a setting is wrong or missing"},
    {ExitCode::input_file, "the input file is not readable or not well-formed"},
    {ExitCode::kafka_unreachable, "Kafka does not answer"},
    {ExitCode::topics_differ, "topics are missing or not as they were created"},
    {ExitCode::run_failed, "the run failed"},
    {ExitCode::warnings, "the run completed with warnings"},
    {ExitCode::not_sent, "the run was skipped or cancelled"},
    {ExitCode::still_waiting, "the run goes on without being watched"},
    {ExitCode::not_found, "no such run, connection or topic"},
    {ExitCode::no_answer, "no worker answered in time"},
    {ExitCode::not_possible, "the run is not in a state for that"},
    {ExitCode::interrupted, "interrupted"},
}};

}  // namespace

std::string exit_code_help() {
  std::string text = "Exit codes:\n";
  for (const Line& line : lines) {
    const std::string number = std::to_string(static_cast<int>(line.code));
    text.append(5 - number.size(), ' ').append(number).append("  ").append(line.meaning).append("\n");
  }
  return text;
}

}  // namespace cli

#pragma once

#include <string>

namespace cli {

/// How the program ended, for scripts. A number keeps its meaning for ever.
enum class ExitCode : int {
  success = 0,
  internal_error = 1,
  usage = 2,
  configuration = 3,
  input_file = 4,
  kafka_unreachable = 5,
  topics_differ = 6,
  run_failed = 7,
  warnings = 8,
  not_sent = 9,
  still_waiting = 10,
  not_found = 11,
  no_answer = 12,
  not_possible = 13,
  interrupted = 130,
};

/// The table that --help prints.
std::string exit_code_help();

}  // namespace cli

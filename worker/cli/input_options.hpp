#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "cli/member_columns.hpp"
#include "cli/table_reader.hpp"
#include "contact/mapping.hpp"
#include "run/export_job.hpp"

namespace CLI {
class App;
}

namespace cli {

/// Which files hold which segment, and what their columns mean: what `run` and `check` have in common.
struct InputOptions {
  std::string input;
  std::vector<std::string> segments;
  std::vector<std::string> map;
  std::string format = "detect";
  std::string delimiter;
  std::string profile_id;
  std::optional<std::uint64_t> cap{};

  void describe(CLI::App& app);
};

/// The same, understood.
struct InputPlan {
  struct File {
    std::string segment;  ///< Its id and its name.
    std::string path;
  };
  std::vector<File> files;
  contact::FieldMapping mapping;
  TableOptions table;
  std::string profile_id;
  std::uint64_t cap = 0;  ///< 0: the configured default.
};

using OptionMistakes = std::vector<std::string>;
boost::system::result<InputPlan, OptionMistakes> plan_input(const InputOptions& options);

/// A file whose every row was looked at, and that is at its first row again.
struct CheckedInput {
  run::Segment segment;
  TableReader table;
};

/// Reads every file to its end, so that nothing is published of one that is broken. Errors: what is wrong with each.
boost::system::result<std::vector<CheckedInput>, std::vector<std::string>> open_input(const InputPlan& plan);

}  // namespace cli

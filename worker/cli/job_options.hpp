#pragma once

#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "cli/input_options.hpp"
#include "run/export_job.hpp"

namespace CLI {
class App;
}

namespace cli {

/// What `run` is told about the job beside its people.
struct JobOptions {
  std::string connection;
  std::vector<std::string> lists;
  std::string export_id;
  std::string export_name;
  std::string run_id;
  std::string over_cap = "skip";
  std::string trigger = "on-demand";

  void describe(CLI::App& app);
};

/// The job without its segments, or all that is wrong with it. `fresh`: its id unless one is given.
boost::system::result<run::ExportJob, OptionMistakes> plan_job(const JobOptions& options, const InputPlan& input,
                                                               const run::RunId& fresh, run::UtcTime now);

}  // namespace cli

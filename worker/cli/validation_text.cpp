#include "cli/validation_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>

#include "cli/number_text.hpp"
#include "cli/receipt_json.hpp"
#include "cli/receipt_text.hpp"
#include "cli/text_table.hpp"
#include "run/reason.hpp"

namespace cli {
namespace {

namespace json = boost::json;

constexpr std::size_t most_faults = 20;

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return with_thousands(number) + " " + std::string{number == 1 ? one : many};
}

std::string foreseen_text(const ForeseenRun& run) {
  if (run.held) return "would be held until it is released, since it is above its cap";
  std::string text = "would end " + std::string{run::name(run.completed.status)};
  const auto accepted = run.sealed.totals.accepted;
  if (run.completed.reason.reason == run::Reason::none && accepted > 0) {
    text += " if the vendor takes all " + counted(accepted, "person", "people");
  }
  return text;
}

std::string run_text(const ForeseenRun& run) {
  const auto& job = run.opened.job;
  const auto& completed = run.completed;
  std::string text = "\n" + job.run_id.value + "  export " + job.export_id.value + ", " +
                     counted(job.segments.size(), "segment", "segments") + " to " +
                     counted(job.list_ids.size(), "list", "lists") + " of connection " + job.connection_id.value +
                     "\n  " + foreseen_text(run) + "\n";
  if (completed.reason.reason != run::Reason::none) text += note_text("why", completed.reason, completed.remedy);
  for (const auto& warning : completed.warnings) {
    text += note_text("warning", warning, std::string{run::remedy(warning.reason)});
  }
  return text + decided_text(run.sealed.totals, run.sealed.segments, run.sealed.reasons);
}

std::string faults_text(const std::vector<RecordFault>& faults) {
  if (faults.empty()) return "";
  std::vector<std::vector<std::string>> lines;
  for (std::size_t index = 0; index < std::min(faults.size(), most_faults); ++index) {
    lines.push_back({"record " + with_thousands(faults[index].record), faults[index].cause, faults[index].detail});
  }
  std::string text = "\nRecords that cannot be used\n" + text_table(lines, 3);
  if (faults.size() > most_faults) {
    text += "  and " + with_thousands(faults.size() - most_faults) + " more; --format json has all of them\n";
  }
  return text;
}

json::array warnings_json(const std::vector<run::ReasonNote>& warnings) {
  json::array array;
  for (const auto& warning : warnings) array.push_back(note_json(warning));
  return array;
}

}  // namespace

std::string validation_text(const Validation& validation) {
  std::string text = counted(validation.records, "record", "records") + ", " +
                     counted(validation.runs.size(), "run", "runs") + ", " + with_thousands(validation.faults.size()) +
                     " of the records cannot be used\n";
  if (validation.repeated_jobs > 0) {
    text += counted(validation.repeated_jobs, "job", "jobs") + " repeated while the run was open; harmless\n";
  }
  for (const auto& run : validation.runs) text += run_text(run);
  return text + faults_text(validation.faults) +
         "\nNot looked at: whether connection, lists and custom fields exist, keys, and what stands in Kafka "
         "already.\n";
}

json::object validation_json(const Validation& validation) {
  json::array runs;
  for (const auto& run : validation.runs) {
    runs.push_back(json::object{{"run_id", run.opened.job.run_id.value},
                                {"export_id", run.opened.job.export_id.value},
                                {"status", run.held ? "HELD" : std::string{run::name(run.completed.status)}},
                                {"reason", note_json(run.completed.reason)},
                                {"warnings", warnings_json(run.completed.warnings)},
                                {"cap", run.opened.job.cap},
                                {"decided", counts_json(run.sealed.totals)},
                                {"segments", segments_json(run.sealed.segments)},
                                {"reasons", reasons_json(run.sealed.reasons)}});
  }
  json::array faults;
  for (const auto& fault : validation.faults) {
    faults.push_back(json::object{{"record", fault.record}, {"cause", fault.cause}, {"detail", fault.detail}});
  }
  return {{"records", validation.records},
          {"repeated_jobs", validation.repeated_jobs},
          {"faults", std::move(faults)},
          {"runs", std::move(runs)}};
}

}  // namespace cli

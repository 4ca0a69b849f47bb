#include "cli/follow.hpp"

#include <iostream>
#include <variant>

#include "cli/complaint.hpp"
#include "cli/outcome.hpp"
#include "cli/receipt_json.hpp"
#include "cli/receipt_text.hpp"
#include "config/text_value.hpp"
#include "wire/result.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto moment = 200ms;

void print_state(const run::ResultEvent& event, const run::RunChanged& changed, OutputFormat format) {
  if (format == OutputFormat::json) {
    write_json(std::cout, state_json(event, changed));
    return;
  }
  std::cout << run::name(changed.status) << "  " << event.instance.run_id.value << "\n  "
            << render_line(progress_of(event, {})) << '\n';
}

}  // namespace

std::string TimeoutOption::parse() {
  if (text.empty()) return "";
  const auto parsed = config::parse_duration(text);
  if (!parsed) return "--timeout " + text + ": " + parsed.error().text();
  duration = *parsed;
  return "";
}

bool take_result(RunView& view, const run::RunId& run, const kafka::ReadRecord& record) {
  if (record.key != run.value || !record.value) return false;
  // What a later release writes is not for this one to judge; the event that ends the run will come as well.
  const auto event = wire::decode_result(*record.value);
  return event.has_value() && view.take(*event);
}

std::string how_to_follow(const run::RunId& run) { return "follow it with: segment-export watch " + run.value; }

ExitCode print_run(const RunView& view, OutputFormat format) {
  if (!view.latest()) return ExitCode::not_found;
  const run::RunCompleted* completed = view.completed();
  if (completed == nullptr) {
    if (const auto* changed = std::get_if<run::RunChanged>(&view.latest()->what)) {
      print_state(*view.latest(), *changed, format);
    }
    return ExitCode::still_waiting;
  }
  if (format == OutputFormat::json) {
    write_json(std::cout, receipt_json(*view.latest(), *completed));
  } else {
    std::cout << receipt_text(*view.latest(), *completed) << std::flush;
  }
  return exit_code_of(completed->status);
}

ExitCode follow(kafka::TopicReader& results, RunView& view, const run::RunId& run,
                std::optional<std::chrono::nanoseconds> timeout, OutputFormat format, ProgressBar& bar,
                const Interruption& interruption) {
  const auto began = std::chrono::steady_clock::now();
  while (view.completed() == nullptr) {
    const auto now = std::chrono::steady_clock::now();
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - began);
    bar.update(progress_of(view.latest(), elapsed), now);
    if (interruption.asked()) {
      bar.finish();
      return complain(ExitCode::interrupted, "the run goes on; " + how_to_follow(run));
    }
    if (timeout && elapsed >= *timeout) {
      bar.finish();
      return complain(ExitCode::still_waiting, "the run goes on; " + how_to_follow(run));
    }
    const auto record = results.next(moment);
    if (!record) {
      bar.finish();
      return complain(record.error());
    }
    if (*record) take_result(view, run, **record);
  }
  const auto now = std::chrono::steady_clock::now();
  bar.update(progress_of(view.latest(), std::chrono::duration_cast<std::chrono::milliseconds>(now - began)), now);
  bar.finish();
  return print_run(view, format);
}

}  // namespace cli

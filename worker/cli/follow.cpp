#include "cli/follow.hpp"

#include <iostream>
#include <variant>

#include <boost/json/object.hpp>

#include "cli/complaint.hpp"
#include "cli/outcome.hpp"
#include "cli/receipt_json.hpp"
#include "cli/receipt_text.hpp"
#include "cli/table_topic.hpp"
#include "config/text_value.hpp"
#include "wire/result.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto moment = 200ms;

boost::json::object run_json(const RunView& view) {
  const auto& event = *view.latest();
  if (const auto* completed = view.completed()) return receipt_json(event, *completed);
  return state_json(event, std::get<run::RunChanged>(event.what));
}

std::string run_text(const RunView& view) {
  const auto& event = *view.latest();
  if (const auto* completed = view.completed()) return receipt_text(event, *completed);
  return std::string{run::name(std::get<run::RunChanged>(event.what).status)} + "  " + event.instance.run_id.value +
         "\n  " + render_line(progress_of(event, {})) + '\n';
}

}  // namespace

std::string TimeoutOption::parse() {
  if (text.empty()) return "";
  const auto parsed = config::parse_duration(text);
  if (!parsed) return "--timeout " + text + ": " + parsed.error().text();
  duration = *parsed;
  return "";
}

kafka::Result<void> read_run(const config::Worker& settings, kafka::TopicReader& results, RunView& view,
                             const run::RunId& run) {
  if (const auto opened = results.open(settings.kafka.topics.results, kafka::FromStart{}); !opened) return opened;
  return read_to_end(results, settings.kafka.call_timeout,
                     [&](const kafka::ReadRecord& record) { take_result(view, run, record); });
}

Ending nothing_known(const run::RunId& run) {
  return {ExitCode::not_found, "nothing is known of run " + run.value +
                                   "; it was never published, no worker has taken it up yet, or it is too old"};
}

bool take_result(RunView& view, const run::RunId& run, const kafka::ReadRecord& record) {
  if (record.key != run.value || !record.value) return false;
  // What a later release writes is not for this one to judge; the event that ends the run will come as well.
  const auto event = wire::decode_result(*record.value);
  return event.has_value() && view.take(*event);
}

std::string how_to_follow(const run::RunId& run) { return "follow it with: segment-export watch " + run.value; }

Ending timed_out(const RunView& view, const run::RunId& run) {
  if (view.latest()) return {ExitCode::still_waiting, "the run goes on; " + how_to_follow(run)};
  return {ExitCode::no_answer,
          "no worker has taken up the run in time, it waits in Kafka; see that workers run (/readyz), then " +
              how_to_follow(run)};
}

ExitCode print_run(const RunView& view, OutputFormat format) {
  if (!view.latest()) return ExitCode::not_found;
  if (format == OutputFormat::json) {
    auto object = run_json(view);
    add_repeats(object, view.repeats());
    write_json(std::cout, object);
  } else {
    std::cout << run_text(view) << repeats_text(view.repeats()) << std::flush;
  }
  const auto* completed = view.completed();
  return completed == nullptr ? ExitCode::still_waiting : exit_code_of(completed->status);
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
      return complain(timed_out(view, run));
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

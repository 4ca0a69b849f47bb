#include "cli/input_options.hpp"

#include <algorithm>
#include <utility>

#include <CLI/CLI.hpp>

#include "cli/map_option.hpp"
#include "config/nearest.hpp"
#include "wire/bounds.hpp"

namespace cli {
namespace {

constexpr const char* input_segment = "members";
constexpr const char* standard_input = "-";

std::optional<char> parse_delimiter(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() == 1 && text != "\"" && text != "\n" && text != "\r") return text.front();
  return std::nullopt;
}

void add_segment(const std::string& option, InputPlan& plan, OptionMistakes& mistakes) {
  const auto equals = option.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == option.size()) {
    mistakes.push_back("--segment " + option + ": write NAME=FILE, for example --segment Loyal=loyal.csv");
    return;
  }
  std::string name = option.substr(0, equals);
  if (name.size() > wire::most_id_bytes) {
    mistakes.push_back("--segment " + option + ": the name is longer than 256 bytes");
    return;
  }
  if (std::ranges::find(plan.files, name, &InputPlan::File::segment) != plan.files.end()) {
    mistakes.push_back("--segment " + option + ": there is a segment " + name + " already, name it otherwise");
    return;
  }
  plan.files.push_back({.segment = std::move(name), .path = option.substr(equals + 1)});
}

std::vector<std::string> problems_of_columns(const InputPlan& plan, const TableSummary& summary) {
  // A file of JSON lines without a row names no columns.
  if (summary.columns.empty()) return {};
  std::vector<std::string> problems = check_columns(plan.mapping, summary.columns);
  const bool has_id =
      plan.profile_id.empty() || std::ranges::find(summary.columns, plan.profile_id) != summary.columns.end();
  if (!has_id) {
    problems.push_back("the file has no column '" + plan.profile_id + "' for --profile-id" +
                       config::did_you_mean(plan.profile_id, summary.columns));
  }
  return problems;
}

}  // namespace

void InputOptions::describe(CLI::App& app) {
  app.add_option("--input", input, "File with the people (CSV or JSON lines, also gzip), - for standard input")
      ->type_name("FILE");
  app.add_option("--segment", segments, "Segment and the file with its people; may be repeated")
      ->type_name("NAME=FILE")
      ->allow_extra_args(false);
  app.add_option("--map", map, "Which column feeds which field; may be repeated. " + map_targets())
      ->type_name("TARGET=COLUMN")
      ->allow_extra_args(false);
  app.add_option("--cap", cap, "Most people that are sent; intake.default-cap unless given")
      ->type_name("N")
      ->check(CLI::Validator{CLI::PositiveNumber}.description(""));
  app.add_option("--format-of-input", format, "detect (unless given), csv or json-lines")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"detect", "csv", "json-lines"}).description(""));
  app.add_option("--delimiter", delimiter, "Of CSV, or 'tab'; , or ; is found by itself")->type_name("C");
  app.add_option("--profile-id", profile_id, "Column with the id that rejects are reported under; else row-N")
      ->type_name("COLUMN");
}

boost::system::result<InputPlan, OptionMistakes> plan_input(const InputOptions& options) {
  InputPlan plan;
  plan.profile_id = options.profile_id;
  plan.cap = options.cap.value_or(0);
  OptionMistakes mistakes;
  if (!options.input.empty()) plan.files.push_back({.segment = input_segment, .path = options.input});
  for (const std::string& segment : options.segments) add_segment(segment, plan, mistakes);
  if (plan.files.empty() && mistakes.empty())
    mistakes.emplace_back("no people: add --input FILE or --segment NAME=FILE");
  if (plan.files.size() > wire::most_segments) mistakes.emplace_back("more than 1,000 segments");
  if (std::ranges::count(plan.files, standard_input, &InputPlan::File::path) > 1) {
    mistakes.emplace_back("standard input (-) can be one segment only");
  }
  auto mapping = parse_mapping(options.map);
  if (mapping) {
    plan.mapping = std::move(*mapping);
  } else {
    const MapMistakes wrong = mapping.error();
    mistakes.insert(mistakes.end(), wrong.begin(), wrong.end());
  }
  if (options.format == "csv") plan.table.format = TableFormat::csv;
  if (options.format == "json-lines") plan.table.format = TableFormat::json_lines;
  if (!options.delimiter.empty()) {
    plan.table.delimiter = parse_delimiter(options.delimiter);
    if (!plan.table.delimiter) mistakes.emplace_back("--delimiter: one character, or 'tab'");
  }
  if (!mistakes.empty()) return mistakes;
  return plan;
}

boost::system::result<std::vector<CheckedInput>, std::vector<std::string>> open_input(const InputPlan& plan) {
  std::vector<CheckedInput> inputs;
  std::vector<std::string> problems;
  MemberColumns columns{plan.mapping, plan.profile_id};
  for (const InputPlan::File& file : plan.files) {
    auto table = TableReader::open(file.path, plan.table);
    if (!table) {
      problems.push_back(table.error().text());
      continue;
    }
    const auto summary = table->check([&columns](const Row& row) { return columns.objection(row); });
    if (!summary) {
      problems.push_back(summary.error().text());
      continue;
    }
    for (const std::string& problem : problems_of_columns(plan, *summary))
      problems.push_back(file.path + ": " + problem);
    inputs.push_back({.segment = {.id = {file.segment}, .name = file.segment, .expected_members = summary->rows},
                      .table = std::move(*table)});
  }
  if (!problems.empty()) return problems;
  return inputs;
}

}  // namespace cli

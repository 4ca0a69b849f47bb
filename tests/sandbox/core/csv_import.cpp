#include <algorithm>

#include "sandbox/core/csv.hpp"
#include "sandbox/core/import_reading.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/core/requests.hpp"
#include "sandbox/core/row_rules.hpp"

namespace sandbox {
namespace {

const Part* part_named(const std::vector<Part>& parts, std::string_view name) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

/// The whole lines among the first `most` ones; all of the text where that is no cut.
std::string_view first_lines(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  for (std::size_t line = 0; line < most; ++line) {
    end = text.find('\n', end);
    if (end == std::string_view::npos) return text;
    ++end;
  }
  return text.substr(0, end);
}

std::size_t rows_in(const CsvTable& table) { return table.records.empty() ? 0 : table.records.size() - 1; }

void take_rows(CsvTable&& table, bool cut, const Knobs& knobs, ImportJob& job) {
  if (table.records.empty()) {
    job.broken = "The file is empty";
    return;
  }
  std::vector<std::string> header = std::move(table.records.front());
  const auto has = [&](std::string_view name) { return std::find(header.begin(), header.end(), name) != header.end(); };
  if (!has("email") && !has("sms_number")) job.broken = "Line 1: no email and no sms_number column";
  const auto custom =
      std::count_if(header.begin(), header.end(), [](const auto& name) { return name.starts_with(custom_prefix); });
  if (knobs.wide_header_refused && static_cast<std::size_t>(custom) > max_custom_fields) {
    job.broken = "Line 1: too many custom fields";
  }
  // A record that the cut hit is dropped, it does not spoil the file.
  if (table.malformed && !cut) {
    job.broken = "Line " + std::to_string(table.records.size() + 1) + ": not a line of a CSV file";
  }
  if (!job.broken.empty()) return;
  for (std::size_t index = 1; index < table.records.size(); ++index) {
    auto& values = table.records[index];
    Row row{.line = index + 1, .values = {}};
    for (std::size_t column = 0; column < std::min(header.size(), values.size()); ++column) {
      row.values.emplace_back(header[column], std::move(values[column]));
    }
    job.rows.push_back(std::move(row));
  }
}

}  // namespace

ImportReading read_csv_import(std::string_view body, std::string_view boundary, const Knobs& knobs) {
  ImportReading reading;
  const auto parts = read_multipart(body.substr(0, static_cast<std::size_t>(knobs.max_import_bytes)), boundary);
  const Part* file = part_named(parts, "file");
  if (file == nullptr) {
    reading.refused = "file is missing";
    return reading;
  }
  reading.file_name = file->file_name.value_or("");
  reading.wrong_file = !lower(reading.file_name).ends_with(".csv");
  if (const Part* lists = part_named(parts, "list_ids"); lists != nullptr && !lists->cut) {
    reading.lists_named = true;
    for (const auto id : split(lists->content, ',')) reading.job.list_ids.emplace_back(id);
  }
  std::string_view kept = file->content;
  const bool bytes_cut = file->cut && body.size() > static_cast<std::size_t>(knobs.max_import_bytes);
  if (bytes_cut) kept = kept.substr(0, kept.rfind('\n') == std::string_view::npos ? 0 : kept.rfind('\n') + 1);
  const std::string_view lines = first_lines(kept, static_cast<std::size_t>(knobs.max_import_lines));
  const bool lines_cut = lines.size() < kept.size();
  reading.cut = bytes_cut || lines_cut;
  CsvTable table = read_csv(lines);
  if (reading.cut) {
    const auto whole = read_multipart(body, boundary);
    const Part* whole_file = part_named(whole, "file");
    reading.rows_sent = rows_in(read_csv(whole_file == nullptr ? kept : whole_file->content));
  } else {
    reading.rows_sent = rows_in(table);
  }
  if (lines_cut && knobs.too_many_rows == TooManyRows::bad_request) reading.refused = "too many lines";
  // A last record without its closing quote was hit by the cut.
  take_rows(std::move(table), reading.cut, knobs, reading.job);
  if (lines_cut && knobs.too_many_rows == TooManyRows::failed_activity) reading.job.broken = "Too many lines";
  return reading;
}

}  // namespace sandbox

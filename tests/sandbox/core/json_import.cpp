#include <algorithm>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "sandbox/core/import_reading.hpp"
#include "sandbox/core/row_rules.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;

std::size_t rows_in(std::string_view body) {
  boost::system::error_code unreadable;
  const json::value value = json::parse(body, unreadable);
  if (unreadable || !value.is_object()) return 0;
  const auto* data = value.get_object().if_contains("import_data");
  return data != nullptr && data->is_array() ? data->get_array().size() : 0;
}

/// The value as an import stores it; none where its type is not the field's. Null is no value.
std::optional<std::string> text_of(std::string_view field, const json::value& value) {
  if (value.is_null()) return std::string{};
  if (field == "birthday_month" || field == "birthday_day") {
    if (!value.is_int64() && !value.is_uint64()) return std::nullopt;
    return json::serialize(value);
  }
  if (!value.is_string()) return std::nullopt;
  return std::string{value.get_string()};
}

std::string read_row(const json::value& value, std::size_t line, ImportJob& job) {
  if (!value.is_object()) return "import_data holds something that is not an object";
  Row row{.line = line, .values = {}};
  for (const auto& [name, content] : value.get_object()) {
    auto text = text_of(name, content);
    if (!text) return "a field of import_data has the wrong type";
    row.values.emplace_back(std::string{name}, std::move(*text));
  }
  job.rows.push_back(std::move(row));
  return {};
}

std::string read_lists(const json::value& value, ImportReading& reading) {
  if (!value.is_array()) return "list_ids is not an array";
  reading.lists_named = true;
  for (const auto& id : value.get_array()) {
    if (!id.is_string()) return "list_ids holds something that is not a string";
    reading.job.list_ids.emplace_back(id.get_string());
  }
  return {};
}

std::string read_document(std::string_view body, const Knobs& knobs, ImportReading& reading) {
  boost::system::error_code unreadable;
  const json::value value = json::parse(body, unreadable);
  if (unreadable || !value.is_object()) return "the body is not a JSON object";
  const auto* data = value.get_object().if_contains("import_data");
  if (data == nullptr || !data->is_array()) return "import_data is missing or not an array";
  if (const auto* lists = value.get_object().if_contains("list_ids")) {
    if (auto mistake = read_lists(*lists, reading); !mistake.empty()) return mistake;
  }
  const auto most = static_cast<std::size_t>(knobs.max_import_lines);
  const auto& rows = data->get_array();
  for (std::size_t index = 0; index < std::min(rows.size(), most); ++index) {
    if (auto mistake = read_row(rows[index], index + 2, reading.job); !mistake.empty()) return mistake;
  }
  if (rows.size() <= most) return {};
  reading.cut = true;
  if (knobs.too_many_rows == TooManyRows::failed_activity) reading.job.broken = "Too many rows";
  return knobs.too_many_rows == TooManyRows::bad_request ? "too many rows" : "";
}

/// Follows brackets and strings, so that the cut can be put behind the last whole row or member.
class Cutter {
 public:
  void take(char character, std::size_t place) {
    if (in_string_) {
      take_in_string(character);
    } else if (character == '"') {
      in_string_ = true;
      string_.clear();
    } else if (character == '{' || character == '[') {
      if (depth_ == 1) in_rows_ = character == '[' && string_ == "import_data";
      ++depth_;
      if (depth_ == 2 && in_rows_) keep(place, "]}");
    } else if (character == '}' || character == ']') {
      --depth_;
      if (depth_ == 2 && in_rows_ && character == '}') keep(place, "]}");
      if (depth_ == 1) keep(place, "}");
      if (depth_ == 0) keep(place, "");
    }
  }
  std::string mended(std::string_view text) const { return std::string{text.substr(0, size_)}.append(closing_); }

 private:
  void take_in_string(char character) {
    if (escaped_) {
      escaped_ = false;
    } else if (character == '\\') {
      escaped_ = true;
    } else if (character == '"') {
      in_string_ = false;
    } else if (depth_ == 1) {
      string_ += character;
    }
  }
  void keep(std::size_t place, std::string_view closing) {
    size_ = place + 1;
    closing_ = closing;
  }

  bool in_string_ = false;
  bool escaped_ = false;
  bool in_rows_ = false;
  int depth_ = 0;
  std::string string_;  ///< The last string at depth 1: the key before a bracket.
  std::size_t size_ = 0;
  std::string_view closing_;
};

}  // namespace

std::string mended_json(std::string_view prefix) {
  Cutter cutter;
  for (std::size_t place = 0; place < prefix.size(); ++place) cutter.take(prefix[place], place);
  return cutter.mended(prefix);
}

ImportReading read_json_import(std::string_view body, const Knobs& knobs) {
  ImportReading reading;
  const auto most = static_cast<std::size_t>(knobs.max_import_bytes);
  if (body.size() > most) {
    reading.refused = read_document(mended_json(body.substr(0, most)), knobs, reading);
    reading.cut = true;
  } else {
    reading.refused = read_document(body, knobs, reading);
  }
  reading.rows_sent = reading.cut ? rows_in(body) : reading.job.rows.size();
  return reading;
}

}  // namespace sandbox

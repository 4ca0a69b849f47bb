#include "constant_contact/json_encoder.hpp"

#include <charconv>

#include <boost/json/serialize.hpp>

#include "contact/fields.hpp"

namespace constant_contact {
namespace {

constexpr std::string_view rows_begin = "\"import_data\":[";

void append_text(std::string_view text, std::string& body) {
  body += boost::json::serialize(boost::json::string_view{text});
}

bool is_whole_number(std::string_view column) {
  return column == contact::name(contact::StandardField::birthday_day) ||
         column == contact::name(contact::StandardField::birthday_month);
}

/// As a number where it is one, else as it came: the vendor says what it thinks of it.
void append_number(std::string_view text, std::string& body) {
  unsigned number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc{} || stop != end) return append_text(text, body);
  body += std::to_string(number);
}

}  // namespace

void JsonEncoder::begin(const delivery::Sheet& sheet, std::string& body) const {
  body += "{\"list_ids\":[";
  for (std::size_t index = 0; index < sheet.list_ids.size(); ++index) {
    if (index > 0) body += ',';
    append_text(sheet.list_ids[index].value, body);
  }
  body += "],";
  body += rows_begin;
}

void JsonEncoder::row(const delivery::Sheet& sheet, std::string_view email, const std::vector<std::string>& values,
                      std::string& body) const {
  if (body.ends_with('}')) body += ',';
  body += "{\"email\":";
  append_text(email, body);
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (values[index].empty()) continue;
    const auto& column = sheet.columns[index];
    body += ',';
    append_text(column, body);
    body += ':';
    if (is_whole_number(column)) {
      append_number(values[index], body);
    } else {
      append_text(values[index], body);
    }
  }
  body += '}';
}

void JsonEncoder::end(std::string& body) const { body += "]}"; }

}  // namespace constant_contact

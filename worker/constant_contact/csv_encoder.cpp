#include "constant_contact/csv_encoder.hpp"

namespace constant_contact {
namespace {

void append_value(std::string_view value, std::string& body) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    body += value;
    return;
  }
  body += '"';
  for (const char character : value) {
    if (character == '"') body += '"';
    body += character;
  }
  body += '"';
}

void append_line(std::string_view first, const std::vector<std::string>& rest, std::string& body) {
  append_value(first, body);
  for (const auto& value : rest) {
    body += ',';
    append_value(value, body);
  }
  body += '\n';
}

}  // namespace

void CsvEncoder::begin(const delivery::Sheet& sheet, std::string& body) const {
  append_line("email", sheet.columns, body);
}

void CsvEncoder::row(const delivery::Sheet& /*sheet*/, std::string_view email, const std::vector<std::string>& values,
                     std::string& body) const {
  append_line(email, values, body);
}

}  // namespace constant_contact

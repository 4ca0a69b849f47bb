#include "sandbox/core/row_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace sandbox {
namespace {

bool is_letter_or_digit(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

template <class Allowed>
bool is_dotted(std::string_view text, Allowed allowed) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [&](char one) { return one == '.' || allowed(one); });
}

bool is_domain(std::string_view domain) {
  if (domain.find('.') == std::string_view::npos) return false;
  if (domain.find("-.") != std::string_view::npos || domain.find(".-") != std::string_view::npos) return false;
  if (domain.front() == '-' || domain.back() == '-') return false;
  return is_dotted(domain, [](char one) { return is_letter_or_digit(one) || one == '-'; });
}

std::optional<int> digits(std::string_view text, std::size_t most) {
  int number = 0;
  if (text.empty() || text.size() > most) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

bool is_day(int month, int day) {
  constexpr std::array most{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= most[static_cast<std::size_t>(month - 1)];
}

/// One of the documented forms: year first or last, with slashes or dashes.
bool is_date(std::string_view text) {
  const char separator = text.find('/') != std::string_view::npos ? '/' : '-';
  const auto first = text.find(separator);
  const auto second = first == std::string_view::npos ? first : text.find(separator, first + 1);
  if (second == std::string_view::npos) return false;
  const std::array pieces{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
  const bool year_first = pieces[0].size() == 4;
  const auto year = year_first ? pieces[0] : pieces[2];
  const auto month = digits(year_first ? pieces[1] : pieces[0], 2);
  const auto day = digits(year_first ? pieces[2] : pieces[1], 2);
  return year.size() == 4 && digits(year, 4) && month && day && is_day(*month, *day);
}

struct Bound {
  std::string_view field;
  std::size_t schema;
  std::size_t table;  ///< Of KB:37423.
};
constexpr std::array<Bound, 8> bounds{{{"phone", 50, 25},
                                       {"street", 255, 50},
                                       {"street2", 255, 50},
                                       {"city", 50, 50},
                                       {"state", 50, 50},
                                       {"zip", 50, 25},
                                       {"country", 50, 25},
                                       {"sms_number", 16, 16}}};
/// Fields that exist as `home_…`, `work_…` and so on beside the plain one.
constexpr std::array<std::string_view, 4> kinds{"home_", "work_", "mobile_", "other_"};

}  // namespace

bool is_address(std::string_view email, const Knobs& knobs) {
  const auto at = email.find('@');
  if (at == std::string_view::npos) return false;
  const bool local = is_dotted(email.substr(0, at), [&](char one) {
    return is_letter_or_digit(one) || std::string_view{"!#$%&'*+/=?^_{|}~-"}.find(one) != std::string_view::npos ||
           (one == '`' && knobs.backtick_allowed);
  });
  return local && is_domain(email.substr(at + 1));
}

std::optional<std::size_t> max_length(std::string_view field, bool csv, const Knobs& knobs) {
  if (field == "email") return static_cast<std::size_t>(csv ? knobs.max_email_csv : knobs.max_email_json);
  if (field.starts_with(custom_prefix)) return 255;
  for (const std::string_view name : {"first_name", "last_name", "job_title", "company_name", "anniversary",
                                      "birthday_month", "birthday_day", "sms_consent_date"}) {
    if (field == name) return 50;
  }
  for (const auto kind : kinds) {
    if (field.starts_with(kind)) {
      field.remove_prefix(kind.size());
      break;
    }
  }
  for (const auto& bound : bounds) {
    if (field == bound.field) return knobs.field_limits_kb ? bound.table : bound.schema;
  }
  return std::nullopt;
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string shortened(std::string_view text, std::size_t length) {
  std::size_t end = 0;
  for (std::size_t seen = 0; end < text.size(); ++end) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U && seen++ == length) break;
  }
  return std::string{text.substr(0, end)};
}

std::string_view wrong_date(const Row& row) {
  const auto month = value_of(row, "birthday_month");
  const auto day = value_of(row, "birthday_day");
  if (!month.empty() || !day.empty()) {
    const auto month_number = digits(month, 2);
    const auto day_number = digits(day, 2);
    if (!month_number || !day_number || !is_day(*month_number, *day_number)) return "birthday";
  }
  const auto anniversary = value_of(row, "anniversary");
  if (!anniversary.empty() && !is_date(anniversary)) return "anniversary";
  return {};
}

bool is_date_field(std::string_view field) {
  return field == "birthday_month" || field == "birthday_day" || field == "anniversary";
}

std::string_view value_of(const Row& row, std::string_view field) {
  for (const auto& [name, value] : row.values) {
    if (name == field) return value;
  }
  return {};
}

std::size_t custom_fields_of(const Row& row) {
  return static_cast<std::size_t>(std::count_if(row.values.begin(), row.values.end(), [](const auto& entry) {
    return entry.first.starts_with(custom_prefix) && !entry.second.empty();
  }));
}

}  // namespace sandbox

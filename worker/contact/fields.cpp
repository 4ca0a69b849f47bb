#include "contact/fields.hpp"

#include <algorithm>
#include <array>

namespace contact {
namespace {

struct Column {
  std::string_view name;
  std::size_t small;
  std::size_t large;
};

// In the order of StandardField. The vendor's bound of 2 for a state is one of US states only, so it is not used.
constexpr std::array<Column, standard_field_count> columns{{
    {"first_name", 50, 50},
    {"last_name", 50, 50},
    {"phone", 25, 50},
    {"job_title", 50, 50},
    {"anniversary", 10, 10},
    {"birthday_day", 2, 2},
    {"birthday_month", 2, 2},
    {"company_name", 50, 50},
    {"street", 50, 255},
    {"street2", 50, 255},
    {"city", 50, 50},
    {"state", 50, 50},
    {"zip", 25, 50},
    {"country", 25, 50},
}};
static_assert(columns[static_cast<std::size_t>(StandardField::country)].name == "country");

}  // namespace

std::string_view name(StandardField field) { return columns[static_cast<std::size_t>(field)].name; }

std::optional<StandardField> parse_standard_field(std::string_view name) {
  const auto* const found = std::ranges::find(columns, name, &Column::name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<StandardField>(found - columns.begin());
}

std::size_t FieldBounds::of(StandardField field) const {
  const Column& column = columns[static_cast<std::size_t>(field)];
  return reading_ == BoundsReading::small ? column.small : column.large;
}

}  // namespace contact

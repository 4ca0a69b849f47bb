#include "delivery/columns.hpp"

#include <algorithm>
#include <set>
#include <variant>

namespace delivery {
namespace {

Error unknown(std::string detail) { return {NextStep::reject, run::Reason::unknown_field, std::move(detail), {}}; }

/// By its name, then its id, then its label, since only the first two are unique.
const CustomField* find(const std::vector<CustomField>& known, const std::string& reference) {
  for (const auto member : {&CustomField::name, &CustomField::id, &CustomField::label}) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const CustomField& field) { return field.*member == reference; });
    if (found != known.end()) return &*found;
  }
  return nullptr;
}

}  // namespace

Result<std::vector<std::string>> resolve_columns(const contact::FieldMapping& mapping,
                                                 const std::vector<CustomField>& known) {
  std::vector<std::string> columns;
  std::set<std::string> taken;
  for (const auto& field : mapping.fields) {
    std::string column;
    if (const auto* standard = std::get_if<contact::StandardField>(&field.target)) {
      column = std::string{contact::name(*standard)};
    } else {
      const auto& reference = std::get<contact::CustomField>(field.target).reference;
      const auto* custom = find(known, reference);
      if (custom == nullptr) return unknown("the account has no custom field '" + reference + "'");
      column = "cf:" + custom->name;
    }
    if (!taken.insert(column).second) return unknown("two attributes are mapped to '" + column + "'");
    columns.push_back(std::move(column));
  }
  return columns;
}

bool has_custom_fields(const contact::FieldMapping& mapping) {
  return std::any_of(mapping.fields.begin(), mapping.fields.end(), [](const contact::MappedField& field) {
    return std::holds_alternative<contact::CustomField>(field.target);
  });
}

}  // namespace delivery

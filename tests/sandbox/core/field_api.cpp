#include <algorithm>
#include <array>
#include <string>

#include <boost/json/parse.hpp>

#include "sandbox/core/answers.hpp"
#include "sandbox/core/api.hpp"
#include "sandbox/core/paging.hpp"
#include "sandbox/core/row_rules.hpp"
#include "sandbox/core/seeding.hpp"
#include "sandbox/core/times.hpp"

namespace sandbox {
namespace {

namespace json = boost::json;

constexpr std::size_t max_fields = 100;
constexpr std::array<std::string_view, 9> types{"string", "date",    "datetime",      "currency",    "text_area",
                                                "number", "boolean", "single_select", "multi_select"};

json::object field_json(const CustomField& field) {
  return {{"custom_field_id", field.id},
          {"label", field.label},
          {"name", field.name},
          {"type", field.type},
          {"created_at", time_text(field.created_at)},
          {"updated_at", time_text(field.created_at)}};
}

}  // namespace

Response get_custom_fields(Call& call) {
  const auto page = read_page(call.query, 50, 100);
  if (!page) return validation_error("limit must be 1 to 100");
  const auto& all = call.account.custom_fields;
  json::array fields;
  for (std::size_t index = page->first; index < page->end(all.size()); ++index) {
    fields.push_back(field_json(all[index]));
  }
  json::object answer{{"custom_fields", std::move(fields)}};
  link_next(answer, *page, all.size(), "/v3/contact_custom_fields");
  return json_answer(200, answer);
}

Response post_custom_field(Call& call) {
  boost::system::error_code unreadable;
  const json::value body = json::parse(call.request.body, unreadable);
  if (unreadable || !body.is_object()) return validation_error("the body is not a JSON object");
  const auto* label = body.get_object().if_contains("label");
  const auto* type = body.get_object().if_contains("type");
  if (label == nullptr || !label->is_string() || label->get_string().empty() || length_of(label->get_string()) > 50) {
    return validation_error("label is missing or too long");
  }
  if (type == nullptr || !type->is_string() ||
      std::find(types.begin(), types.end(), std::string_view{type->get_string()}) == types.end()) {
    return validation_error("type does not have a valid value");
  }
  CustomField field{.id = call.world.random.uuid(),
                    .label = std::string{label->get_string()},
                    .name = name_of_label(label->get_string()),
                    .type = std::string{type->get_string()},
                    .created_at = call.now};
  auto& all = call.account.custom_fields;
  if (std::any_of(all.begin(), all.end(), [&](const CustomField& known) { return known.name == field.name; })) {
    return error_list(409, "contacts.api.conflict", "Validation failed: Name is not unique");
  }
  if (all.size() >= max_fields) return validation_error("too many custom fields");
  all.push_back(std::move(field));
  return json_answer(201, field_json(all.back()));
}

}  // namespace sandbox

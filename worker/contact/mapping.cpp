#include "contact/mapping.hpp"

#include <algorithm>
#include <utility>

#include <boost/container/small_vector.hpp>

#include "contact/blanks.hpp"
#include "contact/utf8.hpp"

namespace contact {
namespace {

std::uint64_t length_bit(std::string_view name) { return std::uint64_t{1} << std::min<std::size_t>(name.size(), 63); }

std::size_t bound(const FieldTarget& target, FieldBounds bounds) {
  const auto* const standard = std::get_if<StandardField>(&target);
  return standard != nullptr ? bounds.of(*standard) : FieldBounds::of_custom_field();
}

MemberFault fault_of_address(EmailFault rule) {
  switch (rule) {
    case EmailFault::empty:
      return {.kind = MemberFault::Kind::missing_email};
    case EmailFault::invalid_utf8:
      return {.kind = MemberFault::Kind::invalid_utf8};
    default:
      return {.kind = MemberFault::Kind::invalid_email, .email_rule = rule};
  }
}

std::optional<MemberFault::Kind> read_value(std::string_view raw, std::size_t max_code_points, std::string& value) {
  using enum MemberFault::Kind;
  if (is_printable_ascii(raw)) {
    const auto trimmed = trim(raw);
    if (trimmed.size() > max_code_points) return field_too_long;
    value.assign(trimmed);
    return std::nullopt;
  }
  if (!is_valid_utf8(raw)) return invalid_utf8;
  one_line(raw, value);
  if (count_code_points(value) > max_code_points) return field_too_long;
  return std::nullopt;
}

}  // namespace

Mapper::Mapper(const FieldMapping& mapping, FieldBounds bounds, EmailLimits limits) : limits_{limits} {
  intern(mapping.email_attribute);
  sources_.reserve(mapping.fields.size());
  for (const MappedField& field : mapping.fields) {
    sources_.push_back({.name = intern(field.attribute), .max_code_points = bound(field.target, bounds)});
  }
}

std::size_t Mapper::intern(std::string_view name) {
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
  lengths_ |= length_bit(name);
  names_.emplace_back(name);
  return names_.size() - 1;
}

Verdict Mapper::decide(std::span<const Attribute> attributes) const {
  std::optional<Row> row;
  if (const auto fault = decide(attributes, row)) return *fault;
  return *std::move(row);
}

std::optional<MemberFault> Mapper::decide(std::span<const Attribute> attributes, std::optional<Row>& row) const {
  boost::container::small_vector<std::string_view, 32> raw(names_.size());
  for (const Attribute& attribute : attributes) {
    if ((lengths_ & length_bit(attribute.name)) == 0) continue;
    const auto found = std::ranges::find(names_, attribute.name);
    if (found != names_.end()) raw[static_cast<std::size_t>(found - names_.begin())] = attribute.value;
  }

  auto email = EmailAddress::parse(raw.front(), limits_);
  if (!email) return fault_of_address(email.error());
  if (row) {
    row->email = *std::move(email);
  } else {
    row.emplace(Row{.email = *std::move(email), .values = {}});
  }

  row->values.resize(sources_.size());
  for (std::size_t field = 0; field < sources_.size(); ++field) {
    const Source& source = sources_[field];
    const auto fault = read_value(raw[source.name], source.max_code_points, row->values[field]);
    if (fault) return MemberFault{.kind = *fault, .field = field};
  }
  return std::nullopt;
}

}  // namespace contact

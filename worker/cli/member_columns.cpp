#include "cli/member_columns.hpp"

#include <algorithm>
#include <utility>

#include "wire/bounds.hpp"

namespace cli {
namespace {

/// Tags and lengths around a member, and around each of its attributes.
constexpr std::size_t member_frame = 32;
constexpr std::size_t attribute_frame = 24;
/// Ids of run and segment, and the envelope.
constexpr std::size_t record_frame = 1'024;

}  // namespace

MemberColumns::MemberColumns(const contact::FieldMapping& mapping, std::string profile_id_column)
    : names_{mapping.email_attribute}, profile_id_column_{std::move(profile_id_column)} {
  for (const contact::MappedField& field : mapping.fields) {
    if (!is_mapped(field.attribute)) names_.push_back(field.attribute);
  }
}

bool MemberColumns::is_mapped(std::string_view column) const {
  return std::ranges::find(names_, column) != names_.end();
}

MemberColumns::Member MemberColumns::pick(const Row& row) {
  attributes_.clear();
  std::string_view profile_id;
  for (const contact::Attribute& cell : row.cells) {
    if (is_mapped(cell.name)) attributes_.push_back(cell);
    if (!profile_id_column_.empty() && cell.name == profile_id_column_) profile_id = cell.value;
  }
  if (profile_id_column_.empty()) {
    row_name_ = "row-" + std::to_string(row.number);
    profile_id = row_name_;
  }
  return {profile_id, attributes_};
}

std::optional<std::string> MemberColumns::objection(const Row& row) {
  const Member member = pick(row);
  if (member.profile_id.size() > wire::most_id_bytes) return "the profile id is longer than 256 bytes";
  if (encoded_bytes(member) + record_frame > most_record_bytes)
    return "the mapped values are longer than 900,000 bytes";
  return std::nullopt;
}

std::size_t MemberColumns::encoded_bytes(const Member& member) {
  std::size_t bytes = member_frame + member.profile_id.size();
  for (const contact::Attribute& attribute : member.attributes) {
    bytes += attribute_frame + attribute.name.size() + attribute.value.size();
  }
  return bytes;
}

}  // namespace cli

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/table_reader.hpp"
#include "contact/mapping.hpp"

namespace cli {

/// Nothing of ours is larger, so that every topic works with Kafka's defaults.
inline constexpr std::size_t most_record_bytes = 900'000;

/// Takes from a row of a file what is published of it: the mapped columns and the profile id, since nobody needs more.
class MemberColumns {
 public:
  /// Without a column for it, the profile id names the row: "row-17".
  MemberColumns(const contact::FieldMapping& mapping, std::string profile_id_column);

  struct Member {
    std::string_view profile_id;
    std::span<const contact::Attribute> attributes;
  };
  /// Views of the row and of this object, until the next one.
  Member pick(const Row& row);

  /// A row that fits no record.
  std::optional<std::string> objection(const Row& row);

  /// At most so many bytes in a SegmentMembers record.
  static std::size_t encoded_bytes(const Member& member);

 private:
  bool is_mapped(std::string_view column) const;

  std::vector<std::string> names_;
  std::string profile_id_column_;
  std::string row_name_;
  std::vector<contact::Attribute> attributes_;
};

}  // namespace cli

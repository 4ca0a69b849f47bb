#include "cli/decide_rows.hpp"

namespace cli {

std::optional<InputFault> decide_rows(intake::RunDecider& decider, std::vector<CheckedInput>& inputs,
                                      MemberColumns columns, const RowVisitor& visit) {
  for (CheckedInput& input : inputs) {
    const std::string& id = input.segment.id.value;
    const auto segment = decider.segment(id);
    for (;;) {
      const auto row = input.table.next();
      if (!row) return row.error();
      if (!*row) break;
      const MemberColumns::Member member = columns.pick(**row);
      visit(**row, id, decider.decide(segment, {member.profile_id, member.attributes}));
    }
    decider.end_segment(id, input.segment.expected_members);
  }
  return std::nullopt;
}

}  // namespace cli

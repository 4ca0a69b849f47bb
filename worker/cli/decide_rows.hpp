#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/input_fault.hpp"
#include "cli/input_options.hpp"
#include "cli/member_columns.hpp"
#include "intake/run_decider.hpp"

namespace cli {

/// Told of each row, the segment that it stands in and what was decided; all of it lives until the next one.
using RowVisitor = std::function<void(const Row&, const std::string& segment, const intake::Decision&)>;

/// Lets intake's decider decide about every row of the files, as a run of them would. None: all went well.
std::optional<InputFault> decide_rows(intake::RunDecider& decider, std::vector<CheckedInput>& inputs,
                                      MemberColumns columns, const RowVisitor& visit);

}  // namespace cli

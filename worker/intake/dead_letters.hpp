#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "intake/input_source.hpp"
#include "run/event.hpp"

namespace intake {

struct Origin {
  std::string topic;
  std::int32_t partition = 0;
};

/// A record that could not be used, with as much of it as a dead letter may hold.
run::DeadLetter dead_letter(const Origin& origin, const InputRecord& record, run::DeadCause cause,
                            std::string_view detail);

/// Input that was gone before it was read.
run::DeadLetter lost_span(const Origin& origin, std::int64_t from, std::int64_t until);

}  // namespace intake

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/input.hpp"

namespace wire {

/// What a record of members or a segment's end says, with text of its own, to be compared.
struct InputContent {
  struct OneMember {
    std::string profile_id;
    std::vector<std::pair<std::string, std::string>> attributes;
    bool out_of_bounds = false;

    bool operator==(const OneMember&) const = default;
  };

  enum class Kind : std::uint8_t { job, members, end, tick };

  Kind kind = Kind::tick;
  std::string run_id;
  std::string segment_id;
  std::optional<std::uint64_t> members_sent{};
  std::vector<OneMember> members;

  bool operator==(const InputContent&) const = default;
};

InputContent content_of(const InputMessage& message);

/// The same as InputReader by the generated classes alone; none where these refuse the record. Of a job its run id.
std::optional<InputContent> read_by_generated_classes(std::string_view payload);

}  // namespace wire

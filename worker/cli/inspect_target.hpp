#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/system/result.hpp>

#include "cli/input_options.hpp"
#include "kafka/settings.hpp"
#include "kafka/topic_reader.hpp"
#include "wire/inspect.hpp"

namespace cli {

/// What `inspect` looks at.
struct InspectTarget {
  wire::Topic kind = wire::Topic::exports;
  std::string topic;
  std::optional<std::int32_t> partition{};
  std::optional<std::int64_t> offset{};
};

/// `TOPIC[:PARTITION[:OFFSET]]`, the topic by what it is for (`exports`) or by its name. Errors: a sentence.
boost::system::result<InspectTarget, OptionMistakes> parse_target(const std::string& text,
                                                                  const kafka::TopicNames& names);

/// `start`, `end`, an offset or a time in UTC. Errors: a sentence.
boost::system::result<kafka::ReadFrom, OptionMistakes> parse_from(const std::string& text);

}  // namespace cli

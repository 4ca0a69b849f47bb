#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "run/event.hpp"
#include "wire/unreadable.hpp"

namespace wire {

Result<run::ResultEvent> decode_result(std::string_view payload);
std::string encode(const run::ResultEvent& event);

using RejectRecord = std::variant<run::RejectedMember, run::DeadLetter>;
Result<RejectRecord> decode_reject(std::string_view payload);
std::string encode(const run::RejectedMember& member);
std::string encode(const run::DeadLetter& letter);

}  // namespace wire

#include "app/topic_watch.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <variant>

#include "cli/outcome.hpp"
#include "wire/control.hpp"

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto moment = 500ms;

TopicFindings unanswered(const kafka::Error& error) { return {.problems = {cli::ending_of(error).text}}; }

}  // namespace

std::vector<std::string> layout_problems(const kafka::TopicNames& names, const std::optional<run::Layout>& begun_with,
                                         const run::Layout& created, const std::vector<kafka::TopicDescription>& real) {
  std::vector<std::string> problems;
  for (const auto& difference : kafka::layout_differences(names, created, real)) problems.push_back(difference.text());
  if (!begun_with) return problems;
  for (const run::TopicLayout& before : begun_with->topics) {
    const auto now = std::ranges::find(created.topics, before.name, &run::TopicLayout::name);
    if (now == created.topics.end() || now->incarnation == before.incarnation) continue;
    problems.push_back(before.name + " was made anew: this process began with incarnation " +
                       std::to_string(before.incarnation) + ", now it is " + std::to_string(now->incarnation));
  }
  return problems;
}

TopicWatch::TopicWatch(const kafka::Settings& settings, const kafka::Hooks& hooks)
    : settings_{settings}, hooks_{hooks}, admin_{settings, hooks} {}

TopicFindings TopicWatch::look() {
  const auto real = admin_.describe(kafka::names_of(settings_.topics));
  if (!real) return unanswered(real.error());
  if (std::ranges::find(*real, settings_.topics.control, &kafka::TopicDescription::name) == real->end()) {
    // Closing a reader of a deleted topic may take long, and whoever asked has to know first.
    reads_anew_ = true;
    return {.problems = {settings_.topics.control + ": topic is missing, must be there; segment-export topics create"},
            .differ = true};
  }
  if (const auto read = read_layout(); !read) {
    control_.reset();
    return unanswered(read.error());
  }
  if (!created_) return {.problems = {settings_.topics.control + " holds no layout; segment-export topics create"}};
  TopicFindings found{.problems = layout_problems(settings_.topics, begun_with_, *created_, *real)};
  found.differ = !found.problems.empty();
  if (!found.differ) begun_with_ = created_;
  return found;
}

kafka::Result<void> TopicWatch::read_layout() {
  if (std::exchange(reads_anew_, false)) control_.reset();
  if (!control_) {
    created_.reset();
    auto& control = control_.emplace(settings_, hooks_);
    if (const auto opened = control.open(settings_.topics.control, kafka::FromStart{}); !opened) return opened.error();
  }
  return read_on(*control_);
}

kafka::Result<void> TopicWatch::read_on(kafka::TopicReader& control) {
  const std::string key = wire::key_of(run::Layout{});
  const auto deadline = std::chrono::steady_clock::now() + settings_.call_timeout;
  for (;;) {
    const bool at_end = control.at_end();
    const auto answer = control.next(at_end ? 0ms : moment);
    if (!answer) return answer.error();
    const std::optional<kafka::ReadRecord>& record = *answer;
    if (!record) {
      if (at_end) return {};
      if (std::chrono::steady_clock::now() < deadline) continue;
      return kafka::Error{kafka::Error::Kind::unreachable, settings_.topics.control + " cannot be read to its end"};
    }
    if (record->key != key) continue;
    created_.reset();
    if (!record->value) continue;
    const auto decoded = wire::decode_control(*record->value);
    if (!decoded) return kafka::Error{kafka::Error::Kind::refused, "the layout is not readable"};
    if (const auto* read = std::get_if<run::Layout>(&*decoded)) created_ = *read;
  }
}

}  // namespace app

#include "app/topic_watch.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

#include "kafka/topic_reader.hpp"
#include "wire/control.hpp"

namespace app {
namespace {

std::vector<std::string> all(const kafka::TopicNames& names) {
  return {names.exports,     names.control, names.decided, names.deliveries,
          names.credentials, names.results, names.rejects};
}

std::optional<std::string> problem_of(const std::string& name, const run::Layout& created,
                                      const std::vector<kafka::TopicDescription>& real) {
  const auto wanted = std::ranges::find(created.topics, name, &run::TopicLayout::name);
  if (wanted == created.topics.end()) return name + " is not in the layout; run topics create";
  const auto found = std::ranges::find(real, name, &kafka::TopicDescription::name);
  if (found == real.end()) return name + " does not exist; run topics create";
  if (static_cast<std::uint32_t>(found->partitions) == wanted->partitions) return std::nullopt;
  return name + " has " + std::to_string(found->partitions) + " partitions and was created with " +
         std::to_string(wanted->partitions);
}

TopicFindings unanswered(const kafka::Error& error) { return {.problems = {"Kafka: " + error.detail}}; }

}  // namespace

std::vector<std::string> layout_problems(const kafka::TopicNames& names, const run::Layout& created,
                                         const std::vector<kafka::TopicDescription>& real) {
  std::vector<std::string> problems;
  for (const std::string& name : all(names)) {
    if (auto problem = problem_of(name, created, real)) problems.push_back(std::move(*problem));
  }
  return problems;
}

TopicWatch::TopicWatch(const kafka::Settings& settings, const kafka::Hooks& hooks)
    : settings_{settings}, hooks_{hooks}, admin_{settings, hooks} {}

TopicFindings TopicWatch::look() {
  const auto real = admin_.describe(all(settings_.topics));
  if (!real) return unanswered(real.error());
  if (std::ranges::find(*real, settings_.topics.control, &kafka::TopicDescription::name) == real->end()) {
    return {.problems = {settings_.topics.control + " does not exist; run topics create"}, .differ = true};
  }
  if (!created_) {
    auto layout = read_layout();
    if (!layout) return unanswered(layout.error());
    created_ = std::move(*layout);
  }
  if (!created_) return {.problems = {"there is no layout; run topics create"}};
  TopicFindings found{.problems = layout_problems(settings_.topics, *created_, *real)};
  found.differ = !found.problems.empty();
  if (found.differ) created_.reset();
  return found;
}

kafka::Result<std::optional<run::Layout>> TopicWatch::read_layout() {
  kafka::TopicReader reader{settings_, hooks_};
  if (const auto opened = reader.open(settings_.topics.control, kafka::FromStart{}); !opened) return opened.error();
  const std::string key = wire::key_of(run::Layout{});
  const auto deadline = std::chrono::steady_clock::now() + settings_.call_timeout;
  std::optional<run::Layout> layout;
  while (!reader.at_end()) {
    const auto answer = reader.next(std::chrono::milliseconds{500});
    if (!answer) return answer.error();
    const std::optional<kafka::ReadRecord>& record = *answer;
    if (!record) {
      if (std::chrono::steady_clock::now() < deadline) continue;
      return kafka::Error{kafka::Error::Kind::unreachable, settings_.topics.control + " cannot be read to its end"};
    }
    if (record->key != key) continue;
    layout.reset();
    if (!record->value) continue;
    const auto decoded = wire::decode_control(*record->value);
    if (!decoded) return kafka::Error{kafka::Error::Kind::refused, "the layout is not readable"};
    if (const auto* read = std::get_if<run::Layout>(&*decoded)) layout = *read;
  }
  return layout;
}

}  // namespace app

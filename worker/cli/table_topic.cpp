#include "cli/table_topic.hpp"

#include <algorithm>
#include <utility>

#include "wire/control.hpp"

namespace cli {
namespace {

using namespace std::chrono_literals;

constexpr auto moment = 200ms;

}  // namespace

kafka::Result<void> read_to_end(kafka::TopicReader& reader, std::chrono::milliseconds longest,
                                const std::function<void(kafka::ReadRecord)>& visit) {
  auto give_up_at = std::chrono::steady_clock::now() + longest;
  while (!reader.at_end()) {
    auto record = reader.next(moment);
    if (!record) return record.error();
    const auto now = std::chrono::steady_clock::now();
    if (*record) {
      visit(std::move(**record));
      give_up_at = now + longest;
    } else if (now >= give_up_at) {
      return kafka::Error{kafka::Error::Kind::unreachable, "a topic cannot be read to its end"};
    }
  }
  return {};
}

kafka::Result<std::map<std::string, std::string>> read_table(const kafka::Settings& settings, const kafka::Hooks& hooks,
                                                             const std::string& topic) {
  kafka::TopicReader reader{settings, hooks};
  if (const auto opened = reader.open(topic, kafka::FromStart{}); !opened) return opened.error();
  std::map<std::string, std::string> table;
  const auto read = read_to_end(reader, settings.call_timeout, [&table](kafka::ReadRecord record) {
    if (record.value) {
      table[record.key] = std::move(*record.value);
    } else {
      table.erase(record.key);
    }
  });
  if (!read) return read.error();
  return table;
}

kafka::Result<std::map<std::string, run::ControlRecord>> read_control(const kafka::Settings& settings,
                                                                      const kafka::Hooks& hooks) {
  const auto table = read_table(settings, hooks, settings.topics.control);
  if (!table) return table.error();
  std::map<std::string, run::ControlRecord> records;
  for (const auto& [key, value] : *table) {
    auto record = wire::decode_control(value);
    if (record) records.emplace(key, std::move(*record));
  }
  return records;
}

}  // namespace cli

#include "sandbox/core/faults.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace sandbox {
namespace {

namespace json = boost::json;
using Effect = Fault::Effect;

constexpr std::array<std::pair<std::string_view, Effect>, 6> effects{{{"latency", Effect::latency},
                                                                      {"answer", Effect::answer},
                                                                      {"reset", Effect::reset},
                                                                      {"truncate", Effect::truncate},
                                                                      {"omit", Effect::omit},
                                                                      {"activity_end", Effect::activity_end}}};
constexpr std::array<std::pair<std::string_view, ActivityState>, 4> ends{{{"failed", ActivityState::failed},
                                                                          {"cancelled", ActivityState::cancelled},
                                                                          {"timed_out", ActivityState::timed_out},
                                                                          {"completed", ActivityState::completed}}};

struct Mistake {
  std::string text;
};

template <class T>
T as(std::string_view name, const json::value& value) {
  const auto result = json::try_value_to<T>(value);
  if (!result) throw Mistake{"wrong type: " + std::string{name}};
  return *result;
}

template <class Table>
auto one_of(const Table& table, const std::string& word) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.first == word; });
  if (found == table.end()) throw Mistake{"unknown word: " + word};
  return found->second;
}

void read_route(const std::string& text, Fault& fault) {
  const auto blank = text.find(' ');
  fault.method = blank == std::string::npos ? "" : text.substr(0, blank);
  fault.route = blank == std::string::npos ? text : text.substr(blank + 1);
}

void read_member(std::string_view name, const json::value& value, Fault& fault) {
  if (name == "route") {
    read_route(as<std::string>(name, value), fault);
  } else if (name == "client") {
    fault.client = as<std::string>(name, value);
  } else if (name == "effect") {
    fault.effect = one_of(effects, as<std::string>(name, value));
  } else if (name == "when") {
    const auto word = as<std::string>(name, value);
    if (word != "before" && word != "after") throw Mistake{"when is before or after"};
    fault.when = word == "before" ? Fault::When::before : Fault::When::after;
  } else if (name == "skip") {
    fault.skip = as<std::int64_t>(name, value);
  } else if (name == "count") {
    fault.count = as<std::int64_t>(name, value);
  } else if (name == "probability") {
    fault.probability = as<double>(name, value);
  } else if (name == "latency_ms") {
    fault.latency = std::chrono::milliseconds{as<std::int64_t>(name, value)};
  } else if (name == "status") {
    fault.status = as<unsigned>(name, value);
  } else if (name == "body") {
    fault.body = value.is_string() ? as<std::string>(name, value) : json::serialize(value);
  } else if (name == "content_type") {
    fault.content_type = as<std::string>(name, value);
  } else if (name == "members") {
    fault.omitted = as<std::vector<std::string>>(name, value);
  } else if (name == "end") {
    const auto word = as<std::string>(name, value);
    if (word != "never") fault.end.state = one_of(ends, word);
  } else if (name == "rows") {
    fault.end.rows = as<std::size_t>(name, value);
  } else {
    throw Mistake{"unknown member: " + std::string{name}};
  }
}

Fault read_fault(const json::value& what) {
  if (!what.is_object()) throw Mistake{"a fault is an object"};
  Fault fault;
  fault.route = "*";
  for (const auto& [name, value] : what.get_object()) read_member(name, value, fault);
  // These alter an answer, so there must be one.
  if (fault.effect == Effect::truncate || fault.effect == Effect::omit) fault.when = Fault::When::after;
  if (fault.effect == Effect::answer && fault.when == Fault::When::before && fault.status == 0) fault.status = 503;
  return fault;
}

/// Whether an armed fault acts now; counts it down.
bool acts(Fault& fault, Random& random) {
  if (fault.skip > 0) {
    --fault.skip;
    return false;
  }
  if (fault.probability < 1 && random.fraction() >= fault.probability) return false;
  if (fault.count > 0) --fault.count;
  return true;
}

}  // namespace

std::string Faults::arm(const json::value& what) {
  const json::value* list = &what;
  if (const auto* object = what.if_object()) {
    if (const auto* inner = object->if_contains("faults")) list = inner;
  }
  try {
    std::vector<Fault> read;
    if (const auto* array = list->if_array()) {
      for (const auto& one : *array) read.push_back(read_fault(one));
    } else {
      read.push_back(read_fault(*list));
    }
    armed_.insert(armed_.end(), read.begin(), read.end());
  } catch (const Mistake& mistake) {
    return mistake.text;
  }
  return {};
}

std::optional<Fault> Faults::next(std::string_view method, std::string_view route, std::string_view client,
                                  Random& random) {
  for (auto fault = armed_.begin(); fault != armed_.end(); ++fault) {
    if (fault->effect == Effect::activity_end) continue;
    if (!fault->method.empty() && fault->method != method) continue;
    if (fault->route != "*" && fault->route != route) continue;
    if (!fault->client.empty() && fault->client != client) continue;
    if (!acts(*fault, random)) continue;
    Fault met = *fault;
    if (fault->count == 0) armed_.erase(fault);
    return met;
  }
  return std::nullopt;
}

std::optional<ForcedEnd> Faults::next_end(Random& random) {
  for (auto fault = armed_.begin(); fault != armed_.end(); ++fault) {
    if (fault->effect != Effect::activity_end || !acts(*fault, random)) continue;
    const ForcedEnd end = fault->end;
    if (fault->count == 0) armed_.erase(fault);
    return end;
  }
  return std::nullopt;
}

void alter(const Fault& fault, Response& response) {
  if (fault.effect == Effect::answer) {
    if (fault.status != 0) response.status = fault.status;
    response.body = fault.body.value_or(fault.status >= 500 ? "" : response.body);
    const std::string type = fault.content_type.empty() ? "application/json" : fault.content_type;
    std::erase_if(response.headers, [](const Header& header) { return header.first == "Content-Type"; });
    response.headers.emplace_back("Content-Type", type);
  } else if (fault.effect == Effect::truncate) {
    response.body.resize(response.body.size() / 2);
  } else if (fault.effect == Effect::omit) {
    boost::system::error_code unreadable;
    json::value value = json::parse(response.body, unreadable);
    if (unreadable || !value.is_object()) return;
    for (const auto& name : fault.omitted) value.get_object().erase(name);
    response.body = json::serialize(value);
  }
}

}  // namespace sandbox

#include <boost/json/parse.hpp>

#include "fuzz/property.hpp"
#include "wire/control.hpp"
#include "wire/credentials.hpp"
#include "wire/decided.hpp"
#include "wire/input.hpp"
#include "wire/inspect.hpp"
#include "wire/journal.hpp"
#include "wire/result.hpp"

namespace {

using fuzz::require;

bool is_readable(wire::Topic topic, std::string_view payload) {
  switch (topic) {
    case wire::Topic::exports:
      return wire::InputReader{}.read(payload).has_value();
    case wire::Topic::control:
      return wire::decode_control(payload).has_value();
    case wire::Topic::decided:
      return wire::decode_decided(payload).has_value();
    case wire::Topic::deliveries:
      return wire::decode_journal(payload).has_value();
    case wire::Topic::credentials:
      return wire::decode_token(payload).has_value();
    case wire::Topic::results:
      return wire::decode_result(payload).has_value();
    case wire::Topic::rejects:
      return wire::decode_reject(payload).has_value();
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto payload = fuzz::text(data, size);
  const auto choice = fuzz::take_byte(payload);
  if (choice > static_cast<std::uint8_t>(wire::Topic::rejects)) return -1;
  const auto topic = static_cast<wire::Topic>(choice);
  const auto shown = wire::to_json(topic, payload, wire::PersonalData::shown);
  const auto hidden = wire::to_json(topic, payload, wire::PersonalData::hidden);
  require(shown.has_value() == hidden.has_value(), "hiding is not refusing");
  require(shown || !is_readable(topic, payload), "what the worker reads can be shown");
  if (!shown) return 0;
  for (const std::string& line : {*shown, *hidden}) {
    boost::system::error_code error;
    boost::json::parse(line, error);
    require(!error && line.find('\n') == std::string::npos, "a record is one line of JSON");
  }
  return 0;
}

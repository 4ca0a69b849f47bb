#include "intake/rule_set.hpp"

#include "contact/icu_version.hpp"
#include "run/digest.hpp"

namespace intake {
namespace {

/// Raised with every change of code in contact/ or intake/ after which some member is decided otherwise.
constexpr int decisions_version = 1;

}  // namespace

std::string rule_set(const Rules& rules) {
  std::string text = "decisions " + std::to_string(decisions_version);
  text += " icu " + contact::icu_version();
  const auto add = [&text](const char* name, auto number) {
    text += std::string{" "} + name + " " + std::to_string(number);
  };
  add("email", rules.email.max_length);
  add("bounds", static_cast<int>(rules.field_bounds));
  add("cap", rules.default_cap);
  add("most-cap", rules.most_cap);
  add("silence", rules.silence_limit.count());
  add("run", rules.run_limit.count());
  add("addresses", rules.partition_addresses);
  add("runs", rules.partition_runs);
  return run::hex(run::sha256(text)).substr(0, 16);
}

}  // namespace intake

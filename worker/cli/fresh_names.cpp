#include "cli/fresh_names.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/time_text.hpp"
#include "run/digest.hpp"

namespace cli {

run::RunId fresh_run_id(run::UtcTime now, std::uint64_t random_bits) {
  std::array<char, 9> suffix{};
  std::snprintf(suffix.data(), suffix.size(), "%08x", static_cast<unsigned>(random_bits & 0xffffffffU));
  return {"run-" + compact_time(now) + "-" + suffix.data()};
}

run::GrantId fresh_grant_id(std::uint64_t high, std::uint64_t low) {
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(high),
                static_cast<unsigned long long>(low));
  return {text.data()};
}

run::ExportId default_export_id(const run::ConnectionId& connection, std::vector<run::ListId> lists) {
  std::ranges::sort(lists);
  const auto repeats = std::ranges::unique(lists);
  lists.erase(repeats.begin(), repeats.end());
  std::string text = connection.value;
  // No id holds a line break, so no two lists of ids give one text.
  for (const run::ListId& list : lists) text.append("\n").append(list.value);
  return {"cli-" + run::hex(run::sha256(text)).substr(0, 12)};
}

}  // namespace cli

#include "wire/keys.hpp"

#include <iomanip>
#include <sstream>

namespace wire {

std::string instance_key(const run::RunInstance& instance) {
  return instance.run_id.value + '/' + std::to_string(instance.partition) + '/' + std::to_string(instance.job_offset);
}

std::string key_part(std::string_view text) {
  std::string part;
  part.reserve(text.size());
  for (const char letter : text) {
    if (letter == '/') {
      part += "%2F";
    } else if (letter == '%') {
      part += "%25";
    } else {
      part += letter;
    }
  }
  return part;
}

std::string date(std::chrono::sys_days day) {
  const std::chrono::year_month_day parts{day};
  std::ostringstream text;
  text << std::setfill('0') << std::setw(4) << static_cast<int>(parts.year()) << '-' << std::setw(2)
       << static_cast<unsigned>(parts.month()) << '-' << std::setw(2) << static_cast<unsigned>(parts.day());
  return text.str();
}

}  // namespace wire

#include "app/by_partition.hpp"

namespace app {

std::string by_partition(const std::map<std::int32_t, std::string>& texts) {
  std::string line;
  for (const auto& [partition, text] : texts) {
    line += (line.empty() ? "partition " : "; partition ") + std::to_string(partition) + text;
  }
  return line;
}

}  // namespace app

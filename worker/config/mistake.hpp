#pragma once

#include <string>
#include <vector>

namespace config {

/// Something in the configuration that a person has to change; the text holds no secret.
struct Mistake {
  std::string place;    ///< Setting and source, or the file and its line.
  std::string problem;  ///< What is wrong and what would be right.

  std::string text() const { return place + ": " + problem; }

  bool operator==(const Mistake&) const = default;
};

using Mistakes = std::vector<Mistake>;

}  // namespace config

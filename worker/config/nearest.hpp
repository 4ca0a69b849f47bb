#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace config {

/// The candidate that somebody who typed `word` most likely meant; none if nothing is close.
///
/// A wrong, missing, extra or swapped character counts one; what is forgiven grows with the word. A dotted name is also
/// found by what follows its last dot.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// "; did you mean --delivery.rate?" with the prefix "--", or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates, std::string_view prefix = "");

}  // namespace config

#include "config/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace config {
namespace {

// A pasted text is no misspelt name; the bound keeps the table of distances small.
constexpr std::size_t longest_word = 200;

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(char a, char b) { return to_lower(a) == to_lower(b); }

/// Optimal string alignment: insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(before_last, last);
    std::swap(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

bool ends_with_part(std::string_view name, std::string_view word) {
  return name.size() > word.size() && name.ends_with(word) && name[name.size() - word.size() - 1] == '.';
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  if (word.empty() || word.size() > longest_word) return std::nullopt;
  const std::string* best = nullptr;
  std::size_t best_distance = word.size() / 5 + 2;  // the first that is too far
  for (const std::string& candidate : candidates) {
    const std::size_t found = ends_with_part(candidate, word) ? 1 : distance(word, candidate);
    if (found >= best_distance) continue;
    best = &candidate;
    best_distance = found;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates, std::string_view prefix) {
  const auto found = nearest(word, candidates);
  if (!found) return "";
  return std::string{"; did you mean "}.append(prefix).append(*found).append("?");
}

}  // namespace config

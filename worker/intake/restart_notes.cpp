#include "intake/restart_notes.hpp"

#include <charconv>
#include <cstddef>
#include <limits>

namespace intake {
namespace {

constexpr std::string_view version = "v1";
/// Up to three are added up; Kafka never comes near.
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max() / 3;

/// The text up to `end`, or all of it; taken off `rest`.
std::string_view take(std::string_view& rest, char end) {
  const auto at = rest.find(end);
  const auto part = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return part;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > highest) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::string> to_metadata(const RestartNotes& notes) {
  // Offsets in the lists count from the restart: they are shorter so.
  std::string text{version};
  text += ";r=" + std::to_string(notes.restart);
  char separator = '=';
  for (const std::int64_t job : notes.ignored_jobs) {
    if (separator == '=') text += ";j";
    text += separator + std::to_string(job - notes.restart);
    separator = ',';
    if (text.size() > RestartNotes::most_bytes) return std::nullopt;
  }
  separator = '=';
  for (const TooLarge& run : notes.too_large) {
    if (separator == '=') text += ";s";
    text += separator + std::to_string(run.job - notes.restart) + '-' + std::to_string(run.seal - run.job);
    separator = ',';
    if (text.size() > RestartNotes::most_bytes) return std::nullopt;
  }
  return text;
}

std::optional<RestartNotes> from_metadata(std::string_view metadata) {
  if (take(metadata, ';') != version) return std::nullopt;
  RestartNotes notes;
  auto part = take(metadata, ';');
  if (take(part, '=') != "r") return std::nullopt;
  const auto restart = number(part);
  if (!restart) return std::nullopt;
  notes.restart = *restart;
  while (!metadata.empty()) {
    part = take(metadata, ';');
    const auto key = take(part, '=');
    if (key != "j" && key != "s") return std::nullopt;
    while (!part.empty()) {
      auto item = take(part, ',');
      const auto job = number(take(item, '-'));
      if (!job) return std::nullopt;
      if (key == "j") {
        notes.ignored_jobs.push_back(notes.restart + *job);
        continue;
      }
      const auto records = number(item);
      if (!records) return std::nullopt;
      notes.too_large.push_back({.job = notes.restart + *job, .seal = notes.restart + *job + *records});
    }
  }
  return notes;
}

}  // namespace intake

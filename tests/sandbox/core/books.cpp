#include "sandbox/core/books.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

#include "sandbox/core/times.hpp"

namespace sandbox {
namespace {

/// `<batch>-<attempt>.csv` -> `<batch>`, so that a batch that was sent as two attempts counts twice.
std::string batch_of(std::string_view file_name) {
  std::string_view batch = file_name;
  if (batch.ends_with(".csv")) batch.remove_suffix(4);
  const auto dash = batch.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == batch.size()) return std::string{batch};
  const bool digits = std::all_of(batch.begin() + static_cast<std::ptrdiff_t>(dash) + 1, batch.end(),
                                  [](unsigned char character) { return std::isdigit(character) != 0; });
  return std::string{digits ? batch.substr(0, dash) : batch};
}

}  // namespace

void Books::token_call(const RequestLine& line) {
  requests_.push_back(line);
  ++counters_.token_calls;
}

void Books::api_call(const RequestLine& line) {
  requests_.push_back(line);
  counters_.max_body_bytes = std::max(counters_.max_body_bytes, line.bytes);
  ++counters_.requests_by_utc_day[day_text(line.time)];
  if (line.client.empty()) return;
  ++counters_.requests_by_client_and_day[line.client][day_text(line.time)];
  auto& recent = recent_[line.client];
  recent.push_back(line.time);
  while (recent.front() <= line.time - std::chrono::seconds{1}) recent.pop_front();
  auto& most = counters_.max_in_sliding_second_by_client[line.client];
  most = std::max(most, recent.size());
  counters_.max_in_sliding_second = std::max(counters_.max_in_sliding_second, most);
}

void Books::json_import(std::string_view body) {
  ++counters_.json_imports_by_body[std::to_string(std::hash<std::string_view>{}(body))];
}

void Books::activity(std::string_view file_name) {
  if (file_name.empty()) return;
  ++counters_.activities_by_batch[batch_of(file_name)];
  ++counters_.activities_by_file[std::string{file_name}];
}

}  // namespace sandbox

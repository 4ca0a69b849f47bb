#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/core/core.hpp"

namespace sandbox {

/// What tests assert from: the log of requests and the counters. It sees every request, refused and faulted ones too.
class Books {
 public:
  void token_call(const RequestLine& line);
  void api_call(const RequestLine& line);
  void activity(std::string_view file_name);
  void json_import(std::string_view body);
  void lost(std::size_t rows) { counters_.rows_lost += rows; }
  void refreshed() { ++counters_.refreshes; }
  void spent_presented() { ++counters_.spent_refresh_tokens; }

  const std::vector<RequestLine>& requests() const { return requests_; }
  const Counters& counters() const { return counters_; }

 private:
  std::vector<RequestLine> requests_;
  std::map<std::string, std::deque<Time>> recent_;  ///< By client.
  Counters counters_;
};

}  // namespace sandbox

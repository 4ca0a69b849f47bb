#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "sandbox/core/activity.hpp"
#include "sandbox/core/ids.hpp"

namespace sandbox {

/// One armed fault.
struct Fault {
  enum class Effect : std::uint8_t { latency, answer, reset, truncate, omit, activity_end };
  enum class When : std::uint8_t { before, after };  ///< The request is processed.

  std::string method;  ///< Empty: any.
  std::string route;   ///< `*`: any.
  std::string client;  ///< Empty: any.
  Effect effect = Effect::latency;
  When when = When::before;
  std::int64_t skip = 0;   ///< Requests that pass before it begins.
  std::int64_t count = 1;  ///< Requests that it meets; -1: all.
  double probability = 1;
  std::chrono::milliseconds latency{0};
  unsigned status = 0;  ///< Of `answer`; 0: as it was.
  std::optional<std::string> body;
  std::string content_type;
  std::vector<std::string> omitted;  ///< Members of the answer's object.
  ForcedEnd end;
};

/// The faults in the order in which they were armed; the first that fits is the one that acts.
class Faults {
 public:
  /// One object, an array of them, or `{"faults": […]}`; the text of the mistake, or empty.
  std::string arm(const boost::json::value& what);
  void clear() { armed_.clear(); }
  /// The fault that meets this request, counted down.
  std::optional<Fault> next(std::string_view method, std::string_view route, std::string_view client, Random& random);
  /// How the activity that is being created shall end, where that is armed.
  std::optional<ForcedEnd> next_end(Random& random);

 private:
  std::deque<Fault> armed_;
};

/// What becomes of an answer that was made.
void alter(const Fault& fault, Response& response);

}  // namespace sandbox

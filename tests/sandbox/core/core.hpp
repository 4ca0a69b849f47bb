#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "sandbox/core/http.hpp"
#include "sandbox/core/knobs.hpp"

namespace sandbox {

struct Member {
  std::string email;
  std::string first_name;
  std::string last_name;
  std::map<std::string, std::string> fields;  ///< Others by their import names; custom ones with `cf:`.
  std::size_t imports = 0;                    ///< That named this person, whatever came of it.
};

/// One request to the token host or the API, as it was answered.
struct RequestLine {
  Time time;
  std::string client;   ///< Empty where the request named none that we know.
  std::string account;  ///< The same.
  std::string route;    ///< Path with its ids replaced: `/v3/activities/{activity_id}`.
  std::string method;
  unsigned status = 0;  ///< 0: the connection was reset.
  std::size_t bytes = 0;
  std::size_t rows = 0;   ///< Of an import, as sent.
  std::string file_name;  ///< Of a CSV import.
};

struct Counters {
  std::size_t max_in_sliding_second = 0;                      ///< API requests of one client within any second.
  std::map<std::string, std::uint64_t> requests_by_utc_day;   ///< API requests of all clients; "2026-03-01".
  std::map<std::string, std::uint64_t> activities_by_batch;   ///< File name without `-<attempt>.csv`.
  std::map<std::string, std::uint64_t> activities_by_file;    ///< Whole file name.
  std::map<std::string, std::uint64_t> json_imports_by_body;  ///< By a hash of the body: they carry no name.
  std::size_t max_body_bytes = 0;                             ///< API requests.
  std::uint64_t rows_lost = 0;                                ///< Sent, but cut off by the limits of an import.
  std::uint64_t token_calls = 0;
  std::uint64_t refreshes = 0;             ///< Token calls that gave a new access token.
  std::uint64_t spent_refresh_tokens = 0;  ///< Token calls that presented a spent one.
  std::map<std::string, std::size_t> max_in_sliding_second_by_client;
  std::map<std::string, std::map<std::string, std::uint64_t>> requests_by_client_and_day;
};

struct World;

/// Stand-in for Constant Contact as a state machine: it is told the time, and one seed decides all that is random.
///
/// Serves `/oauth2/default/v1/token`, `/v3/…` and `/__sandbox/…` alike. Imports make progress by the time that is told,
/// so nobody has to call it while nothing is asked.
/// Threads: one. Units: time may not run backwards; a smaller one counts as the largest so far.
class Core {
 public:
  explicit Core(std::uint64_t seed = 1);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  Outcome handle(const Request& request, Time now);

  /// The bodies of the control routes of the same names; the text of the mistake, or empty.
  std::string seed(const boost::json::value& what, Time now);
  std::string arm(const boost::json::value& faults);
  Knobs& knobs();
  /// Forgets everything but the offset of the clock.
  void reset();

  /// In the order in which they joined; members of a list that nobody knows: none.
  std::vector<Member> members(std::string_view list_id, Time now);
  const std::vector<RequestLine>& requests() const;
  Counters counters() const;
  /// Activities that have not ended.
  std::size_t unfinished(Time now);

 private:
  std::unique_ptr<World> world_;
};

/// What `--demo` of the server and the local stack begin with.
boost::json::value demo_seed();

}  // namespace sandbox

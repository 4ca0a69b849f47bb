#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "contact/mapping.hpp"
#include "delivery/row_encoder.hpp"
#include "delivery/settings.hpp"
#include "run/export_job.hpp"
#include "run/packer.hpp"

namespace cli {

/// What a run needs of the vendor at least.
struct Forecast {
  std::uint64_t imports = 0;
  std::uint64_t requests = 0;
  std::chrono::milliseconds requests_take{};  ///< At the configured rate; the vendor's own time comes on top.
  double share_of_day = 0;                    ///< Of the day's calls; above 1: more than a day.
};

/// `requests`: one for the account, one for each list (or a page of 500), one for custom fields, the imports, and a
/// look at each group of imports that go in parallel.
Forecast forecast(std::uint64_t imports, std::size_t lists, bool custom_fields, const delivery::Settings& settings);

bool has_custom_fields(const contact::FieldMapping& mapping);

/// Counts the imports that a run's rows will need, by the bytes that would be sent.
class ImportCounter {
 public:
  /// `job`: its mapping and lists. `encoder`: outlives this.
  ImportCounter(const run::ExportJob& job, const delivery::RowEncoder& encoder, run::PackingLimits limits);

  void add(const contact::Row& row);
  std::uint64_t imports() const { return full_ + (packer_->rows() > 0 ? 1 : 0); }

 private:
  void begin();
  run::Packer::Fits offer(const contact::Row& row);

  const delivery::RowEncoder& encoder_;
  delivery::Sheet sheet_;
  run::PackingLimits limits_;
  std::optional<run::Packer> packer_;
  std::string body_;
  std::uint64_t full_ = 0;
};

std::string forecast_text(const Forecast& forecast);
boost::json::object forecast_json(const Forecast& forecast);

}  // namespace cli

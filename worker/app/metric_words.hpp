#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "config/worker.hpp"
#include "delivery/error.hpp"
#include "telemetry/delivery_metrics.hpp"
#include "telemetry/intake_metrics.hpp"

namespace app {

/// Applications as metrics name them: by their names in the settings; what is not configured is `other`.
class ApplicationLabels {
 public:
  explicit ApplicationLabels(const std::vector<config::Application>& applications);

  const std::vector<std::string>& names() const { return names_; }
  std::size_t index(const run::ApplicationId& id) const;
  const std::string& name(const run::ApplicationId& id) const { return names_[index(id)]; }

 private:
  std::vector<std::string> names_;
  std::map<run::ApplicationId, std::size_t> indexes_;
};

/// Index of a request's outcome among DeliveryWords::outcomes; none: the answer that was asked for.
std::size_t outcome_index(const delivery::Error* error);

telemetry::IntakeWords intake_words();
telemetry::DeliveryWords delivery_words(const ApplicationLabels& applications);

}  // namespace app

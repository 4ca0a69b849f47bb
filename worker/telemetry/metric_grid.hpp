#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/labels.h>

namespace telemetry {

/// A label and all the values that it can have; the index of a value is what a caller names it by, so an enumerator of
/// an enum from 0 on will do.
struct Label {
  std::string name;
  std::vector<std::string> values;
};

/// The metrics of one family, all made at construction: one for each combination of the labels' values.
template <class Metric, std::size_t dimensions = 1>
class MetricGrid {
 public:
  template <class... Arguments>
  MetricGrid(prometheus::Family<Metric>& family, std::array<Label, dimensions> labels, const Arguments&... arguments) {
    std::size_t combinations = 1;
    for (std::size_t i = 0; i < dimensions; ++i) {
      sizes_[i] = labels[i].values.size();
      combinations *= sizes_[i];
    }
    for (std::size_t combination = 0; combination < combinations; ++combination) {
      prometheus::Labels values;
      std::size_t rest = combination;
      for (std::size_t i = dimensions; i-- > 0;) {
        values.emplace(labels[i].name, labels[i].values[rest % sizes_[i]]);
        rest /= sizes_[i];
      }
      metrics_.push_back(&family.Add(values, arguments...));
    }
  }

  template <class... Key>
  Metric& at(Key... keys) const {
    static_assert(sizeof...(Key) == dimensions);
    const std::array<std::size_t, dimensions> indexes{static_cast<std::size_t>(keys)...};
    std::size_t combination = 0;
    for (std::size_t i = 0; i < dimensions; ++i) {
      assert(indexes[i] < sizes_[i]);
      combination = combination * sizes_[i] + indexes[i];
    }
    return *metrics_[combination];
  }

 private:
  std::array<std::size_t, dimensions> sizes_{};
  std::vector<Metric*> metrics_;
};

/// One gauge for each partition that this process owns; bounded by the topic's partitions.
class PartitionGauges {
 public:
  explicit PartitionGauges(prometheus::Family<prometheus::Gauge>& family) : family_{family} {}

  void set(std::int32_t partition, double value) {
    auto found = gauges_.find(partition);
    if (found == gauges_.end()) {
      found = gauges_.emplace(partition, &family_.Add({{"partition", std::to_string(partition)}})).first;
    }
    found->second->Set(value);
  }

  /// Another process has it now: two that tell different values for one partition would puzzle everybody.
  void forget(std::int32_t partition) {
    const auto found = gauges_.find(partition);
    if (found == gauges_.end()) return;
    family_.Remove(found->second);
    gauges_.erase(found);
  }

 private:
  prometheus::Family<prometheus::Gauge>& family_;
  std::map<std::int32_t, prometheus::Gauge*> gauges_;
};

}  // namespace telemetry

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/input_fault.hpp"
#include "cli/input_options.hpp"
#include "cli/interruption.hpp"
#include "cli/member_columns.hpp"
#include "cli/progress_bar.hpp"
#include "kafka/publisher.hpp"
#include "wire/input.hpp"

namespace cli {

enum class RecordsOf : std::uint8_t { one_member, many_members };

/// Publishes a whole run: the job, every member, the end of each segment.
class RunPublisher {
 public:
  /// The references outlive it.
  RunPublisher(kafka::Publisher& publisher, std::string topic, const run::ExportJob& job, MemberColumns columns,
               RecordsOf records);

  enum class End : std::uint8_t { published, interrupted, kafka_failed, input_failed };

  /// Returns after everything was acknowledged. `longest` bounds the last wait for that.
  End publish(std::vector<CheckedInput>& inputs, ProgressBar& bar, const Interruption& interruption,
              std::chrono::milliseconds longest);

  /// Of `kafka_failed`.
  const kafka::Error& kafka_error() const { return *kafka_error_; }
  /// Of `input_failed`: the file changed after it was checked.
  const InputFault& input_fault() const { return *input_fault_; }
  std::uint64_t members() const { return members_; }

 private:
  bool publish_segment(CheckedInput& input, ProgressBar& bar, const Interruption& interruption);
  bool put(const std::string& value);
  void show(ProgressBar& bar) const;

  kafka::Publisher& publisher_;
  std::string topic_;
  const run::ExportJob& job_;
  MemberColumns columns_;
  RecordsOf records_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::uint64_t total_ = 0;
  std::uint64_t members_ = 0;
  std::optional<kafka::Error> kafka_error_;
  std::optional<InputFault> input_fault_;
};

}  // namespace cli

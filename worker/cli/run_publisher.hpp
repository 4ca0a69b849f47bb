#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "cli/input_fault.hpp"
#include "cli/input_options.hpp"
#include "cli/interruption.hpp"
#include "cli/member_columns.hpp"
#include "cli/outcome.hpp"
#include "cli/progress_bar.hpp"
#include "kafka/publisher.hpp"
#include "wire/input.hpp"

namespace cli {

/// People in one record at most. Where it is 1 they go as SegmentMember.
inline constexpr std::size_t as_many_as_fit = std::numeric_limits<std::size_t>::max();

/// Of `single`, `many` or a number from 1 on; none where it is neither.
std::optional<std::size_t> members_per_record(const std::string& text);

/// Takes the records of a run, in their order. Real: ToTopic. Fake: in the unit tests.
class RunSink {
 public:
  virtual ~RunSink() = default;

  virtual kafka::Result<void> put(const run::RunId& run, const std::string& value) = 0;

  /// Ends when everything is acknowledged.
  virtual kafka::Result<void> flush(std::chrono::milliseconds longest) = 0;
};

/// The references outlive it.
class ToTopic : public RunSink {
 public:
  ToTopic(kafka::Publisher& publisher, const std::string& topic) : publisher_{publisher}, topic_{topic} {}

  kafka::Result<void> put(const run::RunId& run, const std::string& value) override;
  kafka::Result<void> flush(std::chrono::milliseconds longest) override;

 private:
  kafka::Publisher& publisher_;
  const std::string& topic_;
};

/// Publishes a whole run: the job, every member, the end of each segment.
class RunPublisher {
 public:
  /// The references outlive it.
  RunPublisher(RunSink& sink, const run::ExportJob& job, MemberColumns columns, std::size_t most_per_record);

  enum class End : std::uint8_t { published, interrupted, kafka_failed, input_failed };

  /// Returns after everything was acknowledged. `longest` bounds the last wait for that.
  End publish(std::vector<CheckedInput>& inputs, ProgressBar& bar, const Interruption& interruption,
              std::chrono::milliseconds longest);

  /// What to say of an end other than `published`: what went wrong, what becomes of a run that is published in part,
  /// and what to do. `silence`: after which workers seal it.
  Ending half_published(std::chrono::milliseconds silence) const;

 private:
  bool publish_segment(CheckedInput& input, ProgressBar& bar, const Interruption& interruption);
  Ending what_stopped_it() const;
  bool put(const std::string& value);
  void show(ProgressBar& bar) const;

  RunSink& sink_;
  const run::ExportJob& job_;
  MemberColumns columns_;
  std::size_t most_per_record_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::uint64_t total_ = 0;
  std::uint64_t members_ = 0;
  std::optional<kafka::Error> kafka_error_;
  std::optional<InputFault> input_fault_;  ///< The file changed after it was checked.
};

}  // namespace cli

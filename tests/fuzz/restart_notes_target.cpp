#include <algorithm>

#include "fuzz/property.hpp"
#include "intake/restart_notes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using fuzz::require;
  const auto metadata = fuzz::text(data, size);
  const auto notes = intake::from_metadata(metadata);
  if (!notes) return 0;
  require(notes->restart >= 0, "an offset is not negative");
  require(std::ranges::all_of(notes->ignored_jobs, [&](std::int64_t job) { return job >= notes->restart; }),
          "a job lies at or after the restart");
  require(std::ranges::all_of(notes->too_large,
                              [&](const auto& run) { return run.job >= notes->restart && run.seal >= run.job; }),
          "a seal lies at or after its job");
  const auto again = intake::to_metadata(*notes);
  require(again.has_value() && again->size() <= metadata.size(), "what was read is written no longer than it was");
  require(intake::from_metadata(*again) == *notes, "what was read and written again reads equal");
  return 0;
}

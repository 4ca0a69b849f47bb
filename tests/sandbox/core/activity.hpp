#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/core/http.hpp"
#include "sandbox/core/knobs.hpp"

namespace sandbox {

enum class ActivityState : std::uint8_t { initialized, processing, completed, cancelled, failed, timed_out };
const char* name_of(ActivityState state);

/// One row of an import as it was sent.
struct Row {
  std::size_t line = 0;  ///< The header is line 1.
  std::vector<std::pair<std::string, std::string>> values;
};

/// What an import asks for, read once and carried out when its turn comes.
struct ImportJob {
  bool csv = true;
  std::vector<std::string> list_ids;
  std::vector<Row> rows;
  std::string broken;  ///< Why the whole job fails; else empty.
};

struct ImportCounts {
  std::size_t persons = 0;
  std::size_t errors = 0;
  std::size_t correctable = 0;
  std::size_t cannot_add_to_list = 0;
};

/// How an armed fault makes a job end.
struct ForcedEnd {
  std::optional<ActivityState> state;  ///< None: it never ends.
  std::size_t rows = 0;                ///< Carried out before that.
};

struct Activity {
  std::string id;
  std::string file_name;
  Time created_at;
  Time starts_at;
  Time ends_at;  ///< Both are Time::max() where the queue before it never ends.
  ActivityState state = ActivityState::initialized;
  std::size_t rows = 0;  ///< Stays when the job's rows are gone.
  std::size_t lists = 0;
  ImportCounts counts;
  std::vector<std::string> errors;
  std::optional<ForcedEnd> forced;
  std::optional<ImportJob> import;  ///< Emptied when it was carried out.
  std::string deletes_list;         ///< The list that it deletes; else empty.
};

}  // namespace sandbox

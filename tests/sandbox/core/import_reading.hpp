#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

#include "sandbox/core/activity.hpp"
#include "sandbox/core/knobs.hpp"

namespace sandbox {

/// What an import's body says after the vendor has cut it. Pure.
struct ImportReading {
  ImportJob job;
  bool lists_named = false;  ///< Else `list_ids` is missing from what survived the cut.
  bool cut = false;          ///< Bytes or lines were dropped.
  std::size_t rows_sent = 0;
  std::string refused;      ///< Why the request is no import at all (400); else empty.
  bool wrong_file = false;  ///< The upload is not a `.csv` (415).
  std::string file_name;
};

ImportReading read_csv_import(std::string_view body, std::string_view boundary, const Knobs& knobs);
ImportReading read_json_import(std::string_view body, const Knobs& knobs);

/// The longest prefix of a JSON import that is a document once its brackets are closed; rows that the cut hits are
/// gone.
std::string mended_json(std::string_view prefix);

}  // namespace sandbox

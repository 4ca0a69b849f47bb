#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct CsvTable {
  std::vector<std::vector<std::string>> records;  ///< The header is the first one.
  bool malformed = false;                         ///< Not RFC 4180 after the last record.
};

/// Blanks are part of a value; lines without any character are no records.
CsvTable read_csv(std::string_view text);

}  // namespace sandbox

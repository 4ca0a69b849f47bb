#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "delivery/log.hpp"

namespace delivery {

/// Records of the compacted topics that this release cannot read. While there is one nothing may be done: it may be an
/// order that something must not be done.
class Unreadable {
 public:
  /// `table`: for people. A later record under the same key takes the place of the one before.
  void note(const std::string& table, const LogRecord& record, bool readable) {
    if (readable) {
      records_.erase(table + '/' + record.key);
    } else {
      // As `inspect` takes it. A key that others chose may be personal data.
      records_[table + '/' + record.key] =
          table + ':' + std::to_string(record.partition) + ':' + std::to_string(record.offset);
    }
  }

  bool any() const { return !records_.empty(); }
  /// One of them.
  std::string where() const { return any() ? records_.begin()->second : std::string{}; }

 private:
  std::map<std::string, std::string> records_;
};

}  // namespace delivery

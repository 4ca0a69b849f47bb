#pragma once

#include <map>
#include <memory>
#include <vector>

#include "delivery/application_line.hpp"
#include "delivery/journal_record.hpp"
#include "delivery/journal_state.hpp"

namespace delivery {

/// The lines of all applications of a partition; each is made when first asked for.
class ApplicationLines {
 public:
  explicit ApplicationLines(TokenKeeper::Parts parts) : parts_{parts} {}

  void restore(const JournalState& journal) {
    for (const auto& block : journal.quota_blocks()) of(block.application).restore(block);
    for (const auto& intent : journal.refresh_intents()) of(intent.application).restore(intent);
  }

  /// What lets the next owner make the calls that this one counted and did not make.
  JournalWriter::Unit give_back() {
    JournalWriter::Unit unit;
    for (const auto& [application, line] : lines_) {
      if (const auto block = line->give_back()) unit.push_back(to_journal(*block));
    }
    return unit;
  }

  ApplicationLine& of(const run::ApplicationId& application) {
    auto& line = lines_[application];
    if (!line) line = std::make_unique<ApplicationLine>(application, parts_);
    return *line;
  }

  /// Whether a request of any of them is on its way.
  bool busy() const {
    for (const auto& [application, line] : lines_) {
      if (line->busy()) return true;
    }
    return false;
  }

 private:
  TokenKeeper::Parts parts_;
  std::map<run::ApplicationId, std::unique_ptr<ApplicationLine>> lines_;
};

}  // namespace delivery

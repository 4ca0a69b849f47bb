#pragma once

namespace cli {

/// Lets a command end in order when a person stops it (SIGINT, SIGTERM); the second signal ends it at once.
///
/// Threads: one object at a time in a process.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool asked() const;
};

}  // namespace cli

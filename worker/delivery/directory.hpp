#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "async/clock.hpp"
#include "delivery/log.hpp"
#include "run/control.hpp"

namespace delivery {

/// What `export-control` says: connections, pauses, cancels, releases and questions.
class Directory {
 public:
  /// False: the record cannot be read; what was known of its key stays.
  bool apply(const LogRecord& record, async::BootTime now);

  /// The topic was read to its end as it was at `now`.
  void read_to_end(async::BootTime now);

  struct Entry {
    run::Connection connection;
    std::int64_t record_offset = -1;
  };
  const Entry* connection(const run::ConnectionId& id) const;

  struct Asked {
    run::Request request;
    run::UtcTime at{};
  };
  /// Questions, by their key; those that expired long ago are forgotten.
  const std::map<std::string, Asked>& requests() const { return requests_; }

  enum class Absence : std::uint8_t {
    not_sure,  ///< Not read to the end, or not for long enough: wait.
    never,     ///< There is no such connection.
    removed,   ///< There was one.
  };
  /// Of a connection that connection() does not find.
  Absence absence(const run::ConnectionId& id, async::BootTime now, std::chrono::nanoseconds belief) const;

  const run::Pause* pause(run::PauseScope scope, const std::string& id) const;
  const run::CancelRun* canceled(const run::RunInstance& instance) const;
  const run::ReleaseRun* released(const run::RunInstance& instance) const;

 private:
  struct Record {
    run::ControlRecord record;
    std::int64_t offset = -1;
  };
  template <class T>
  const T* find(const T& key) const;

  std::map<std::string, Record> records_;
  std::map<std::string, Asked> requests_;
  std::map<std::string, async::BootTime> removed_;
  std::map<std::string, Entry> connections_;
  std::optional<async::BootTime> read_to_end_at_;
};

}  // namespace delivery

#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "kafka/error.hpp"
#include "kafka/settings.hpp"
#include "kafka/topic_reader.hpp"
#include "run/control.hpp"

namespace cli {

/// Reads an open topic to where it ended when it was opened.
///
/// Errors: `unreachable` when nothing comes for `longest`.
kafka::Result<void> read_to_end(kafka::TopicReader& reader, std::chrono::milliseconds longest,
                                const std::function<void(kafka::ReadRecord)>& visit);

/// A compacted topic as it is now: the last value of each key.
kafka::Result<std::map<std::string, std::string>> read_table(const kafka::Settings& settings, const kafka::Hooks& hooks,
                                                             const std::string& topic);

/// `export-control` as it is now, by key. Records that this release does not understand are left out.
kafka::Result<std::map<std::string, run::ControlRecord>> read_control(const kafka::Settings& settings,
                                                                      const kafka::Hooks& hooks);

}  // namespace cli

#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/system/result.hpp>

#include "config/mistake.hpp"
#include "config/secret.hpp"
#include "config/setting.hpp"
#include "config/sources.hpp"
#include "constant_contact/settings.hpp"
#include "delivery/settings.hpp"
#include "http/settings.hpp"
#include "intake/settings.hpp"
#include "kafka/settings.hpp"
#include "run/ids.hpp"
#include "telemetry/log_line.hpp"

namespace config {

/// An OAuth client that is registered with the vendor.
struct Application {
  std::string name;  ///< In the settings and as a label of metrics.
  run::ApplicationId id;
  Secret secret;
};

struct Stages {
  bool intake = true;
  bool delivery = true;
};

struct Admin {
  std::string address;
  std::uint16_t port = 0;
  std::string ports_file;
};

/// All that this program can be told.
struct Worker {
  kafka::Settings kafka;
  Stages stages;
  intake::Settings intake;
  delivery::Settings delivery;
  constant_contact::Settings constant_contact;
  http::Settings http;
  std::vector<Application> applications;
  std::vector<std::filesystem::path> key_files;
  Admin admin;
  telemetry::Level log_level = telemetry::Level::info;
  std::chrono::milliseconds grace_period{};

  const Application* application(const run::ApplicationId& id) const;
};

/// What the settings are read for: what must be there, and whether files of secrets are opened.
enum class Use : std::uint8_t {
  worker,
  client,   ///< A command that talks to Kafka; the secrets of applications are left alone.
  offline,  ///< A command that needs nothing: nothing is required.
};

boost::system::result<Worker, Mistakes> load(const Sources& sources, Use use);

/// All that there is to say about the settings as they are now, for `config check` and the log at the start.
struct Findings {
  std::vector<Entry> entries;
  Mistakes mistakes;
};
Findings look_at(const Sources& sources, Use use);

/// Which settings there are.
std::vector<Setting> worker_settings();

}  // namespace config

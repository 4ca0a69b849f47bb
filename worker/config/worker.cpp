#include "config/worker.hpp"

#include <algorithm>

#include "config/applications.hpp"
#include "config/file_content.hpp"
#include "config/reader.hpp"
#include "config/sections.hpp"
#include "vault/key.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;

Stages read_stages(Reader& read) {
  const auto names = read.list("stages", {.fallback = std::vector<std::string>{"intake", "delivery"},
                                          .help = "What this process does: intake, delivery or both."});
  Stages stages{.intake = false, .delivery = false};
  for (const std::string& name : names) {
    if (name == "intake") {
      stages.intake = true;
    } else if (name == "delivery") {
      stages.delivery = true;
    } else {
      read.refuse("stages", "knows intake and delivery only");
    }
  }
  return stages;
}

std::vector<std::filesystem::path> read_key_files(Reader& read) {
  const auto paths = read.list("credentials.key-file",
                               {.fallback = std::vector<std::string>{},
                                .help = "Files with the keys that tokens are stored under: the first encrypts, all "
                                        "of them decrypt. 32 bytes, raw, base64 or hexadecimal; delivery needs one."});
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (const auto problem = unreadable(path)) read.refuse("credentials.key-file", problem->text());
    files.emplace_back(path);
  }
  return files;
}

Admin read_admin(Reader& read) {
  return {.address = read.text("admin.address", {.fallback = "0.0.0.0",
                                                 .help = "Where /metrics, /livez and /readyz "
                                                         "are listened for."}),
          .port = read.count<std::uint16_t>("admin.port", {.fallback = 9464, .help = "0: a free one."}),
          .ports_file = read.text("admin.ports-file",
                                  {.fallback = "", .help = "Is written with ADMIN_URL=… once the port is open."})};
}

/// What delivery needs and other uses do without.
void check_delivery(Reader& read, const Worker& worker) {
  if (worker.key_files.empty()) {
    read.refuse("credentials.key-file", "is required by delivery");
  } else if (const auto keys = vault::load_keys(worker.key_files); !keys) {
    read.refuse("credentials.key-file", keys.error().what);
  }
  if (worker.applications.empty()) {
    read.refuse("applications", "is empty: delivery needs application.<name>.client-id of at least one");
  }
  for (const Application& application : worker.applications) {
    if (application.secret.empty()) {
      read.refuse("application." + application.name + ".client-secret-file", "is required by delivery");
    }
  }
}

telemetry::Level read_log_level(Reader& read) {
  using telemetry::Level;
  return read.choice<Level>(
      "log.level",
      {.names = {{"debug", Level::debug}, {"info", Level::info}, {"warning", Level::warning}, {"error", Level::error}},
       .fallback = Level::info,
       .help = "Least level that is written."});
}

/// In the order of the help; what has no section comes first.
Worker read_worker(Reader& read, const std::vector<std::string>& named_applications, Use use) {
  Worker worker;
  const std::string brokers = read_brokers(read, use == Use::offline ? Presence::optional : Presence::required);
  worker.stages = read_stages(read);
  const auto application_names = read_application_names(read, named_applications);
  const std::string default_application =
      read.text("default-application", {.fallback = "",
                                        .help = "Name or client id of the application of jobs that name none; "
                                                "unless set, the only one."});
  worker.grace_period = read.duration("grace-period", {.fallback = 60s,
                                                       .min = 100ms,
                                                       .max = 1h,
                                                       .help = "For what is in flight when the process is "
                                                               "asked to end."});
  const auto import = read_import(read);
  worker.applications = read_applications(read, application_names, use);
  worker.key_files = read_key_files(read);
  worker.kafka = read_kafka(read, brokers);
  worker.intake = read_intake(read, constant_contact::email_bound(import));
  worker.intake.input_topic = worker.kafka.topics.exports;
  worker.intake.default_application = default_among(worker.applications, default_application, read);
  for (const Application& application : worker.applications) worker.intake.applications.push_back(application.id);
  worker.delivery = read_delivery(read);
  worker.constant_contact = read_constant_contact(read);
  worker.constant_contact.import = import;
  worker.http = read_http(read, worker.delivery.request_timeout);
  worker.admin = read_admin(read);
  worker.log_level = read_log_level(read);
  if (use == Use::worker && worker.stages.delivery) check_delivery(read, worker);
  return worker;
}

}  // namespace

const Application* Worker::application(const run::ApplicationId& id) const {
  const auto found = std::ranges::find(applications, id, &Application::id);
  return found == applications.end() ? nullptr : &*found;
}

boost::system::result<Worker, Mistakes> load(const Sources& sources, Use use) {
  Reader read{sources};
  Worker worker = read_worker(read, names_of_applications(sources), use);
  Mistakes mistakes = read.mistakes();
  if (!mistakes.empty()) return mistakes;
  return worker;
}

Findings look_at(const Sources& sources, Use use) {
  Reader read{sources};
  read_worker(read, names_of_applications(sources), use);
  return {.entries = read.entries(), .mistakes = read.mistakes()};
}

std::vector<Setting> worker_settings() {
  Reader read{{}, Purpose::description};
  read_worker(read, {}, Use::worker);
  return read.settings();
}

}  // namespace config

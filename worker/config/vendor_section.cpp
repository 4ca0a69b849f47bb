#include "config/sections.hpp"
#include "http/base_url.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;

void check_url(Reader& read, std::string_view name, const std::string& url) {
  if (url.empty()) return;
  if (const auto parsed = http::parse_base_url(url); !parsed) read.refuse(name, parsed.error().what);
}

}  // namespace

constant_contact::ImportForm read_import(Reader& read) {
  using constant_contact::ImportForm;
  return read.choice<ImportForm>(
      "import",
      {.names = {{"csv", ImportForm::csv}, {"json", ImportForm::json}},
       .fallback = ImportForm::csv,
       .help = "How people are sent. csv needs fewer requests and can be looked up after a crash; json cannot. "
               "The same for all workers: intake.email-max-length follows it."});
}

constant_contact::Settings read_constant_contact(Reader& read) {
  constant_contact::Settings settings;
  settings.api_url = read.text("constant-contact.api-url", {.fallback = settings.api_url, .help = "Of the V3 API."});
  settings.token_url =
      read.text("constant-contact.token-url", {.fallback = settings.token_url, .help = "Where tokens are refreshed."});
  check_url(read, "constant-contact.api-url", settings.api_url);
  check_url(read, "constant-contact.token-url", settings.token_url);
  return settings;
}

http::Settings read_http(Reader& read, std::chrono::milliseconds request_timeout) {
  http::Settings settings;
  settings.request_timeout = request_timeout;
  settings.connect_timeout =
      read.duration("constant-contact.connect-timeout",
                    {.fallback = settings.connect_timeout, .min = 10ms, .max = 1min, .help = "Of one address."});
  settings.idle_timeout = read.duration(
      "constant-contact.idle-timeout",
      {.fallback = settings.idle_timeout, .max = 5min, .help = "How long a connection is kept for the next question."});
  settings.max_idle_connections =
      read.count<std::size_t>("constant-contact.max-idle-connections", {.fallback = settings.max_idle_connections,
                                                                        .max = 100,
                                                                        .unit = "connections",
                                                                        .help = "Kept for the next question."});
  settings.max_response_bytes =
      read.bytes("constant-contact.max-response-bytes",
                 {.fallback = settings.max_response_bytes, .min = 100'000, .help = "Longer answers are not read."});
  settings.ca_file = read.file("constant-contact.ca-file",
                               {.fallback = "", .help = "Authorities (PEM) that are trusted instead of the system's."});
  return settings;
}

}  // namespace config

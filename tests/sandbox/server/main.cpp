#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <variant>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/json/parse.hpp>

#include "sandbox/core/core.hpp"
#include "sandbox/server/options.hpp"
#include "sandbox/server/server.hpp"

namespace {

using sandbox::Options;

/// Appears whole or not at all: scripts wait for these files.
void write_file(const std::string& name, const std::string& text) {
  const std::string unfinished = name + ".part";
  std::ofstream file{unfinished, std::ios::binary | std::ios::trunc};
  file << text;
  file.close();
  if (!file) throw std::runtime_error{"cannot write " + unfinished};
  std::filesystem::rename(unfinished, name);
}

boost::json::value read_json(const std::string& name) {
  std::ifstream file{name, std::ios::binary};
  std::ostringstream text;
  text << file.rdbuf();
  boost::system::error_code unreadable;
  auto value = boost::json::parse(text.str(), unreadable);
  if (unreadable) throw std::runtime_error{name + " is not JSON: " + unreadable.message()};
  return value;
}

void seed(sandbox::Core& core, const boost::json::value& what) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  if (const auto mistake = core.seed(what, now); !mistake.empty()) throw std::runtime_error{"seed: " + mistake};
}

std::string host_in_url(const std::string& address) {
  if (address == "0.0.0.0") return "127.0.0.1";
  if (address == "::") return "[::1]";
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

void run(const Options& options) {
  boost::asio::io_context loop{1};
  sandbox::Core core{options.random_seed};
  if (options.demo) seed(core, sandbox::demo_seed());
  if (!options.seed_file.empty()) seed(core, read_json(options.seed_file));
  const sandbox::Server::Settings settings{.address = options.listen,
                                           .http_port = options.http_port,
                                           .https_port = options.https_port,
                                           .certificates = sandbox::make_certificates(options.listen)};
  sandbox::Server server{loop, core, settings};
  boost::asio::signal_set signals{loop, SIGTERM, SIGINT};
  signals.async_wait([&server](const boost::system::error_code& error, int /*signal*/) {
    if (!error) server.stop();
  });

  if (!options.ca_file.empty()) write_file(options.ca_file, settings.certificates.authority);
  const std::string host = host_in_url(options.listen);
  const std::string plain = "http://" + host + ":" + std::to_string(server.http_port());
  const std::string encrypted = "https://" + host + ":" + std::to_string(server.https_port());
  if (!options.ports_file.empty()) {
    write_file(options.ports_file, "export API_URL=" + encrypted + "/v3\nexport TOKEN_URL=" + encrypted +
                                       "/oauth2/default/v1/token\nexport SANDBOX_URL=" + plain + "\n");
  }
  std::cout << "constant-contact-sandbox listens on " << encrypted << " and " << plain << std::endl;
  loop.run();
}

}  // namespace

int main(int count, char** words) {
  const auto options = sandbox::read_options(count, words);
  if (const int* exit_code = std::get_if<int>(&options)) return *exit_code;
  try {
    run(std::get<Options>(options));
  } catch (const std::exception& failure) {
    std::cerr << "constant-contact-sandbox: " << failure.what() << '\n';
    return 1;
  }
  return 0;
}

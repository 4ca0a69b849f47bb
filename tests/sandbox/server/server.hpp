#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "sandbox/core/core.hpp"
#include "sandbox/server/certificates.hpp"

namespace sandbox {

/// Puts HTTP and HTTPS in front of a core; tells it the system's time.
///
/// Threads: the io_context's one. Owns: its sockets; the core outlives it.
/// Errors: the constructor throws boost::system::system_error where it cannot listen.
class Server {
 public:
  struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t http_port = 0;  ///< 0: any free one.
    std::uint16_t https_port = 0;
    Certificates certificates;
  };

  Server(boost::asio::io_context& loop, Core& core, const Settings& settings);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t http_port() const;
  std::uint16_t https_port() const;
  /// Takes no new connections and drops those that stand; the loop then runs out of work.
  void stop();

  /// What its connections share; theirs alone.
  struct Shared;

 private:
  std::shared_ptr<Shared> shared_;
};

}  // namespace sandbox

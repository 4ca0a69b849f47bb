#include "app/signals.hpp"

#include <csignal>

#include <boost/asio/post.hpp>
#include <unistd.h>

#include "cli/exit_code.hpp"

namespace app {

Signals::Signals(Ending& ending) : ending_{ending}, signals_{context_, SIGTERM, SIGINT} {
  signals_.async_wait([this](const boost::system::error_code& cancelled, int /*signal*/) {
    if (cancelled) return;
    ending_.ask();
    signals_.async_wait([](const boost::system::error_code& cancelled_later, int /*signal*/) {
      if (!cancelled_later) ::_exit(static_cast<int>(cli::ExitCode::interrupted));
    });
  });
  thread_ = std::thread{[this] { context_.run(); }};
}

Signals::~Signals() {
  boost::asio::post(context_, [this] { signals_.cancel(); });
  thread_.join();
}

}  // namespace app

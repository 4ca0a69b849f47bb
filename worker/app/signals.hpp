#pragma once

#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include "app/ending.hpp"

namespace app {

/// SIGTERM and SIGINT, on a thread of their own, so that a stuck program can still be told to go: the first asks the
/// process to end, a second one ends it at once.
class Signals {
 public:
  explicit Signals(Ending& ending);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  Ending& ending_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  std::thread thread_;
};

}  // namespace app

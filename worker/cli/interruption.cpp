#include "cli/interruption.hpp"

#include <csignal>

namespace cli {
namespace {

// A signal handler reaches nothing but a variable of this kind.
volatile std::sig_atomic_t signalled = 0;

void on_signal(int) { signalled = 1; }

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interruption::Interruption() {
  signalled = 0;
  const auto once = static_cast<int>(SA_RESETHAND);
  handle(SIGINT, on_signal, once);
  handle(SIGTERM, on_signal, once);
}

Interruption::~Interruption() {
  handle(SIGINT, SIG_DFL, 0);
  handle(SIGTERM, SIG_DFL, 0);
}

bool Interruption::asked() const { return signalled != 0; }

}  // namespace cli

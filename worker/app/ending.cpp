#include "app/ending.hpp"

#include <utility>

namespace app {

void Ending::ask() {
  const std::lock_guard lock{mutex_};
  asked_ = true;
  changed_.notify_all();
}

void Ending::fail(std::string why, cli::ExitCode code) {
  const std::lock_guard lock{mutex_};
  if (!failure_) failure_ = Failure{std::move(why), code};
  changed_.notify_all();
}

bool Ending::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, time, [this] { return asked_ || failure_.has_value(); });
}

std::optional<Failure> Ending::failure() const {
  const std::lock_guard lock{mutex_};
  return failure_;
}

}  // namespace app

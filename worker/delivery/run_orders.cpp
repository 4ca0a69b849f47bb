#include "delivery/run_orders.hpp"

namespace delivery {

Orders orders_for(const Run& run, const Directory& directory, async::BootTime now, const Settings& settings) {
  const auto& state = run.state;
  Orders orders;
  orders.canceled = directory.canceled(state.instance) != nullptr;
  orders.released = directory.released(state.instance) != nullptr;
  orders.paused = directory.pause(run::PauseScope::connection, state.connection_id.value) != nullptr ||
                  directory.pause(run::PauseScope::export_, state.export_id.value) != nullptr ||
                  directory.pause(run::PauseScope::application, state.application.value) != nullptr;
  if (const auto* entry = directory.connection(state.connection_id)) {
    orders.consented = entry->connection.consent.has_value();
    orders.other_application = entry->connection.application != state.application;
    return orders;
  }
  orders.missing = true;
  switch (directory.absence(state.connection_id, now, settings.missing_belief)) {
    case Directory::Absence::not_sure:
      break;
    case Directory::Absence::never:
      orders.sure_missing = true;
      break;
    case Directory::Absence::removed:
      orders.removed = true;
      break;
  }
  return orders;
}

}  // namespace delivery

#pragma once

#include "delivery/directory.hpp"
#include "delivery/run_plan.hpp"

namespace delivery {

/// What the directory says about a run now.
Orders orders_for(const Run& run, const Directory& directory, async::BootTime now, const Settings& settings);

}  // namespace delivery

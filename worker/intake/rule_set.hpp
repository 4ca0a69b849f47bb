#pragma once

#include <string>

#include "intake/settings.hpp"

namespace intake {

/// Names everything that decides about members; two processes with the same name decide alike.
std::string rule_set(const Rules& rules);

}  // namespace intake

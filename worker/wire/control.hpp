#pragma once

#include <string>
#include <string_view>

#include "run/control.hpp"
#include "wire/unreadable.hpp"

namespace wire {

Result<run::ControlRecord> decode_control(std::string_view payload);
std::string encode(const run::ControlRecord& record);

/// Key of a record in `export-control`: `connection/<id>`, `pause/<scope>/<id>`, `cancel/...`, `layout` and so on.
std::string key_of(const run::ControlRecord& record);

}  // namespace wire

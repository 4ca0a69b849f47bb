#pragma once

#include <string>
#include <string_view>

#include "run/journal.hpp"

namespace run {

Sha256 sha256(std::string_view bytes);

std::string hex(const Sha256& digest);

/// Names a batch by what is in it: 32 characters of [0-9a-f], the same in every life.
BatchId batch_id(const RunInstance& instance, Position first, Position last, std::string_view split_path);

}  // namespace run

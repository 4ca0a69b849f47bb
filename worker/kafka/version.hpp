#pragma once

#include <optional>
#include <string>

namespace kafka {

/// Of librdkafka as it runs: "2.0.2".
std::string client_version();

enum class VersionAdvice : std::uint8_t { fine, old, refuse };

/// Below 2.0.2 nothing here was ever tried; below 2.8.0 known defects are worked around.
VersionAdvice advice_on(int version);
VersionAdvice advice_on_client_version();

}  // namespace kafka

#pragma once

#include <cstddef>
#include <string_view>

#include "run/control.hpp"
#include "run/export_job.hpp"
#include "wire/faults.hpp"

namespace wire {

// Bounds of what arrives, so that everything we emit about it fits its record.

inline constexpr std::size_t most_id_bytes = 256;
inline constexpr std::size_t most_name_bytes = 1024;
inline constexpr std::size_t most_job_bytes = 256 * 1024;
inline constexpr std::size_t most_control_bytes = 256 * 1024;
inline constexpr std::size_t most_segments = 1000;
inline constexpr std::size_t most_attributes = 200;
inline constexpr std::size_t most_list_ids = 50;
inline constexpr std::size_t most_custom_fields = 25;

/// Neither empty nor too long.
void check_id(std::string_view id, std::string_view what, Faults& faults);
void check_optional_id(std::string_view id, std::string_view what, Faults& faults);
void check_name(std::string_view name, std::string_view what, Faults& faults);

void check_bounds(const run::ExportJob& job, Faults& faults);
void check_bounds(const run::ControlRecord& record, Faults& faults);

}  // namespace wire

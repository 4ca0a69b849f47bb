#pragma once

#include <string>
#include <vector>

#include "contact/mapping.hpp"
#include "delivery/contact_api.hpp"

namespace delivery {

/// The names of a mapping's fields as an import calls them, in their order.
///
/// Error: UNKNOWN_FIELD, since an import drops what it does not know in silence.
Result<std::vector<std::string>> resolve_columns(const contact::FieldMapping& mapping,
                                                 const std::vector<CustomField>& known);

bool has_custom_fields(const contact::FieldMapping& mapping);

}  // namespace delivery

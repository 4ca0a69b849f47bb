#include "app/version.hpp"

namespace app {

std::string_view version() { return SEGMENT_EXPORT_VERSION; }

}  // namespace app

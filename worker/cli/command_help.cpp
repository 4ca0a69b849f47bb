#include "cli/command_help.hpp"

namespace cli {

std::string command_footer(std::string_view examples) {
  return std::string{examples}.append(
      "\nSettings (--brokers, --topics.exports, ...) are flags too, SEGMENT_EXPORT_... in the environment or in the "
      "file "
      "of --config;\n'segment-export worker --help' explains each, 'segment-export config check' shows what applies.");
}

}  // namespace cli

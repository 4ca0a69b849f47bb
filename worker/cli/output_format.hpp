#pragma once

#include <cstdint>
#include <iosfwd>

#include <boost/json/value.hpp>

namespace CLI {
class App;
}

namespace cli {

enum class OutputFormat : std::uint8_t { text, json };

/// `--format text|json`
void add_format_option(CLI::App& app, OutputFormat& format);

/// One line. What is not UTF-8 becomes question marks.
void write_json(std::ostream& out, const boost::json::value& value);

}  // namespace cli

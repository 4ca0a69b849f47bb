#include "cli/output_format.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>

#include "contact/utf8.hpp"

namespace cli {

void add_format_option(CLI::App& app, OutputFormat& format) {
  app.add_option_function<std::string>(
         "--format",
         [&format](const std::string& name) { format = name == "json" ? OutputFormat::json : OutputFormat::text; },
         "text for people (unless given), json for programs")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("text|json");
}

void write_json(std::ostream& out, const boost::json::value& value) {
  std::string line = boost::json::serialize(value);
  if (!contact::is_valid_utf8(line)) {
    std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
  }
  out << line << std::endl;
}

}  // namespace cli

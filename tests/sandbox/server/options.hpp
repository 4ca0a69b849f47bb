#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace sandbox {

/// What the command line of the server asks for.
struct Options {
  std::string listen = "127.0.0.1";
  std::uint16_t http_port = 0;
  std::uint16_t https_port = 0;
  std::string ca_file;
  std::string seed_file;
  std::string ports_file;
  std::uint64_t random_seed = 1;
  bool demo = false;
};

/// The options, or the exit code where there is nothing to run: help was asked for, or a mistake was printed.
std::variant<Options, int> read_options(int count, const char* const* words);

}  // namespace sandbox

#pragma once

#include <cstdint>
#include <string>

#include <boost/system/result.hpp>

namespace cli {

/// Why an input file cannot be used and what helps. Never holds a value of the file: those are personal data.
struct InputFault {
  std::string file;
  std::uint64_t line = 0;  ///< Where the record begins; 0: the file as a whole.
  std::string problem;
  std::string remedy{};

  std::string text() const {
    const std::string place = line == 0 ? file : file + ", line " + std::to_string(line);
    return place + ": " + problem + (remedy.empty() ? "" : "; " + remedy);
  }
};

template <class T>
using FromInput = boost::system::result<T, InputFault>;

}  // namespace cli

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

namespace cli {

/// How far a piece of work is.
struct Progress {
  std::string what;  ///< "publishing", "importing"
  std::uint64_t done = 0;
  std::optional<std::uint64_t> total{};  ///< None: not known yet.
  std::string unit{};                    ///< "rows"
  std::string note{};                    ///< Why it waits, and the like; may be empty.
  std::chrono::milliseconds elapsed{0};

  bool operator==(const Progress&) const = default;
};

/// One line of at most `width` characters; a bar if the total is known, with the time that is left at this pace.
std::string render_bar(const Progress& progress, std::size_t width);

/// The same without a bar, for logs and pipes.
std::string render_line(const Progress& progress);

enum class ProgressStyle : std::uint8_t { bar, lines, silent };
enum class Quiet : std::uint8_t { no, yes };

/// A bar on a terminal, plain lines elsewhere, nothing when quiet.
ProgressStyle progress_style(int descriptor, Quiet quiet);

/// Columns of the terminal; 80 if it does not say.
std::size_t terminal_width(int descriptor);

/// Shows progress without flooding: a bar is drawn ten times a second at most, a line is written every ten seconds and
/// when the work or its note changes.
class ProgressBar {
 public:
  using Time = std::chrono::steady_clock::time_point;

  ProgressBar(std::ostream& out, ProgressStyle style, std::size_t width) : out_{out}, style_{style}, width_{width} {}

  void update(const Progress& progress, Time now);

  /// Shows the last state whatever the time, and leaves the cursor on a fresh line.
  void finish();

 private:
  bool is_shown(const Progress& progress) const;
  void show(const Progress& progress, Time now);

  std::ostream& out_;
  ProgressStyle style_;
  std::size_t width_;
  std::optional<Progress> last_;
  std::optional<Progress> shown_;
  Time shown_at_{};
};

}  // namespace cli

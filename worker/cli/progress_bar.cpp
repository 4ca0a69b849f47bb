#include "cli/progress_bar.hpp"

#include <algorithm>

#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/number_text.hpp"

namespace cli {
namespace {

constexpr std::chrono::milliseconds between_bars{100};
constexpr std::chrono::seconds between_lines{10};
constexpr std::size_t bar_width = 24;

std::string clock_text(std::chrono::seconds time) {
  const auto two_digits = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::int64_t seconds = time.count();
  const std::string hours = seconds >= 3600 ? std::to_string(seconds / 3600) + ":" : "";
  return hours + two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60);
}

double fraction(const Progress& progress) {
  if (!progress.total) return 0;
  if (*progress.total == 0) return 1;
  return std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(*progress.total));
}

/// "12,000 of 40,000 rows"
std::string amount(const Progress& progress) {
  std::string text = with_thousands(progress.done);
  if (progress.total) text += " of " + with_thousands(*progress.total);
  return progress.unit.empty() ? text : text + " " + progress.unit;
}

std::string percent(const Progress& progress) {
  return std::to_string(static_cast<int>(fraction(progress) * 100)) + "%";
}

/// The time left at the pace so far; empty while there is no pace to speak of, and at the end.
std::string time_left(const Progress& progress) {
  const double part = fraction(progress);
  if (part <= 0.001 || part >= 1 || progress.elapsed < std::chrono::seconds{2}) return "";
  const auto left = std::chrono::duration<double>{progress.elapsed} * ((1 - part) / part);
  if (left > std::chrono::hours{100}) return "";
  return clock_text(std::chrono::duration_cast<std::chrono::seconds>(left)) + " left";
}

std::string bar(double part) {
  const auto full = static_cast<std::size_t>(part * bar_width);
  std::string text(full, '=');
  if (full < bar_width) text += '>';
  text.resize(bar_width, ' ');
  return "[" + text + "]";
}

void append(std::string& text, const std::string& part) {
  if (!part.empty()) text += "  " + part;
}

}  // namespace

std::string render_bar(const Progress& progress, std::size_t width) {
  std::string text = progress.what;
  if (progress.total) text += " " + bar(fraction(progress)) + " " + percent(progress);
  append(text, amount(progress));
  append(text, time_left(progress));
  append(text, progress.note);
  if (text.size() > width) text.resize(width);
  return text;
}

std::string render_line(const Progress& progress) {
  std::string text = progress.what + ": " + amount(progress);
  if (progress.total) text += " (" + percent(progress) + ")";
  append(text, progress.note);
  return text;
}

ProgressStyle progress_style(int descriptor, Quiet quiet) {
  if (quiet == Quiet::yes) return ProgressStyle::silent;
  return ::isatty(descriptor) == 1 ? ProgressStyle::bar : ProgressStyle::lines;
}

std::size_t terminal_width(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

void ProgressBar::update(const Progress& progress, Time now) {
  if (style_ == ProgressStyle::silent) return;
  const bool next_work = last_ && last_->what != progress.what;
  if (next_work && !is_shown(*last_)) show(*last_, now);
  last_ = progress;
  const bool news = !shown_ || shown_->what != progress.what || shown_->note != progress.note;
  const bool due = style_ == ProgressStyle::bar ? now - shown_at_ >= between_bars : now - shown_at_ >= between_lines;
  if (news || due) show(progress, now);
}

void ProgressBar::finish() {
  if (!last_) return;
  if (!is_shown(*last_)) show(*last_, shown_at_);
  if (style_ == ProgressStyle::bar) out_ << '\n' << std::flush;
  last_.reset();
  shown_.reset();
}

bool ProgressBar::is_shown(const Progress& progress) const {
  if (!shown_) return false;
  // A line does not tell the time.
  return style_ == ProgressStyle::bar ? *shown_ == progress : render_line(*shown_) == render_line(progress);
}

void ProgressBar::show(const Progress& progress, Time now) {
  if (style_ == ProgressStyle::bar) {
    const bool next_work = shown_ && shown_->what != progress.what;
    // One column stays free, else some terminals wrap. The finished bar of the work before stays on its line; the rest
    // of a longer old line is erased.
    out_ << (next_work ? "\n" : "\r") << render_bar(progress, width_ - 1) << "\x1b[K" << std::flush;
  } else {
    out_ << render_line(progress) << '\n' << std::flush;
  }
  shown_ = progress;
  shown_at_ = now;
}

}  // namespace cli

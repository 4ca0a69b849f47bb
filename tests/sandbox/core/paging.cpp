#include "sandbox/core/paging.hpp"

#include <charconv>

#include "sandbox/core/requests.hpp"

namespace sandbox {
namespace {

/// A cursor is opaque to clients: they may not count in it.
constexpr std::size_t disguise = 0x5EA1ED;

}  // namespace

std::optional<Page> read_page(const std::map<std::string, std::string>& query, std::size_t fallback, std::size_t most) {
  const auto limit = number_within(query, "limit", fallback, 1, most);
  if (!limit) return std::nullopt;
  Page page{.first = 0, .limit = *limit};
  const auto cursor = query.find("cursor");
  if (cursor == query.end()) return page;
  const std::string& text = cursor->second;
  std::size_t hidden = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hidden, 36);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  page.first = hidden ^ disguise;
  return page;
}

void link_next(boost::json::object& answer, const Page& page, std::size_t total, const std::string& path) {
  if (page.end(total) >= total || page.first >= total) return;
  std::string cursor(16, '\0');
  const auto written = std::to_chars(cursor.data(), cursor.data() + cursor.size(), page.end(total) ^ disguise, 36);
  cursor.resize(static_cast<std::size_t>(written.ptr - cursor.data()));
  const std::string separator = path.find('?') == std::string::npos ? "?" : "&";
  const std::string href = path + separator + "limit=" + std::to_string(page.limit) + "&cursor=" + cursor;
  answer["_links"] = {{"next", {{"href", href}}}};
}

}  // namespace sandbox

#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include <boost/json/object.hpp>

namespace sandbox {

/// Which items of a collection a call is about.
struct Page {
  std::size_t first = 0;
  std::size_t limit = 0;

  std::size_t end(std::size_t total) const { return std::min(total, first + limit); }
};

/// From `limit` and the cursor of an earlier `next`; none where they are wrong.
std::optional<Page> read_page(const std::map<std::string, std::string>& query, std::size_t fallback, std::size_t most);

/// Adds `_links.next.href` where items are left; `path` may hold a query.
void link_next(boost::json::object& answer, const Page& page, std::size_t total, const std::string& path);

}  // namespace sandbox

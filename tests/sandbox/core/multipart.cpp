#include "sandbox/core/multipart.hpp"

#include <algorithm>
#include <cctype>

namespace sandbox {
namespace {

/// Value of `name="…"` or `name=…` in a header, where `name` is not the end of a longer word.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  const std::string wanted = std::string{name} + "=";
  for (auto at = header.find(wanted); at != std::string_view::npos; at = header.find(wanted, at + 1)) {
    if (at == 0 || (header[at - 1] != ' ' && header[at - 1] != ';')) continue;
    std::string_view value = header.substr(at + wanted.size());
    if (value.starts_with('"')) {
      value.remove_prefix(1);
      return std::string{value.substr(0, value.find('"'))};
    }
    return std::string{value.substr(0, value.find_first_of("; \r\n"))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
  constexpr std::string_view wanted = "multipart/form-data";
  const auto same = [](char left, char right) { return std::tolower(static_cast<unsigned char>(left)) == right; };
  if (content_type.size() < wanted.size() || !std::equal(wanted.begin(), wanted.end(), content_type.begin(),
                                                         [&](char right, char left) { return same(left, right); })) {
    return std::nullopt;
  }
  auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return std::nullopt;
  return boundary;
}

std::vector<Part> read_multipart(std::string_view body, std::string_view boundary) {
  std::vector<Part> parts;
  const std::string delimiter = "\r\n--" + std::string{boundary};
  const std::string_view opening = std::string_view{delimiter}.substr(2);
  std::size_t at = body.starts_with(opening) ? opening.size() : std::string_view::npos;
  if (at == std::string_view::npos) {
    const auto found = body.find(delimiter);
    if (found == std::string_view::npos) return parts;
    at = found + delimiter.size();
  }
  while (!body.substr(at).starts_with("--")) {
    const auto head_end = body.find("\r\n\r\n", at);
    if (head_end == std::string_view::npos) return parts;
    const std::string_view head = body.substr(at, head_end - at);
    const auto begin = head_end + 4;
    // The delimiter's line break may be the one that ends the head of an empty part.
    const auto end = body.substr(begin - 2).starts_with(delimiter) ? begin - 2 : body.find(delimiter, begin);
    Part part;
    part.name = parameter(head, "name").value_or("");
    part.file_name = parameter(head, "filename");
    part.cut = end == std::string_view::npos;
    part.content = part.cut ? body.substr(begin) : body.substr(begin, end < begin ? 0 : end - begin);
    parts.push_back(std::move(part));
    if (end == std::string_view::npos) return parts;
    at = end + delimiter.size();
  }
  return parts;
}

}  // namespace sandbox

#pragma once

#include <string>
#include <string_view>

namespace contact {

/// Without the blanks at both ends: Unicode white space, and what is invisible there and comes with copied text
/// (zero width space U+200B, word joiner U+2060, byte order mark U+FEFF).
///
/// Marks that steer or join their neighbours (U+200C to U+200F) are content and stay. Bytes that are not UTF-8 stay.
std::string_view trim(std::string_view text);

/// Replaces `line` by the text with each run of control characters (C0, delete, C1) and of line or paragraph separators
/// turned into one blank, then trimmed: the vendor may count a line break inside a value as a row, and no control
/// character is data.
///
/// The text is UTF-8 and not a view of `line`.
void one_line(std::string_view text, std::string& line);

}  // namespace contact

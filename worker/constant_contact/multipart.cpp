#include "constant_contact/multipart.hpp"

namespace constant_contact {

Multipart frame_of(std::string_view file_name, const std::vector<run::ListId>& list_ids) {
  const std::string boundary = "segment-export-" + std::string{file_name};
  Multipart frame;
  frame.content_type = "multipart/form-data; boundary=" + boundary;
  frame.before = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"list_ids\"\r\n\r\n";
  for (std::size_t index = 0; index < list_ids.size(); ++index) {
    if (index > 0) frame.before += ',';
    frame.before += list_ids[index].value;
  }
  frame.before += "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"";
  frame.before += file_name;
  frame.before += "\"\r\nContent-Type: text/csv\r\n\r\n";
  frame.after = "\r\n--" + boundary + "--\r\n";
  return frame;
}

}  // namespace constant_contact

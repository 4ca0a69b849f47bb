#include "constant_contact/multipart.hpp"

#include <gtest/gtest.h>

namespace constant_contact {
namespace {

TEST(Multipart, FramesTheListsAndTheFile) {
  const auto frame = frame_of("0a1b-1.csv", {{"l1"}, {"l2"}});
  EXPECT_EQ(frame.content_type, "multipart/form-data; boundary=segment-export-0a1b-1.csv");
  EXPECT_EQ(frame.before,
            "--segment-export-0a1b-1.csv\r\n"
            "Content-Disposition: form-data; name=\"list_ids\"\r\n\r\n"
            "l1,l2\r\n"
            "--segment-export-0a1b-1.csv\r\n"
            "Content-Disposition: form-data; name=\"file\"; filename=\"0a1b-1.csv\"\r\n"
            "Content-Type: text/csv\r\n\r\n");
  EXPECT_EQ(frame.after, "\r\n--segment-export-0a1b-1.csv--\r\n");
}

}  // namespace
}  // namespace constant_contact

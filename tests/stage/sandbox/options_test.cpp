#include "sandbox/server/options.hpp"

#include <array>
#include <variant>

#include <gtest/gtest.h>

namespace sandbox {
namespace {

TEST(SandboxOptions, AreReadFromTheCommandLine) {
  const std::array words{"x", "--demo", "--https-port", "8443", "--ca-file", "ca.pem", "--ports-file", "ports"};
  const auto options = std::get<Options>(read_options(static_cast<int>(words.size()), words.data()));
  EXPECT_TRUE(options.demo);
  EXPECT_EQ(options.https_port, 8443);
  EXPECT_EQ(options.http_port, 0);
  EXPECT_EQ(options.listen, "127.0.0.1");
  EXPECT_EQ(options.ca_file, "ca.pem");
  EXPECT_EQ(options.ports_file, "ports");
}

TEST(SandboxOptions, EndWithAnExitCodeOnHelpAndOnMistakes) {
  const std::array help{"x", "--help"};
  testing::internal::CaptureStdout();
  EXPECT_EQ(std::get<int>(read_options(2, help.data())), 0);
  EXPECT_NE(testing::internal::GetCapturedStdout().find("Examples:"), std::string::npos);
  const std::array mistake{"x", "--http-port", "70000"};
  testing::internal::CaptureStderr();
  EXPECT_EQ(std::get<int>(read_options(3, mistake.data())), 2);
  EXPECT_FALSE(testing::internal::GetCapturedStderr().empty());
}

}  // namespace
}  // namespace sandbox

#include "cli/exit_code.hpp"

#include <gmock/gmock.h>

namespace cli {
namespace {

TEST(ExitCodeHelp, AlignsCodesAndMeanings) {
  const std::string help = exit_code_help();
  EXPECT_THAT(help, testing::HasSubstr("\n    0  done\n"));
  EXPECT_THAT(help, testing::HasSubstr("\n   10  the run goes on"));
  EXPECT_THAT(help, testing::EndsWith("\n  130  interrupted\n"));
}

}  // namespace
}  // namespace cli

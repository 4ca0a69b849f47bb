#include "config/help.hpp"

#include <sstream>
#include <vector>

#include <gmock/gmock.h>

#include "config/secret.hpp"

namespace config {
namespace {

using testing::HasSubstr;

const Setting rate{.name = "delivery.rate",
                   .type = "number",
                   .unit = "requests/s",
                   .fallback = "3.5",
                   .bounds = "0.1 to 100",
                   .help = "Calls to the vendor."};

TEST(HelpText, GroupsSettingsBySection) {
  const Setting brokers{.name = "kafka.brokers", .type = "list"};
  const std::string text = help_text(std::vector{rate, brokers});
  EXPECT_LT(text.find("[delivery]"), text.find("--delivery.rate  <"));
  EXPECT_LT(text.find("--delivery.rate  <"), text.find("[kafka]"));
}

TEST(HelpText, ShowsDefaultBoundsAndPurpose) {
  EXPECT_THAT(help_text(std::vector{rate}), HasSubstr("  --delivery.rate  <number>\n"
                                                      "      3.5 requests/s unless set; 0.1 to 100 requests/s\n"
                                                      "      Calls to the vendor.\n"));
}

TEST(HelpText, SaysWhatIsRequired) {
  EXPECT_THAT(help_text(std::vector{Setting{.name = "a.b", .type = "text"}}), HasSubstr("required"));
}

TEST(ValuesText, ShowsValueAndSource) {
  const std::vector<Entry> entries{{.setting = rate, .value = "5", .origin = Origin::file, .place = "w.toml, line 2"},
                                   {.setting = {.name = "kafka.compress", .type = "flag"}, .value = "true"}};
  EXPECT_EQ(values_text(entries),
            "delivery.rate   5 requests/s  w.toml, line 2\n"
            "kafka.compress  true          default\n");
}

TEST(Secret, PrintsAsStars) {
  std::ostringstream out;
  out << Secret{"hunter2"};
  EXPECT_EQ(out.str(), "***");
}

}  // namespace
}  // namespace config

#include <gmock/gmock.h>

#include "sandbox/core/csv.hpp"
#include "sandbox/core/multipart.hpp"
#include "sandbox/core/requests.hpp"

namespace sandbox {
namespace {

using testing::ElementsAre;

TEST(Csv, KeepsBlanksAndReadsQuotesAndLineBreaks) {
  const auto table = read_csv("a, b ,\"c\"\"d\"\r\n\"1\n2\",,\n");
  EXPECT_FALSE(table.malformed);
  EXPECT_THAT(table.records, ElementsAre(ElementsAre("a", " b ", "c\"d"), ElementsAre("1\n2", "", "")));
}

TEST(Csv, ReadsALastRecordWithoutALineBreak) { EXPECT_EQ(read_csv("a\nb").records.size(), 2U); }

TEST(Csv, SeesWhatIsMalformed) {
  EXPECT_TRUE(read_csv("a\n\"b").malformed);
  EXPECT_TRUE(read_csv("a\n\"b\"c\n").malformed);
}

TEST(Multipart, ReadsPartsInAnyOrder) {
  const auto parts = read_multipart(
      "preamble\r\n--x\r\nContent-Disposition: form-data; filename=\"n.csv\"; name=\"file\"\r\n\r\na\r\nb\r\n--x\r\n"
      "Content-Disposition: form-data; name=list_ids\r\n\r\n\r\n--x--",
      "x");
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].name, "file");
  EXPECT_EQ(parts[0].file_name, "n.csv");
  EXPECT_EQ(parts[0].content, "a\r\nb");
  EXPECT_EQ(parts[1].name, "list_ids");
  EXPECT_EQ(parts[1].content, "");
  EXPECT_FALSE(parts[1].cut);
}

TEST(Multipart, MarksThePartThatWasCut) {
  const auto parts = read_multipart("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--", "x");
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_TRUE(parts[0].cut);
}

TEST(Multipart, TakesItsBoundaryFromTheContentType) {
  EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), "a b");
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=ab; x=y"), "ab");
  EXPECT_EQ(boundary_of("multipart/form-data"), std::nullopt);
  EXPECT_EQ(boundary_of("application/json; boundary=ab"), std::nullopt);
}

TEST(Form, DecodesPlusAndPercent) {
  const auto form = read_form("a=1+2&b=%2B%26&c");
  EXPECT_EQ(form.at("a"), "1 2");
  EXPECT_EQ(form.at("b"), "+&");
  EXPECT_EQ(form.at("c"), "");
}

}  // namespace
}  // namespace sandbox

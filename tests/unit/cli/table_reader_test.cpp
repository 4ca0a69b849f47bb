#include "cli/table_reader.hpp"

#include <array>
#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "unit/cli/gzip.hpp"
#include "unit/config/temporary_file.hpp"

namespace cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::string_literals;

/// "name=value|name=value" of each row, or the fault that stops the reading.
struct Reading {
  std::vector<std::string> rows;
  std::string fault;
};

Reading read_rest(TableReader& table) {
  Reading reading;
  for (;;) {
    const auto row = table.next();
    if (!row) {
      reading.fault = row.error().text();
      return reading;
    }
    if (!*row) return reading;
    std::string text;
    for (const contact::Attribute& cell : (*row)->cells) {
      text.append(text.empty() ? "" : "|").append(cell.name).append("=").append(cell.value);
    }
    reading.rows.push_back(text);
  }
}

Reading read_file(const std::string& path, TableOptions options = {}) {
  auto table = TableReader::open(path, options);
  if (!table) return {.rows = {}, .fault = table.error().text()};
  return read_rest(*table);
}

Reading read(std::string_view content, TableOptions options = {}) {
  const TemporaryFile file{content};
  return read_file(file.path(), options);
}

std::vector<std::string> rows_of(std::string_view content, TableOptions options = {}) {
  Reading reading = read(content, options);
  EXPECT_EQ(reading.fault, "");
  return std::move(reading.rows);
}

/// Without the file's name.
std::string fault_of(std::string_view content) {
  const TemporaryFile file{content};
  const std::string fault = read_file(file.path()).fault;
  return fault.substr(std::min(file.path().size(), fault.size()));
}

std::string utf16(std::string_view text, bool little_endian) {
  std::string wide;
  for (const char c : text) wide.append(little_endian ? std::string{c, '\0'} : std::string{'\0', c});
  return wide;
}

TEST(Csv, NamesValuesByTheHeader) {
  EXPECT_THAT(rows_of("email,city\na@example.com,Bern\nb@example.com,\n"),
              ElementsAre("email=a@example.com|city=Bern", "email=b@example.com|city="));
}

TEST(Csv, NeedsNoLineEndAtTheEnd) { EXPECT_THAT(rows_of("a,b\n1,2"), ElementsAre("a=1|b=2")); }

TEST(Csv, TakesEveryKindOfLineEnd) {
  EXPECT_THAT(rows_of("a,b\r\n1,2\r\n3,4\r\n"), ElementsAre("a=1|b=2", "a=3|b=4"));
  EXPECT_THAT(rows_of("a,b\r1,2\r3,4\r"), ElementsAre("a=1|b=2", "a=3|b=4"));
}

TEST(Csv, FindsSemicolons) {
  EXPECT_THAT(rows_of("a;b\n1,5;2\n"), ElementsAre("a=1,5|b=2"));
  EXPECT_THAT(rows_of("\"a,x,y\";b\n1;2\n"), ElementsAre("a,x,y=1|b=2"));
}

TEST(Csv, TakesTheDelimiterThatIsGiven) {
  EXPECT_THAT(rows_of("a;b,c\n1,2\n", {.delimiter = ','}), ElementsAre("a;b=1|c=2"));
}

TEST(Csv, DoesNotGuessBetweenDelimiters) { EXPECT_THAT(fault_of("a;b,c\n1,2\n"), HasSubstr("either may divide")); }

TEST(Csv, KeepsBlanks) { EXPECT_THAT(rows_of("a,b\n 1 ,\t2\n"), ElementsAre("a= 1 |b=\t2")); }

TEST(Csv, KeepsQuotedDelimitersQuotesAndLineBreaks) {
  EXPECT_THAT(rows_of("a,b\n\"x,y\",\"say \"\"hi\"\"\r\nthere\"\n1,2\n"),
              ElementsAre("a=x,y|b=say \"hi\"\r\nthere", "a=1|b=2"));
}

TEST(Csv, StripsAByteOrderMark) { EXPECT_THAT(rows_of("\xef\xbb\xbf\"a\",b\n1,2\n"), ElementsAre("a=1|b=2")); }

TEST(Csv, SkipsBlankLines) { EXPECT_THAT(rows_of("\r\na;b\n\n1;2\r\n\r\n"), ElementsAre("a=1|b=2")); }

TEST(Csv, MayHaveOnlyAHeader) { EXPECT_THAT(rows_of("a,b\n"), IsEmpty()); }

TEST(Csv, NumbersRowsAndLines) {
  const TemporaryFile file{"a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n"};
  auto table = TableReader::open(file.path());
  const auto first = **table->next();
  const auto second = **table->next();
  EXPECT_EQ(first.number, 1U);
  EXPECT_EQ(first.line, 2U);
  EXPECT_EQ(second.number, 2U);
  EXPECT_EQ(second.line, 5U);
}

TEST(Csv, RefusesARaggedRow) {
  EXPECT_THAT(fault_of("a,b\n1,2\n1\n"), HasSubstr(", line 3: has 1 values, the header names 2 columns"));
  EXPECT_THAT(fault_of("a,b\n1,2,3\n"), HasSubstr(", line 2: has 3 values"));
}

TEST(Csv, RefusesTextAfterAClosingQuote) {
  EXPECT_THAT(fault_of("a,b\n\"1\"x,2\n3,4\n"), HasSubstr(", line 2: text follows a closing quote"));
}

TEST(Csv, RefusesAQuoteInsideAPlainValue) {
  EXPECT_THAT(fault_of("a,b\n1,2\n3,x\"y\n"), HasSubstr(", line 3: a quote stands inside a value"));
}

TEST(Csv, RefusesAQuoteThatIsNeverClosed) {
  EXPECT_THAT(fault_of("a,b\n1,\"2\n3,4\n5,6\n"), HasSubstr(", line 2: a quote is opened and never closed"));
}

TEST(Csv, RefusesAMissingHeader) {
  EXPECT_THAT(fault_of("Ann,ann@example.com\n"), HasSubstr(", line 1: column 2 is named by an address"));
}

TEST(Csv, RefusesAColumnWithoutAName) { EXPECT_THAT(fault_of("a,,c\n"), HasSubstr("column 2 has no name")); }

TEST(Csv, RefusesTwoColumnsOfOneName) {
  EXPECT_THAT(fault_of("a,b,a\n"), HasSubstr("columns 1 and 3 have the same name"));
}

TEST(Csv, RefusesAHeaderThatIsNotUtf8) {
  EXPECT_THAT(fault_of("a,stra\xdf"
                       "e\n"),
              HasSubstr("iconv -f WINDOWS-1252"));
}

TEST(Csv, LeavesBrokenUtf8InValuesToTheCheckOfMembers) {
  EXPECT_THAT(rows_of("a,b\n1,\xdf\n"), ElementsAre("a=1|b=\xdf"));
}

TEST(Csv, RefusesZeroBytes) { EXPECT_THAT(fault_of("email,b\n1,\0\n"s), HasSubstr(", line 2: holds a zero byte")); }

TEST(Csv, RefusesALineWithoutEnd) {
  EXPECT_THAT(fault_of("a\nb\n" + std::string(max_record_bytes + 1, 'x')), HasSubstr(", line 3: is longer than 10 MB"));
}

TEST(Csv, RefusesARowWithoutEnd) {
  std::string content = "a\n\"";
  for (int i = 0; i < 101; ++i) content += std::string(100'000, 'x') + "\n";
  EXPECT_THAT(fault_of(content), HasSubstr(", line 2: the row that begins here is longer than 10 MB"));
}

TEST(Csv, NeverShowsAValueInAFault) {
  for (const auto* content : {"a,b\ncanary\n", "a,b\n\"canary\"x,1\n", "a,b\ncanary\"x,1\n", "a,b\n\"canary,1\n",
                              "canary@example.com,b\n", "canary,canary\n"}) {
    EXPECT_THAT(fault_of(content), Not(HasSubstr("canary"))) << content;
  }
}

TEST(JsonLines, TurnsEveryFlatValueIntoText) {
  EXPECT_THAT(rows_of(R"({"a":"x \"y\" \u00e9","b":true,"c":null})"
                      "\n"),
              ElementsAre("a=x \"y\" \u00e9|b=true|c="));
}

TEST(JsonLines, KeepNumbersAsTheyAreWritten) {
  EXPECT_THAT(rows_of(R"({"a":1.10,"b":12345678901234567890123,"c":-1e5,"d":0})"),
              ElementsAre("a=1.10|b=12345678901234567890123|c=-1e5|d=0"));
}

TEST(JsonLines, MayNameOtherThingsInEachRow) {
  EXPECT_THAT(rows_of("{\"a\":1}\r\n\n{\"b\":2,\"c\":3}\n{}"), ElementsAre("a=1", "b=2|c=3", ""));
}

TEST(JsonLines, KeepEscapedNamesApart) {
  EXPECT_THAT(rows_of(R"({"\u0061b":1,"a\u0062c":2,"":3})"), ElementsAre("ab=1|abc=2|=3"));
}

TEST(JsonLines, StripAByteOrderMark) { EXPECT_THAT(rows_of("\xef\xbb\xbf{\"a\":1}\n"), ElementsAre("a=1")); }

TEST(JsonLines, LeaveBrokenUtf8InValuesToTheCheckOfMembers) {
  EXPECT_THAT(rows_of("{\"a\":\"\xdf\"}\n"), ElementsAre("a=\xdf"));
}

TEST(JsonLines, RefuseNestedValues) {
  EXPECT_THAT(fault_of("{\"a\":1}\n{\"a\":[1]}\n"), HasSubstr(", line 2: a value is an object or an array"));
  EXPECT_THAT(fault_of("{\"a\":{}}\n"), HasSubstr(", line 1: a value is an object or an array"));
}

TEST(JsonLines, RefuseWhatIsNoObject) {
  for (const auto* line : {"[1]", "\"x\"", "1", "null"}) {
    EXPECT_THAT(fault_of("{\"a\":1}\n"s + line + "\n"), HasSubstr(", line 2: is not a JSON object")) << line;
  }
}

TEST(JsonLines, RefuseAnObjectOverSeveralLines) {
  EXPECT_THAT(fault_of("{\n\"a\":1\n}\n"), HasSubstr(", line 1: is not valid JSON"));
}

TEST(JsonLines, RefuseTextAfterTheObject) {
  EXPECT_THAT(fault_of("{\"a\":1} {\"a\":2}\n"), HasSubstr(", line 1: is not valid JSON at character 9"));
}

TEST(JsonLines, RefuseOneNameTwice) {
  EXPECT_THAT(fault_of(R"({"a":1,"b":2,"a":3})"), HasSubstr("has one name twice"));
}

TEST(JsonLines, AreNoJsonArray) { EXPECT_THAT(fault_of("[\n {\"a\":1}]"), HasSubstr("jq -c '.[]'")); }

TEST(JsonLines, NeverShowAValueInAFault) {
  for (const auto* content : {"{\"a\":\"canary\"\n", "{\"a\":\"canary\"} x\n", "{\"a\":[\"canary\"]}\n"}) {
    EXPECT_THAT(fault_of(content), Not(HasSubstr("canary"))) << content;
  }
}

TEST(TableReader, RefusesAnEmptyFile) {
  EXPECT_THAT(fault_of(""), HasSubstr(": is empty"));
  EXPECT_THAT(fault_of("\n\n"), HasSubstr(": is empty"));
}

TEST(TableReader, RefusesUtf16) {
  for (const auto& content : {"\xff\xfe" + utf16("a,b\n", true), "\xfe\xff" + utf16("a,b\n", false),
                              utf16("a,b\n", true), utf16("a,b\n", false)}) {
    EXPECT_THAT(fault_of(content), HasSubstr("iconv -f UTF-16 -t UTF-8"));
  }
}

TEST(TableReader, SaysWhyAFileCannotBeOpened) {
  EXPECT_EQ(read_file("/nonexistent/m.csv").fault, "/nonexistent/m.csv: cannot be opened: No such file or directory");
  EXPECT_THAT(read_file(testing::TempDir()).fault, HasSubstr("is a directory"));
}

TEST(TableReader, ChecksAllBeforeTheFirstRow) {
  const TemporaryFile file{"a,b\n1,2\n3,4\n"};
  auto table = TableReader::open(file.path());
  const auto summary = table->check();
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->rows, 2U);
  EXPECT_THAT(summary->columns, ElementsAre("a", "b"));
  EXPECT_THAT(read_rest(*table).rows, ElementsAre("a=1|b=2", "a=3|b=4"));
}

TEST(TableReader, FindsAFaultInTheLastLine) {
  const TemporaryFile file{"a,b\n1,2\n3\n"};
  auto table = TableReader::open(file.path());
  EXPECT_THAT(table->check().error().text(), HasSubstr(", line 3: "));
}

TEST(TableReader, CollectsTheNamesOfJsonObjects) {
  const TemporaryFile file{"{\"b\":1,\"a\":2}\n{\"a\":1,\"c\":2}\n"};
  auto table = TableReader::open(file.path());
  EXPECT_THAT(table->check()->columns, ElementsAre("b", "a", "c"));
}

TEST(TableReader, RefusesDataAsNames) {
  std::string content;
  for (std::size_t i = 0; i <= max_columns; ++i) content += "{\"" + std::to_string(i) + "\":1}\n";
  const TemporaryFile file{content};
  auto table = TableReader::open(file.path());
  EXPECT_THAT(table->check().error().text(), HasSubstr(", line 1001: brings more than 1,000 different names"));
}

TEST(TableReader, NoticesThatTheFileChangedAfterTheCheck) {
  const TemporaryFile file{"a,b\n1,2\n"};
  auto table = TableReader::open(file.path());
  ASSERT_TRUE(table->check());
  std::ofstream{file.path(), std::ios::app} << "3,4\n";
  EXPECT_THAT(read_rest(*table).fault, HasSubstr("changed while it was read"));
}

TEST(TableReader, ReadsAPipeTwice) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ASSERT_EQ(::write(ends[1], "a,b\n1,2\n", 8), 8);
  ::close(ends[1]);
  auto table = TableReader::of_source(*ByteSource::of_descriptor(ends[0], "standard input"));
  EXPECT_EQ(table->check()->rows, 1U);
  EXPECT_THAT(read_rest(*table).rows, ElementsAre("a=1|b=2"));
}

TEST(TableReader, ReadsGzipTwice) {
  const TemporaryFile file{gzip("{\"a\":1}\n")};
  auto table = TableReader::open(file.path());
  EXPECT_EQ(table->check()->rows, 1U);
  EXPECT_THAT(read_rest(*table).rows, ElementsAre("a=1"));
}

TEST(TableReader, CutsRecordsAtEveryChunkSizeAlike) {
  // Rows of 7 bytes: line ends fall on every place of a 64 KiB chunk's border sooner or later.
  std::string content = "a,b\r\n";
  for (int i = 0; i < 70'000; ++i) content += "12,34\r\n";
  const TemporaryFile file{content};
  auto table = TableReader::open(file.path());
  const auto summary = table->check();
  ASSERT_TRUE(summary) << summary.error().text();
  EXPECT_EQ(summary->rows, 70'000U);
}

}  // namespace
}  // namespace cli

#include "cli/byte_source.hpp"

#include <array>

#include <gmock/gmock.h>
#include <unistd.h>

#include "unit/cli/gzip.hpp"
#include "unit/config/temporary_file.hpp"

namespace cli {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

struct Reading {
  std::string bytes;
  std::string fault;
};

Reading read_rest(ByteSource& source) {
  Reading reading;
  std::string buffer(1000, '\0');
  for (;;) {
    const auto got = source.read(buffer);
    if (!got) reading.fault = got.error().text();
    if (!got || *got == 0) return reading;
    reading.bytes.append(buffer, 0, *got);
  }
}

Reading read(std::string_view content) {
  const TemporaryFile file{content};
  auto source = ByteSource::open(file.path());
  if (!source) return {.bytes = "", .fault = source.error().text()};
  return read_rest(*source);
}

TEST(ByteSource, GivesThePlainBytes) { EXPECT_EQ(read("a\0b"s).bytes, "a\0b"s); }

TEST(ByteSource, GivesNothingOfAnEmptyFile) { EXPECT_EQ(read("").bytes, ""); }

TEST(ByteSource, SaysWhyAFileCannotBeOpened) {
  EXPECT_EQ(ByteSource::open("/nonexistent/m.csv").error().text(),
            "/nonexistent/m.csv: cannot be opened: No such file or directory");
}

TEST(ByteSource, IsNoDirectory) {
  EXPECT_THAT(ByteSource::open(testing::TempDir()).error().text(), HasSubstr("is a directory"));
}

TEST(ByteSource, CanBeReadAgainFromTheMiddle) {
  for (const std::string& content : {std::string(5000, 'x'), gzip(std::string(5000, 'x'))}) {
    const TemporaryFile file{content};
    auto source = ByteSource::open(file.path());
    std::array<char, 10> some{};
    ASSERT_TRUE(source->read(some));
    source->rewind();
    EXPECT_EQ(read_rest(*source).bytes, std::string(5000, 'x'));
  }
}

TEST(ByteSource, StartsWhereTheDescriptorStands) {
  const TemporaryFile file{"skipped;rest"};
  std::FILE* opened = std::fopen(file.path().c_str(), "rb");
  const int descriptor = ::dup(::fileno(opened));
  std::fclose(opened);
  ASSERT_EQ(::lseek(descriptor, 8, SEEK_SET), 8);
  auto source = ByteSource::of_descriptor(descriptor, "standard input");
  EXPECT_EQ(read_rest(*source).bytes, "rest");
  source->rewind();
  EXPECT_EQ(read_rest(*source).bytes, "rest");
}

TEST(ByteSource, UnpacksGzip) { EXPECT_EQ(read(gzip("a,b\n1,2\n")).bytes, "a,b\n1,2\n"); }

TEST(ByteSource, UnpacksSeveralMembersAndPadding) {
  EXPECT_EQ(read(gzip("ab") + gzip("") + gzip("cd") + std::string(512, '\0')).bytes, "abcd");
}

TEST(ByteSource, UnpacksWhatIsPackedTightly) {
  const std::string content(3'000'000, 'x');
  EXPECT_EQ(read(gzip(content)).bytes, content);
}

TEST(ByteSource, RefusesGzipThatIsCutOff) {
  const std::string packed = gzip("a,b\n1,2\n");
  for (std::size_t size = 2; size < packed.size(); ++size) {
    EXPECT_THAT(read(packed.substr(0, size)).fault, HasSubstr("ends in the middle of its gzip data")) << size;
  }
}

TEST(ByteSource, RefusesDamagedGzip) {
  std::string packed = gzip("a,b\n1,2\n");
  packed[packed.size() - 6] ^= 1;
  EXPECT_THAT(read(packed).fault, HasSubstr("holds damaged gzip data"));
}

TEST(ByteSource, RefusesOtherBytesAfterGzip) {
  EXPECT_THAT(read(gzip("a,b\n1,2\n") + "3,4\n").fault, HasSubstr("holds damaged gzip data"));
}

}  // namespace
}  // namespace cli

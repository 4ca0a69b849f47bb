#include "integration/kafka/broker.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <gmock/gmock.h>

namespace {

std::string bootstrap;
std::filesystem::path folder;

struct Close {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};

/// First line of what a script prints.
std::string first_line(const std::string& command) {
  const std::unique_ptr<std::FILE, Close> pipe{popen(command.c_str(), "r")};
  std::array<char, 256> line{};
  if (!pipe || std::fgets(line.data(), line.size(), pipe.get()) == nullptr) return {};
  std::string text{line.data()};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string script(const std::string& name) {
  return std::string{KAFKA_SCRIPTS} + "/" + name + " '" + folder.string() + "'";
}

}  // namespace

const std::string& Broker::address() { return bootstrap; }

void Broker::SetUp() {
  std::string name = (std::filesystem::temp_directory_path() / "segment-export-kafka.XXXXXX").string();
  ASSERT_NE(mkdtemp(name.data()), nullptr);
  folder = name;
  bootstrap = first_line(script("start") + " 0");
  ASSERT_FALSE(bootstrap.empty()) << "no broker; its log is in " << folder;
}

void Broker::TearDown() {
  if (folder.empty()) return;
  first_line(script("stop"));
  if (!bootstrap.empty()) std::filesystem::remove_all(folder);
}

void Broker::stop() { first_line(script("stop")); }

void Broker::start_again() {
  ASSERT_EQ(first_line(script("start") + " 0"), bootstrap) << "the broker's log is in " << folder;
}

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  testing::AddGlobalTestEnvironment(new Broker);  // googletest deletes it.
  return RUN_ALL_TESTS();
}

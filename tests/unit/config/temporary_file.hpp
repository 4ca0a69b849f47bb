#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

/// A file that lives as long as its test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content, std::string_view suffix = "") {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    static int number = 0;
    path_ = testing::TempDir() + test->test_suite_name() + "." + test->name() + "." + std::to_string(++number) +
            std::string{suffix};
    std::ofstream{path_, std::ios::binary} << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

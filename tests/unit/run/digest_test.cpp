#include "run/digest.hpp"

#include <set>

#include <gmock/gmock.h>

namespace run {
namespace {

TEST(Digest, IsSha256) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

const RunInstance instance{.run_id = {"run-1"}, .partition = 2, .job_offset = 3};
constexpr Position first{4, 5};
constexpr Position last{6, 7};

TEST(BatchId, StaysTheSameInEveryLifeAndRelease) {
  EXPECT_EQ(batch_id(instance, first, last, "lr").value, "98156e51fbd2d300e04c15fd7bb2187a");
}

TEST(BatchId, IsTheStartOfADigestInLowerCaseHex) {
  EXPECT_THAT(batch_id(instance, first, last, "").value, testing::MatchesRegex("[0-9a-f]{32}"));
}

TEST(BatchId, DependsOnEachOfItsParts) {
  const auto changed = [](auto change) {
    RunInstance other = instance;
    change(other);
    return batch_id(other, first, last, "l").value;
  };
  const std::set<std::string> ids{
      batch_id(instance, first, last, "l").value,
      batch_id(instance, first, last, "r").value,
      batch_id(instance, first, last, "").value,
      batch_id(instance, {4, 6}, last, "l").value,
      batch_id(instance, {5, 5}, last, "l").value,
      batch_id(instance, first, {6, 8}, "l").value,
      batch_id(instance, first, {7, 7}, "l").value,
      changed([](RunInstance& other) { other.run_id.value = "run-2"; }),
      changed([](RunInstance& other) { other.partition = 1; }),
      changed([](RunInstance& other) { other.job_offset = 1; }),
  };
  EXPECT_EQ(ids.size(), 10U);
}

TEST(BatchId, IsNotConfusedByARunIdThatLooksLikeTheNextParts) {
  const RunInstance one{.run_id = {"a"}, .partition = 1, .job_offset = 2};
  const RunInstance two{.run_id = {"a/1/2"}, .partition = 1, .job_offset = 2};
  EXPECT_NE(batch_id(one, {1, 2}, last, ""), batch_id(two, first, last, ""));
  const RunInstance three{.run_id = {"a/1"}, .partition = 2, .job_offset = 4};
  const RunInstance four{.run_id = {"a"}, .partition = 1, .job_offset = 2};
  EXPECT_NE(batch_id(three, {5, 6}, {7, 8}, ""), batch_id(four, {4, 5}, {6, 7}, "8"));
}

}  // namespace
}  // namespace run

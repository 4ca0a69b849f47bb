#include "stage/intake/random_upstream.hpp"

#include <random>
#include <string>
#include <vector>

#include "support/intake_upstream.hpp"
#include "wire/input.hpp"

namespace intake::test {
namespace {

using namespace std::chrono_literals;

class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_{seed} {}

  Upstream write(int records) {
    for (int record = 0; record < records; ++record) {
      pass_time();
      write_one();
      if (chance(3)) made_.log.skip();
    }
    time_ += 30h;
    made_.log.append(time_, "", wire::encode_tick());
    return std::move(made_);
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  bool chance(int percent) { return below(100) < percent; }

  void pass_time() {
    if (chance(80)) time_ += std::chrono::milliseconds{below(2'000)};
    if (chance(2)) time_ += std::chrono::minutes{below(200)};
    if (chance(1) && chance(30)) time_ += 6h;
  }

  std::string run() { return "run-" + std::to_string(below(6)); }
  std::string segment() { return chance(95) ? "s" + std::to_string(below(3)) : "unknown"; }

  support::Profile profile() {
    support::Profile made;
    static const std::vector<std::string> wrong{"", "nobody", "a@b@example.com", "x@", "bad\xff@example.com"};
    std::string email = "p" + std::to_string(below(60)) + "@example.com";
    if (chance(20)) email = "P" + email.substr(1);
    if (chance(10)) email = wrong[static_cast<std::size_t>(below(static_cast<int>(wrong.size())))];
    made.emplace_back("email", email);
    if (chance(70)) made.emplace_back("first", chance(5) ? std::string(300, 'x') : "Ann");
    if (chance(2)) {
      for (int attribute = 0; attribute < 201; ++attribute) made.emplace_back("more" + std::to_string(attribute), "");
    }
    return made;
  }

  void write_one() {
    const int kind = below(100);
    if (kind < 8) return write_job();
    if (kind < 60) return write_members(1);
    if (kind < 75) return write_members(1 + below(40));
    if (kind < 83) return append(run_, wire::encode_segment_end(run_, segment(), std::nullopt));
    if (kind < 88) return append(run_, "garbage");
    if (kind < 90) return append("nobody", "garbage");
    if (kind < 92) return append("", wire::encode_tick());
    run_ = run();
  }

  void write_job() {
    if (chance(60)) run_ = run();
    auto job = support::sample_job(run_, {"s0", "s1", "s2"});
    job.segments.resize(chance(5) ? 0 : 1 + static_cast<std::size_t>(run_.back() - '0') % 3);
    if (chance(20)) job.export_name = "Another";
    job.cap = static_cast<std::uint64_t>(5 + (run_.back() - '0') * 8);
    append(run_, wire::encode_job(job));
  }

  void write_members(int count) {
    if (chance(30)) run_ = run();
    const auto in = segment();
    std::string payload;
    if (count == 1) {
      const auto one = profile();
      payload = wire::encode_member(run_, in, "id", support::attributes(one));
    } else {
      wire::MembersWriter writer{run_, in};
      for (int member = 0; member < count; ++member) {
        const auto one = profile();
        writer.add("id" + std::to_string(member), support::attributes(one));
      }
      payload = writer.finish();
    }
    wire::InputReader reader;
    if (reader.read(payload)) {  // A single member out of bounds makes its record unreadable.
      made_.members[made_.log.end] = {run_, static_cast<std::uint32_t>(count)};
      made_.all_members += static_cast<std::uint64_t>(count);
    }
    append(run_, payload);
  }

  void append(const std::string& key, std::string payload) { made_.log.append(time_, key, std::move(payload)); }

  std::mt19937_64 random_;
  Upstream made_;
  run::UtcTime time_{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::string run_ = "run-0";
};

}  // namespace

Upstream random_upstream(std::uint64_t seed, int records) { return Writer{seed}.write(records); }

}  // namespace intake::test

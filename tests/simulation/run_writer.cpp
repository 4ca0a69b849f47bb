#include "simulation/run_writer.hpp"

#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

#include "contact/mapping.hpp"
#include "wire/input.hpp"

namespace simulation {
namespace {

using run::Reason;
using support::SeededRandom;

constexpr std::array<std::string_view, 4> domains{"@example.com", "@example.org", "@mail.example", "@shop.test"};
/// Each breaks one rule of design section 7.
constexpr std::array<std::string_view, 12> bad_addresses{
    "nobody",           "two@@example.com",    "dot..dot@example.com", ".front@example.com",
    "end.@example.com", "in side@example.com", "name@localhost",       "name@example.123",
    "name@-a.example",  "@example.com",        "name@exa_mple.com",    "\"quoted\"@example.com"};

/// One profile as upstream sends it.
struct Profile {
  std::string id;
  std::vector<std::pair<std::string, std::string>> attributes;
};

std::string with_other_letters(std::string text, SeededRandom& random) {
  for (auto& letter : text) {
    if (random.chance(0.5)) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  if (random.chance(0.3)) text = " \t" + text + " ";
  return text;
}

class RunWriter {
 public:
  RunWriter(run::ExportJob job, RunSize size, PlannedConnection& connection, SeededRandom& random)
      : size_{size}, connection_{connection}, random_{random} {
    planned_.job = std::move(job);
    planned_.account = connection.account;
  }

  PlannedRun write() {
    write_instance();
    settle();
    if (random_.chance(0.3)) write_late();
    auto first = std::exchange(planned_.expected, {});
    if (random_.chance(0.1)) {
      planned_.repeat_begins = planned_.records.size();
      write_repeat();
      planned_.repeat = std::move(planned_.expected);
    }
    planned_.expected = std::move(first);
    return std::move(planned_);
  }

 private:
  /// From its job to its last end.
  void write_instance() {
    const auto segments = planned_.job.segments.size();
    planned_.expected.by_segment.resize(segments);
    std::vector<std::size_t> sent(segments, 0);
    write_job(planned_.job);
    for (std::size_t segment = 0; segment < segments; ++segment) {
      const auto share = size_.members / segments;
      while (sent[segment] < share) sent[segment] += write_some(segment, share - sent[segment]);
      if (random_.chance(0.2)) write_stranger();
      if (random_.chance(0.1)) write_garbage();
      // Late for its own segment, but the run is open.
      if (segment > 0 && random_.chance(0.3)) sent[segment - 1] += write_some(segment - 1, 1);
      if (random_.chance(0.2)) write_job(planned_.job);
      if (random_.chance(0.1)) write_conflicting_job();
      std::optional<std::uint64_t> declared;
      if (random_.chance(0.5)) declared = sent[segment];
      write_end(segment, declared);
    }
  }

  /// While the run is open, the same once more means nothing.
  void write_job(const run::ExportJob& job) { planned_.records.push_back(wire::encode_job(job)); }

  void write_conflicting_job() {
    auto other = planned_.job;
    other.export_name += ", changed";
    write_job(other);
    ++planned_.expected.dead_letters;
  }

  void write_end(std::size_t segment, std::optional<std::uint64_t> declared) {
    const auto& id = planned_.job.segments[segment].id.value;
    planned_.records.push_back(wire::encode_segment_end(planned_.job.run_id.value, id, declared));
  }

  /// What follows the end of a run is nobody's.
  void write_late() {
    const auto count = 1 + random_.below(3);
    for (std::size_t record = 0; record < count; ++record) {
      const Profile profile{"late", {{"mail", "late@example.com"}}};
      const auto& segment = planned_.job.segments.front().id.value;
      planned_.records.push_back(wire::encode_member(planned_.job.run_id.value, segment, profile.id, views(profile)));
      ++planned_.expected.dead_letters;
    }
    if (!random_.chance(0.5)) return;
    write_end(0, {});
    ++planned_.expected.dead_letters;
  }

  /// Another run under the same id.
  void write_repeat() {
    people_.clear();
    accepted_ = 0;
    size_.members = 1 + random_.below(60);
    write_instance();
    add_up();
    planned_.expected.delivered.not_sent = planned_.expected.totals.accepted;
  }

  std::size_t write_some(std::size_t segment, std::size_t most) {
    const auto& run_id = planned_.job.run_id.value;
    const auto& segment_id = planned_.job.segments[segment].id.value;
    if (most == 1 || random_.chance(0.5)) {
      const auto profile = make_profile(segment);
      planned_.records.push_back(wire::encode_member(run_id, segment_id, profile.id, views(profile)));
      return 1;
    }
    const auto count = 1 + random_.below(std::min<std::size_t>(most, 40));
    wire::MembersWriter pack{run_id, segment_id};
    for (std::size_t member = 0; member < count; ++member) {
      const auto profile = make_profile(segment);
      pack.add(profile.id, views(profile));
    }
    planned_.records.push_back(pack.finish());
    return count;
  }

  static std::vector<contact::Attribute> views(const Profile& profile) {
    std::vector<contact::Attribute> attributes;
    for (const auto& [name, value] : profile.attributes) attributes.push_back({name, value});
    return attributes;
  }

  /// A member of a segment that the job does not name.
  void write_stranger() {
    const Profile profile{next_id(), {{"mail", "stranger@example.com"}}};
    planned_.records.push_back(
        wire::encode_member(planned_.job.run_id.value, "segment-unknown", profile.id, views(profile)));
    ++planned_.expected.totals.received;
    refuse(planned_.expected.totals, profile.id, Reason::unknown_segment);
  }

  /// Not a message at all; only the key tells whose it is.
  void write_garbage() {
    planned_.records.emplace_back("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff");
    ++planned_.expected.totals.received;
    ++planned_.expected.totals.undecodable;
    ++planned_.expected.dead_letters;
  }

  std::string next_id() { return planned_.job.run_id.value + "/" + std::to_string(++profiles_); }

  Profile make_profile(std::size_t segment) {
    auto& counts = planned_.expected.by_segment[segment];
    ++counts.received;
    Profile profile{next_id(), {}};
    const auto kind = random_.fraction();
    if (kind < 0.75 || people_.empty()) {
      new_person(profile, counts);
    } else if (kind < 0.87) {
      repeated_person(profile, counts);
    } else {
      faulty_person(profile, counts);
    }
    // What is not mapped is nobody's business.
    if (random_.chance(0.3)) profile.attributes.emplace_back("shoe size", "\xc3\x28");
    return profile;
  }

  void new_person(Profile& profile, run::DecisionCounts& counts) {
    // Who somebody is follows from the number, so that all runs of the export mean the same people; what they are
    // called tells from which run it came.
    const auto number = people_.size() + 1;
    const auto local = "person+" + planned_.job.export_id.value + "." + std::to_string(number);
    Person person;
    std::string written;
    if (number % 20 == 3) {
      person.email = local + "@xn--bcher-kva.example";
      written = local + "@B\xc3\xbc" + "cher.example";
    } else {
      person.email = local + std::string{domains[number % domains.size()]};
      written = with_other_letters(person.email, random_);
    }
    const auto whose = std::to_string(number) + " of " + planned_.job.run_id.value;
    person.first_name = random_.chance(0.2) ? "Anna, \"A\" " + whose : "Jos\xc3\xa9 " + whose;
    // A value that is left out would leave what an older run wrote.
    person.last_name = number % 10 == 4 ? "" : "O'Neil " + whose;
    address(profile, written);
    profile.attributes.emplace_back("given", random_.chance(0.2) ? "  " + person.first_name + "\t" : person.first_name);
    profile.attributes.emplace_back("family", person.last_name);
    for (std::size_t field = 2; field < planned_.job.mapping.fields.size(); ++field) {
      const auto length = size_.long_values ? 200 + random_.below(55) : random_.below(20);
      profile.attributes.emplace_back("note" + std::to_string(field - 2), std::string(length, 'n'));
    }
    const bool fits = planned_.job.cap == 0 || accepted_ < planned_.job.cap;
    people_.push_back({person, fits, number % 50 == 7});
    if (!fits) return over_cap(counts, profile.id);
    ++accepted_;
    ++counts.accepted;
  }

  void repeated_person(Profile& profile, run::DecisionCounts& counts) {
    const auto& known = people_[random_.below(people_.size())];
    address(profile, with_other_letters(known.person.email, random_));
    profile.attributes.emplace_back("given", "Somebody else");
    if (!known.accepted) return over_cap(counts, profile.id);
    ++counts.duplicate;
    planned_.expected.refusals.insert({profile.id, Reason::duplicate});
  }

  void faulty_person(Profile& profile, run::DecisionCounts& counts) {
    const auto fine = "fine" + std::to_string(profiles_) + "@example.com";
    switch (random_.below(5)) {
      case 0:
        if (random_.chance(0.5)) address(profile, "  ");
        return refuse(counts, profile.id, Reason::missing_email);
      case 1:
        address(profile, fine);
        profile.attributes.emplace_back("given", "\xc3\x28");
        return refuse(counts, profile.id, Reason::invalid_utf8);
      case 2:
        address(profile, fine);
        profile.attributes.emplace_back("family", std::string(300, 'x'));
        return refuse(counts, profile.id, Reason::field_too_long);
      case 3:
        address(profile, std::string(65, 'a') + "@example.com");
        return refuse(counts, profile.id, Reason::invalid_email);
      default:
        address(profile, std::string{bad_addresses[random_.below(bad_addresses.size())]});
        return refuse(counts, profile.id, Reason::invalid_email);
    }
  }

  static void address(Profile& profile, std::string written) {
    profile.attributes.emplace_back("mail", std::move(written));
  }

  void refuse(run::DecisionCounts& counts, const std::string& profile_id, Reason reason) {
    ++counts.invalid;
    planned_.expected.refusals.insert({profile_id, reason});
  }

  void over_cap(run::DecisionCounts& counts, const std::string& profile_id) {
    ++counts.over_cap;
    planned_.expected.refusals.insert({profile_id, Reason::over_cap});
  }

  void add_up() {
    auto& expected = planned_.expected;
    for (const auto& counts : expected.by_segment) {
      expected.totals.received += counts.received;
      expected.totals.accepted += counts.accepted;
      expected.totals.invalid += counts.invalid;
      expected.totals.duplicate += counts.duplicate;
      expected.totals.over_cap += counts.over_cap;
    }
  }

  /// Adds up what was decided, and says what must have come of it.
  void settle() {
    add_up();
    auto& expected = planned_.expected;
    expected.skipped = planned_.job.over_cap == run::OverCap::skip && expected.totals.over_cap > 0;
    if (expected.skipped) {
      expected.delivered.not_sent = expected.totals.accepted;
      return;
    }
    for (const auto& known : people_) {
      if (!known.accepted) continue;
      if (known.unsubscribed) {
        connection_.unsubscribed.insert(known.person.email);
        ++expected.delivered.unsubscribed;
        continue;
      }
      ++expected.delivered.imported;
      expected.on_list.insert(known.person);
    }
  }

  struct Known {
    Person person;
    bool accepted;
    bool unsubscribed;
  };

  RunSize size_;
  PlannedConnection& connection_;
  SeededRandom& random_;
  PlannedRun planned_;
  std::vector<Known> people_;
  std::size_t profiles_ = 0;
  std::uint64_t accepted_ = 0;
};

}  // namespace

PlannedRun write_run(run::ExportJob job, RunSize size, PlannedConnection& connection, SeededRandom& random) {
  return RunWriter{std::move(job), size, connection, random}.write();
}

}  // namespace simulation

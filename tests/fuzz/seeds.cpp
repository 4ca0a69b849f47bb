// Writes what each fuzz target starts from: fuzz_seeds DIRECTORY makes DIRECTORY/<target>/<number>.

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <segment_export/v1/arrives.pb.h>
#include <segment_export/v1/internal.pb.h>
#include <segment_export/v1/leaves.pb.h>

#include "contact/mapping.hpp"
#include "unit/wire/filler.hpp"
#include "wire/input.hpp"
#include "wire/inspect.hpp"

namespace {

namespace pb = segment_export::v1;
using namespace std::string_literals;
using Seeds = std::vector<std::string>;

/// One record of each kind, with every field set.
template <class Message>
Seeds filled(int kinds) {
  Seeds seeds;
  for (int kind = 0; kind < kinds; ++kind) {
    Message message;
    wire::Filler{}.fill(message, kind);
    seeds.push_back(message.SerializeAsString());
  }
  return seeds;
}

Seeds operator+(Seeds left, const Seeds& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

Seeds after(const std::string& begin, Seeds seeds) {
  for (auto& seed : seeds) seed.insert(0, begin);
  return seeds;
}

/// Names and ids at and above their bounds.
Seeds long_texts() {
  Seeds seeds;
  for (const std::size_t size : {256U, 257U, 1025U}) {
    pb::ExportMessage job;
    job.mutable_job()->set_run_id("r");
    job.mutable_job()->set_export_id(std::string(size < 1000 ? size : 1, 'e'));
    job.mutable_job()->set_export_name(std::string(size > 1000 ? size : 1, 'n'));
    job.mutable_job()->add_list_ids("l");
    seeds.push_back(job.SerializeAsString());
  }
  return seeds;
}

Seeds members() {
  const std::array<contact::Attribute, 2> attributes{{{"EMail", "p@example.com"}, {"City", "Bern"}}};
  wire::MembersWriter writer{"r", "s"};
  writer.add("p1", attributes);
  writer.add("p2", std::span{attributes}.first(1));
  const std::string many = writer.finish();
  const std::string end = wire::encode_segment_end("r", "s", 7);
  // After an end, each of the wire types that no field of ours has: fixed numbers and a group.
  return {many,
          wire::encode_member("r", "s", "p1", attributes),
          end,
          wire::encode_tick(),
          end + end,
          end + "\x39\1\2\3\4\5\6\7\x08"s,
          end + "\x3d\1\2\3\4"s,
          end + "\x3b\x08\x01\x12\1x\x3c"s,
          end + "\xba\x01\x01x"s};
}

pb::RunInstance instance() {
  pb::RunInstance instance;
  instance.set_run_id("r");
  instance.set_partition(2);
  instance.set_job_offset(300);
  return instance;
}

/// A range as intake writes it, with an address that is one.
std::string range() {
  pb::DecidedMessage message;
  auto& range = *message.mutable_range();
  *range.mutable_instance() = instance();
  range.mutable_prev()->set_offset(300);
  range.mutable_first()->set_offset(301);
  range.mutable_last()->set_offset(303);
  auto& row = *range.add_rows();
  row.set_offset_delta(1);
  row.set_email("p@example.com");
  row.add_values("");
  row.add_values("v");
  auto& reject = *range.add_rejects();
  reject.set_offset_delta(2);
  reject.set_segment(1);
  reject.set_profile_id("p");
  reject.set_reason(pb::INVALID_EMAIL);
  reject.set_rule("missing_at");
  range.set_rule_set("rs");
  return message.SerializeAsString();
}

std::string event_at(std::int64_t milliseconds) {
  pb::ResultEvent event;
  event.set_at_ms(milliseconds);
  event.mutable_changed()->set_status(pb::QUEUED);
  return event.SerializeAsString();
}

Seeds records_to_inspect() {
  const auto of = [](wire::Topic topic, Seeds seeds) {
    return after(std::string(1, static_cast<char>(topic)), std::move(seeds));
  };
  using Limits = std::numeric_limits<std::int64_t>;
  pb::RejectMessage letter;
  letter.mutable_dead_letter()->set_cause(pb::DeadLetter::UNREADABLE);
  letter.mutable_dead_letter()->set_payload_sha256("\xff\x01");
  return of(wire::Topic::exports, filled<pb::ExportMessage>(5)) +
         of(wire::Topic::control, filled<pb::ControlMessage>(6)) +
         of(wire::Topic::decided, filled<pb::DecidedMessage>(3)) +
         of(wire::Topic::deliveries, filled<pb::JournalMessage>(5)) +
         of(wire::Topic::credentials, filled<pb::StoredToken>(1)) +
         of(wire::Topic::results, filled<pb::ResultEvent>(3)) +
         of(wire::Topic::results, {event_at(Limits::min()), event_at(Limits::max())}) +
         of(wire::Topic::rejects, filled<pb::RejectMessage>(2) + Seeds{letter.SerializeAsString()});
}

Seeds restart_notes() {
  return {"v1;r=0", "v1;r=1000;j=2,10;s=3-5", "v1;r=5;s=1-2,3-4;j=1", "v1;r=9223372036854775807", "v1;r=1;k=3",
          "v2;r=1"};
}

Seeds csv_files() {
  return after(",\3\3\x09"s, {"email,city\na@example.com,Bern\nb@example.com,\n", "a;b\r\n1,5;2\r\n", "a,b\r1,2\r",
                              "\xef\xbb\xbf\"a\"\"b\",c\n\"x\ny\",\"z\"\n", "a\n\n1\n", "a,b\n1\n", "a,a\n", "a,\n",
                              "\"a", "a\n\"1\"2\n", "a\n1\"2\n", "a\n1\x00\n"s, "p@example.com\n", "\xff\xfe\n",
                              "[{\"a\":1}]", "a,b;c\n", "\xc3,b\n", " \n"});
}

Seeds json_files() {
  return after("\1\3\x09"s, {"{\"a\":\"x\",\"b\":1}\n{\"a\":null,\"c\":-1.50e3}\n", "{\"a\":true}\r\n\n{\"b\":false}",
                             "\xef\xbb\xbf{\"\\u00e9\\n\":\"\\ud83d\\ude00\"}\n", "{}\n", "{\"a\":{}}", "{\"a\":[1]}",
                             "[1]", "7", "\"x\"", "{\"a\":1,\"a\":2}", "{\"a\":1}x", "{\"a\":18446744073709551615}",
                             "{\"a\":0.1,\"b\":\"\xff\"}", "a,b\n1,2\n", "[ {\"a\":1}]"}) +
         Seeds{"\0\1\2{\"a\":1}\n"s, "\0\1\2a,b\n1,2\n"s};
}

Seeds recorded_files() {
  return {"\1\2\3abc\1x"s,
          "\0\0\0"s,
          "\0\0\x85\x00xyzab"s,
          "\0\0\5xyz"s,
          "\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s,
          "\0\0\xff\xff\xff\x7f"s,
          "\0\0\x85"s};
}

constexpr std::string_view activity =
    R"({"activity_id":"a1","state":"completed","source_file_name":"b-1.csv","created_at":"2026-04-28T21:48:16.108Z",)"
    R"("status":{"person_count":"12","error_count":0,"correctable_count":-1,"cannot_add_to_list_count":2}})";

Seeds activities() {
  Seeds seeds{"a" + std::string{activity}};
  for (const auto* state : {"initialized", "processing", "cancelled", "failed", "timed_out", "time_out", "pondering"}) {
    seeds.push_back(R"(a{"activity_id":"a1","state":")" + std::string{state} + "\"}");
  }
  seeds.push_back(R"(A{"activities":[)" + std::string{activity} +
                  R"(,7,{}],"_links":{"next":{"href":"/v3/activities?cursor=x"}}})");
  return seeds;
}

/// The status is 300 + 4 × the first byte + the second.
Seeds errors() {
  Seeds seeds;
  for (const auto* body :
       {R"({"error_key":"throttled","error_message":"Too Many Requests"})", R"([{"error_key":"quota_exceeded"}])",
        R"([{"error_key":"mashery.not.authorized.over.qps"}])", R"({"message":"Limit Exceeded"})",
        R"({"message":"Too Many Requests"})", R"({"error":"invalid_grant","error_description":"y"})",
        R"({"errorCode":"E0000047","errorSummary":"z"})", R"({"error_key":"has blanks in it"})", "<html></html>"}) {
    for (const int status : {300, 400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 500, 503}) {
      const int step = (status - 300) / 4;
      const std::string head{'e', static_cast<char>(step), static_cast<char>(status - 300 - 4 * step)};
      seeds.push_back(head + body);
    }
  }
  for (const char kind : {'\0', '\1', '\2'}) seeds.push_back("f"s + kind + "broken");
  return seeds;
}

constexpr std::string_view token = R"({"access_token":"t","expires_in":86400,"refresh_token":"r","scope":"s"})";

Seeds answers() {
  return activities() + errors() +
         Seeds{"t2026-04-28T21:48:16Z",
               "t2026-04-28T16:48:16.5-05:00",
               "t2026-04-28T16:48:16.123456+05:30",
               "t2026-13-28T21:48:16Z",
               R"(s{"encoded_account_id":"p1","organization_name":"Example"})",
               R"(p[{"privilege_name":"contacts:write","privilege_id":1},7])",
               R"(l{"list_id":"l1","name":"n","deleted_at":"2026-04-28T21:48:16Z"})",
               R"(L{"lists":[{"list_id":"l1","name":"n"},{}],"_links":{"next":{"href":"//x.example/"}}})",
               R"(c{"custom_fields":[{"custom_field_id":"i","label":"l","name":"n","type":"string"},1]})",
               "k" + std::string{token},
               R"(k{"access_token":"t","expires_in":"12"})"};
}

Seeds token_answers() {
  Seeds seeds;
  for (char status = 0; status < 12; ++status) {
    for (const std::string_view body : {token, std::string_view{R"({"error":"invalid_grant"})"}}) {
      seeds.push_back(std::string(1, status).append(body));
    }
  }
  for (const char kind : {'\0', '\1', '\2'}) seeds.push_back("\x0c"s + kind);
  seeds.push_back("\0{\"access_token\":\"t\",\"expires_in\":9000000000000000000}"s);
  return seeds;
}

void write(const std::filesystem::path& directory, const Seeds& seeds) {
  std::filesystem::create_directories(directory);
  for (std::size_t number = 0; number < seeds.size(); ++number) {
    std::ofstream{directory / ("seed-" + std::to_string(number)), std::ios::binary} << seeds[number];
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "Usage: fuzz_seeds DIRECTORY\n";
    return 2;
  }
  const std::filesystem::path directory{arguments[1]};
  write(directory / "input", filled<pb::ExportMessage>(5) + members() + long_texts());
  write(directory / "control", filled<pb::ControlMessage>(6));
  write(directory / "decided", filled<pb::DecidedMessage>(3) + Seeds{range()});
  write(directory / "journal", filled<pb::JournalMessage>(5));
  write(directory / "credentials", filled<pb::StoredToken>(1) + filled<pb::TokenSecret>(1));
  write(directory / "results", filled<pb::ResultEvent>(3) + filled<pb::RejectMessage>(2));
  write(directory / "inspect", records_to_inspect());
  write(directory / "restart_notes", restart_notes());
  write(directory / "csv", csv_files());
  write(directory / "json_lines", json_files());
  write(directory / "recorded_file", recorded_files());
  write(directory / "answers", answers());
  write(directory / "token_answer", token_answers());
}

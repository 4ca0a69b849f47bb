#include "intake/dead_letters.hpp"

#include "run/digest.hpp"

namespace intake {

run::DeadLetter dead_letter(const Origin& origin, const InputRecord& record, run::DeadCause cause,
                            std::string_view detail) {
  const auto digest = run::sha256(record.payload);
  run::DeadLetter letter;
  letter.topic = origin.topic;
  letter.partition = origin.partition;
  letter.offset = record.offset;
  letter.cause = cause;
  letter.detail = detail;
  letter.key = record.key.substr(0, run::DeadLetter::most_key_bytes);
  letter.payload = record.payload.substr(0, run::DeadLetter::most_payload_bytes);
  letter.payload_bytes = record.payload.size();
  letter.payload_sha256.assign(digest.begin(), digest.end());
  return letter;
}

run::DeadLetter lost_span(const Origin& origin, std::int64_t from, std::int64_t until) {
  run::DeadLetter letter;
  letter.topic = origin.topic;
  letter.partition = origin.partition;
  letter.offset = from;
  letter.lost_until = until;
  letter.cause = run::DeadCause::lost_span;
  return letter;
}

}  // namespace intake

#include "simulation/witness.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "wire/credentials.hpp"
#include "wire/journal.hpp"

namespace simulation {
namespace {

constexpr std::string_view bearer = "Bearer ";

std::string header(const sandbox::Request& request, std::string_view name) {
  for (const auto& [known, value] : request.headers) {
    if (known == name) return value;
  }
  return {};
}

}  // namespace

template <class Take>
void Witness::read(std::string_view topic, Take take) {
  for (std::int32_t partition = 0; partition < kafka_.partitions(topic); ++partition) {
    auto& position = positions_[{std::string{topic}, partition}];
    while (const auto* stored = kafka_.log(topic, partition).next(position)) {
      position = stored->offset + 1;
      if (stored->record.value) take(*stored);
    }
  }
}

void Witness::read() {
  read(support::topic::credentials, [this](const support::StoredRecord& stored) { read_token(stored); });
  read(support::topic::deliveries, [this](const support::StoredRecord& stored) { read_journal(stored); });
}

void Witness::read_token(const support::StoredRecord& stored) {
  const auto token = wire::decode_token(*stored.record.value);
  if (!token) return complain("a token that cannot be read");
  const auto secret = wire::decode_secret(cipher_.open(token->sealed, stored.record.key).value_or(std::string{}));
  if (!secret) return complain("a token that cannot be opened");
  if (secret->access_token.empty()) return;  // A person's, from which no refresh has been made.
  if (application_of_.try_emplace(secret->access_token, token->name.application.value).second) ++refreshes_stored_;
}

void Witness::read_journal(const support::StoredRecord& stored) {
  const auto record = wire::decode_journal(*stored.record.value);
  if (!record) return complain("a journal record that cannot be read");
  if (const auto* batch = std::get_if<run::BatchState>(&*record)) {
    intents_.insert(batch->batch_id.value + "-" + std::to_string(batch->attempt));
  } else if (const auto* block = std::get_if<run::QuotaBlock>(&*record)) {
    auto& reserved = reserved_[{block->application.value, block->day}];
    reserved = std::max<std::uint64_t>(reserved, block->reserved);
  }
}

void Witness::arrives(const sandbox::Request& request) {
  if (!request.target.starts_with("/v3/")) return;
  read();
  const auto authorization = header(request, "Authorization");
  const auto known = application_of_.find(authorization.substr(std::min(bearer.size(), authorization.size())));
  if (known == application_of_.end()) return complain("a token was used before it was stored");
  const Day day{known->second, std::chrono::floor<std::chrono::days>(kafka_.time().now())};
  if (++calls_[day] > reserved_[day]) complain("a call was made before it was counted in the journal");
  if (request.target.ends_with("/contacts_file_import")) check_import(request);
}

void Witness::check_import(const sandbox::Request& request) {
  constexpr std::string_view before = "filename=\"";
  constexpr std::string_view after = ".csv\"";
  const auto begin = request.body.find(before);
  const auto end = request.body.find(after, begin);
  if (begin == std::string::npos || end == std::string::npos) return complain("an import without a name");
  const auto name = request.body.substr(begin + before.size(), end - begin - before.size());
  if (!intents_.contains(name)) complain("an import was sent before its intent was journalled");
}

}  // namespace simulation

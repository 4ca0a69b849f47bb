#include "simulation/witness.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "sandbox/core/multipart.hpp"
#include "sandbox/core/requests.hpp"
#include "wire/credentials.hpp"
#include "wire/journal.hpp"

namespace simulation {
namespace {

constexpr std::string_view bearer = "Bearer ";

}  // namespace

template <class Take>
void Witness::read(std::string_view topic, Take take) {
  for (std::int32_t partition = 0; partition < kafka_.partitions(topic); ++partition) {
    auto& position = positions_[{std::string{topic}, partition}];
    while (const auto* stored = kafka_.log(topic, partition).next(position)) {
      position = stored->offset + 1;
      if (stored->record.value) take(*stored, partition);
    }
  }
}

void Witness::read() {
  using support::StoredRecord;
  read(support::topic::credentials, [this](const StoredRecord& stored, std::int32_t) { read_token(stored); });
  read(support::topic::deliveries,
       [this](const StoredRecord& stored, std::int32_t partition) { read_journal(stored, partition); });
}

void Witness::read_token(const support::StoredRecord& stored) {
  const auto token = wire::decode_token(*stored.record.value);
  if (!token) return complain("a token that cannot be read");
  const auto secret = wire::decode_secret(cipher_.open(token->sealed, stored.record.key).value_or(std::string{}));
  if (!secret) return complain("a token that cannot be opened");
  if (secret->access_token.empty()) return;  // A person's, from which no refresh has been made.
  if (application_of_.try_emplace(secret->access_token, token->name.application.value).second) ++refreshes_stored_;
}

void Witness::read_journal(const support::StoredRecord& stored, std::int32_t partition) {
  const auto record = wire::decode_journal(*stored.record.value);
  if (!record) return complain("a journal record that cannot be read");
  if (const auto* batch = std::get_if<run::BatchState>(&*record)) {
    intents_.insert(batch->batch_id.value + "-" + std::to_string(batch->attempt));
  } else if (const auto* block = std::get_if<run::QuotaBlock>(&*record)) {
    reserved_[{block->application.value, block->day}] = block->reserved;
  } else if (const auto* owner = std::get_if<run::Owner>(&*record)) {
    read_owner(*owner, stored.appended_at, owners_[partition]);
  }
}

void Witness::read_owner(const run::Owner& owner, run::UtcTime at, Owners& owners) {
  auto& claim = owners.claims[owner.claim_id];
  if (claim.number == 0) {
    claim.number = owners.claims.size();
    if (owners.released) owners.longest_request = {};
    owners.longest_request = std::max(owners.longest_request, owner.request_timeout);
    if (!owners.released) claim.silent_until = at + owners.longest_request;
    owners.of_process[owner.process] = claim;
  }
  owners.released = owner.released;
}

void Witness::arrives(const sandbox::Request& request, const std::string& process) {
  read();
  if (!request.target.starts_with("/v3/")) return judge_refresh();
  const auto authorization = sandbox::header(request, "Authorization");
  const auto known =
      application_of_.find(std::string{authorization.substr(std::min(bearer.size(), authorization.size()))});
  if (known == application_of_.end()) return complain("a token was used before it was stored");
  const Day day{known->second, std::chrono::floor<std::chrono::days>(kafka_.time().now())};
  if (++calls_[day] > reserved_[day]) complain("a call was made before it was counted in the journal");
  check_owner(known->second, process);
  if (request.target.ends_with("/contacts_file_import")) check_import(request);
}

void Witness::check_owner(const std::string& application, const std::string& process) {
  auto& owners = owners_[kafka_.partition_of(support::topic::decided, application)];
  const auto& claim = owners.of_process[process];
  if (claim.number < owners.newest_caller) return complain("an owner called after a newer one");
  if (kafka_.time().now() < claim.silent_until) complain("an owner called while its predecessor's calls might come");
  owners.newest_caller = claim.number;
}

void Witness::judge_refresh() {
  const auto counters = core_.counters();
  if (none_lost_ && counters.spent_refresh_tokens > spent_) complain("a spent refresh token was used");
  spent_ = counters.spent_refresh_tokens;
  none_lost_ = counters.refreshes == refreshes_stored_;
}

void Witness::check_import(const sandbox::Request& request) {
  constexpr std::string_view ending = ".csv";
  const auto boundary = sandbox::boundary_of(sandbox::header(request, "Content-Type"));
  for (const auto& part : sandbox::read_multipart(request.body, boundary.value_or(std::string{}))) {
    if (!part.file_name) continue;
    if (!intents_.contains(part.file_name->substr(0, part.file_name->size() - ending.size()))) {
      complain("an import was sent before its intent was journalled");
    }
    return;
  }
  complain("an import without a name");
}

}  // namespace simulation

#include "delivery/credentials.hpp"

#include <limits>

#include "wire/credentials.hpp"

namespace delivery {

bool Credentials::apply(const LogRecord& record) {
  if (!record.value) {
    if (const auto name = names_.find(record.key); name != names_.end()) {
      tokens_.erase(name->second);
      names_.erase(name);
    }
    return true;
  }
  const auto token = wire::decode_token(*record.value);
  if (!token) return false;
  stored(*token);
  return true;
}

void Credentials::stored(const run::StoredToken& token) {
  names_[wire::key_of(token.name)] = token.name;
  tokens_[token.name] = token;
}

const run::StoredToken* Credentials::newest(const run::ApplicationId& application, const run::ConnectionId& connection,
                                            const run::GrantId& grant) const {
  const run::TokenName highest{application, connection, grant, std::numeric_limits<std::uint64_t>::max()};
  auto found = tokens_.upper_bound(highest);
  if (found == tokens_.begin()) return nullptr;
  --found;
  const auto& name = found->first;
  const bool same = name.application == application && name.connection_id == connection && name.grant_id == grant;
  return same ? &found->second : nullptr;
}

std::vector<run::TokenName> Credentials::older_than(const run::TokenName& name) const {
  run::TokenName lowest = name;
  lowest.generation = 0;
  std::vector<run::TokenName> older;
  for (auto token = tokens_.lower_bound(lowest); token != tokens_.end() && token->first < name; ++token) {
    older.push_back(token->first);
  }
  return older;
}

}  // namespace delivery

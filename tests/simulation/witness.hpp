#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "run/time.hpp"
#include "sandbox/core/http.hpp"
#include "support/memory_kafka.hpp"
#include "vault/cipher.hpp"

namespace simulation {

/// Stands at the vendor's door: of each request that arrives, what must have been written to Kafka before it.
class Witness {
 public:
  Witness(support::MemoryKafka& kafka, const vault::Key& key) : kafka_{kafka}, cipher_{{key}} {}

  void arrives(const sandbox::Request& request);
  /// Reads on where it stood; before anything goes from a log.
  void read();

  /// All that came too early, each in words.
  const std::vector<std::string>& complaints() const { return complaints_; }
  /// Tokens that a refresh brought and that were stored.
  std::uint64_t refreshes_stored() const { return refreshes_stored_; }

 private:
  using Day = std::pair<std::string, std::chrono::sys_days>;  ///< Of an application.

  void read_token(const support::StoredRecord& stored);
  void read_journal(const support::StoredRecord& stored);
  template <class Take>
  void read(std::string_view topic, Take take);
  void check_import(const sandbox::Request& request);
  void complain(std::string what) { complaints_.push_back(std::move(what)); }

  support::MemoryKafka& kafka_;
  vault::Cipher cipher_;
  std::map<std::pair<std::string, std::int32_t>, std::int64_t> positions_;
  std::map<std::string, std::string> application_of_;  ///< By the access tokens that were stored.
  std::set<std::string> intents_;                      ///< Batch id, `-`, attempt.
  std::map<Day, std::uint64_t> reserved_;
  std::map<Day, std::uint64_t> calls_;
  std::uint64_t refreshes_stored_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace simulation

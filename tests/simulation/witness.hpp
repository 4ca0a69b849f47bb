#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "run/journal.hpp"
#include "run/time.hpp"
#include "sandbox/core/core.hpp"
#include "support/memory_kafka.hpp"
#include "vault/cipher.hpp"

namespace simulation {

/// Stands at the vendor's door: of each request that arrives, what must have been written to Kafka before it.
class Witness {
 public:
  Witness(support::MemoryKafka& kafka, sandbox::Core& core, const vault::Key& key)
      : kafka_{kafka}, core_{core}, cipher_{{key}} {}

  /// `process`: as its `Owner` records name it.
  void arrives(const sandbox::Request& request, const std::string& process);
  /// Reads on where it stood; before anything goes from a log.
  void read();

  /// All that came too early, each in words; once nothing more arrives.
  const std::vector<std::string>& complaints() {
    judge_refresh();
    return complaints_;
  }

 private:
  using Day = std::pair<std::string, std::chrono::sys_days>;  ///< Of an application.

  struct Claim {
    std::uint64_t number = 0;  ///< In their order.
    run::UtcTime silent_until{};
  };
  struct Owners {
    std::map<run::ClaimId, Claim> claims{};
    std::map<std::string, Claim> of_process{};  ///< The newest one.
    std::uint64_t newest_caller = 0;
    bool released = true;                         ///< By the newest one.
    std::chrono::milliseconds longest_request{};  ///< Of those that have not let go.
  };

  void read_token(const support::StoredRecord& stored);
  void read_journal(const support::StoredRecord& stored, std::int32_t partition);
  void read_owner(const run::Owner& owner, run::UtcTime at, Owners& owners);
  template <class Take>
  void read(std::string_view topic, Take take);
  /// Once a newer owner has called, the older ones are silent; and it calls when their requests can no longer arrive.
  void check_owner(const std::string& application, const std::string& process);
  /// A spent refresh token may be presented only while the outcome of a refresh is lost.
  void judge_refresh();
  void check_import(const sandbox::Request& request);
  void complain(std::string what) { complaints_.push_back(std::move(what)); }

  support::MemoryKafka& kafka_;
  sandbox::Core& core_;
  vault::Cipher cipher_;
  std::map<std::pair<std::string, std::int32_t>, std::int64_t> positions_;
  std::map<std::string, std::string> application_of_;  ///< By the access tokens that were stored.
  std::set<std::string> intents_;                      ///< Batch id, `-`, attempt.
  std::map<std::int32_t, Owners> owners_;              ///< By partition.
  std::map<Day, std::uint64_t> reserved_;
  std::map<Day, std::uint64_t> calls_;
  std::uint64_t refreshes_stored_ = 0;  ///< Tokens that a refresh brought.
  std::uint64_t spent_ = 0;             ///< Tokens that were presented before the newest refresh.
  bool none_lost_ = true;               ///< At that time.
  std::vector<std::string> complaints_;
};

}  // namespace simulation

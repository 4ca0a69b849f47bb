#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <boost/asio/awaitable.hpp>

#include "delivery/claim.hpp"

namespace delivery {

/// What is known of a journal partition's last owner at two looks.
struct OwnerSeen {
  bool none = false;  ///< Nobody ever wrote there, or the last one is ourselves.
  bool released = false;
  std::int64_t offset = -1;  ///< Of its last record.
  auto operator<=>(const OwnerSeen&) const = default;
};

/// Whether one that was fenced may claim again.
bool may_claim_again(const OwnerSeen& seen, std::chrono::nanoseconds unchanged_for, const Settings& settings);

/// One assignment of a partition: claim after claim, for as long as it stands.
class Ownership {
 public:
  Ownership(std::int32_t partition, ClaimParts parts);

  /// Until stop() or drop() has been obeyed, or the assignment turned out to be over.
  boost::asio::awaitable<void> run();
  void stop();
  void drop();

  void halt() {
    if (claim_) claim_->halt();
  }

  bool working() const { return claim_ && claim_->working(); }
  void look_again() {
    if (claim_) claim_->look_again();
  }

 private:
  boost::asio::awaitable<void> wait_for_other_owner(run::ClaimId own);
  boost::asio::awaitable<void> wait(std::chrono::nanoseconds longest);

  std::int32_t partition_;
  ClaimParts parts_;
  bool over_ = false;
  Wake told_;
  std::optional<Claim> claim_;
};

}  // namespace delivery

#pragma once

#include <compare>
#include <functional>
#include <string>

namespace run {

/// A name given by somebody else, kept apart from the names of other kinds of things.
template <class Kind>
struct Id {
  std::string value;

  bool empty() const { return value.empty(); }
  auto operator<=>(const Id&) const = default;
};

using RunId = Id<struct RunKind>;
using ExportId = Id<struct ExportKind>;
using ConnectionId = Id<struct ConnectionKind>;
using ApplicationId = Id<struct ApplicationKind>;  ///< OAuth client id, which is the API key.
using AccountId = Id<struct AccountKind>;          ///< The vendor's `encoded_account_id`.
using GrantId = Id<struct GrantKind>;              ///< One sign-in of a person for one connection.
using ListId = Id<struct ListKind>;
using SegmentId = Id<struct SegmentKind>;
using BatchId = Id<struct BatchKind>;
using ActivityId = Id<struct ActivityKind>;  ///< The vendor's name for an import job.
using ClaimId = Id<struct ClaimKind>;        ///< One life of an owner of a partition.

}  // namespace run

template <class Kind>
struct std::hash<run::Id<Kind>> {
  std::size_t operator()(const run::Id<Kind>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};

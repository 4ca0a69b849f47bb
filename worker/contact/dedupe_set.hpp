#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <boost/unordered/unordered_flat_set.hpp>

#include "contact/email_address.hpp"

namespace contact {

/// Drawn at random by each process, so that nobody can choose addresses that collide.
struct DedupeKey {
  std::array<std::uint8_t, 16> bytes;
};

/// `secret_bits`: fresh ones, since this room has no source of its own.
DedupeKey dedupe_key_of(const std::array<std::uint64_t, 2>& secret_bits);

/// The addresses of one run, to tell a repeat from a first.
///
/// Holds 128 bits of each address instead of the address: a false repeat among a million people has a chance below 1 in
/// 10^26, and no address stays in memory.
class DedupeSet {
 public:
  explicit DedupeSet(const DedupeKey& key) : key_{key} {}

  /// False if it was there already.
  bool insert(const EmailAddress& address);
  bool contains(const EmailAddress& address) const;

  std::size_t size() const { return digests_.size(); }

  /// An estimate from above; while the set grows, the old table is held as well.
  std::size_t memory_bytes() const;

 private:
  using Digest = std::array<std::uint64_t, 2>;

  /// The bits are a keyed hash already.
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(const Digest& digest) const { return static_cast<std::size_t>(digest[0]); }
  };

  Digest digest(const EmailAddress& address) const;

  DedupeKey key_;
  boost::unordered_flat_set<Digest, Hash> digests_;
};

}  // namespace contact

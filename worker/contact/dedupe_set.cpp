#include "contact/dedupe_set.hpp"

#include <bit>
#include <string>

#include <sodium/crypto_shorthash_siphash24.h>

namespace contact {

static_assert(sizeof(DedupeKey) == crypto_shorthash_siphashx24_KEYBYTES);

DedupeKey dedupe_key_of(const std::array<std::uint64_t, 2>& secret_bits) {
  return std::bit_cast<DedupeKey>(secret_bits);
}

DedupeSet::Digest DedupeSet::digest(const EmailAddress& address) const {
  Digest digest;
  static_assert(sizeof(digest) == crypto_shorthash_siphashx24_BYTES);
  const std::string& text = address.text();
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(digest.data()),
                              reinterpret_cast<const unsigned char*>(text.data()), text.size(), key_.bytes.data());
  return digest;
}

bool DedupeSet::insert(const EmailAddress& address) { return digests_.insert(digest(address)).second; }

bool DedupeSet::contains(const EmailAddress& address) const { return digests_.contains(digest(address)); }

std::size_t DedupeSet::memory_bytes() const {
  // Slots come in groups of 15 with 16 bytes of bookkeeping.
  const std::size_t groups = digests_.bucket_count() / 15 + 1;
  return groups * (15 * sizeof(Digest) + 16);
}

}  // namespace contact

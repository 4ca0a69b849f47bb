#include "run/digest.hpp"

#include <cstddef>
#include <span>
#include <stdexcept>

#include <openssl/evp.h>

namespace run {
namespace {

constexpr std::size_t batch_id_bytes = 16;

std::string to_hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0xf];
  }
  return text;
}

void append(std::string& text, Position position) {
  text += '/' + std::to_string(position.offset) + '/' + std::to_string(position.index);
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
  Sha256 digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error{"OpenSSL computes no SHA-256"};
  }
  return digest;
}

std::string hex(const Sha256& digest) { return to_hex(digest); }

BatchId batch_id(const RunInstance& instance, Position first, Position last, std::string_view split_path) {
  // The length in front, since a run id may hold what separates the parts.
  std::string text = std::to_string(instance.run_id.value.size()) + ':' + instance.run_id.value;
  text += '/' + std::to_string(instance.partition) + '/' + std::to_string(instance.job_offset);
  append(text, first);
  append(text, last);
  text += '/';
  text += split_path;
  const Sha256 digest = sha256(text);
  return BatchId{to_hex(std::span{digest}.first<batch_id_bytes>())};
}

}  // namespace run

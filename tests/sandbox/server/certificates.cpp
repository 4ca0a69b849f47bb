#include "sandbox/server/certificates.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace sandbox {
namespace {

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Release<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION, X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Release<BIO, BIO_free_all>>;

constexpr long lifetime_seconds = 10L * 365 * 86'400;

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error{std::string{"OpenSSL: "} + what};
}

Key make_key() {
  Key key{EVP_EC_gen("P-256")};
  require(key != nullptr, "no key");
  return key;
}

void add_extension(X509* subject, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, subject, nullptr, nullptr, 0);
  const Extension extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
  require(extension != nullptr && X509_add_ext(subject, extension.get(), -1) == 1, "no extension");
}

/// A certificate without extensions and signature.
Certificate begin(const char* name, EVP_PKEY* key, const X509* issuer) {
  Certificate certificate{X509_new()};
  require(certificate != nullptr, "no certificate");
  X509* const raw = certificate.get();
  X509_set_version(raw, X509_VERSION_3);
  std::uint64_t serial = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1, "no random bytes");
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(raw), serial >> 1U);
  // A little early, for clients whose clock is behind.
  X509_gmtime_adj(X509_getm_notBefore(raw), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(raw), lifetime_seconds);
  X509_set_pubkey(raw, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(raw, X509_get_subject_name(issuer == nullptr ? raw : issuer));
  return certificate;
}

std::string text_of(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Memory memory{BIO_new(BIO_s_mem())};
  require(PEM_write_bio_X509(memory.get(), certificate) == 1, "no PEM");
  return text_of(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Memory memory{BIO_new(BIO_s_mem())};
  require(PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1, "no PEM");
  return text_of(memory.get());
}

std::string names_for(const std::string& address) {
  std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  if (address != "127.0.0.1" && address != "::1" && address != "0.0.0.0" && address != "::") names += ",IP:" + address;
  return names;
}

}  // namespace

Certificates make_certificates(const std::string& address) {
  const Key authority_key = make_key();
  const Certificate authority = begin("Constant Contact sandbox authority", authority_key.get(), nullptr);
  add_extension(authority.get(), authority.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash");
  require(X509_sign(authority.get(), authority_key.get(), EVP_sha256()) != 0, "not signed");

  const Key key = make_key();
  const Certificate certificate = begin("localhost", key.get(), authority.get());
  add_extension(certificate.get(), authority.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), authority.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(certificate.get(), authority.get(), NID_ext_key_usage, "serverAuth");
  add_extension(certificate.get(), authority.get(), NID_subject_alt_name, names_for(address));
  add_extension(certificate.get(), authority.get(), NID_authority_key_identifier, "keyid");
  require(X509_sign(certificate.get(), authority_key.get(), EVP_sha256()) != 0, "not signed");

  return {.authority = pem_of(authority.get()), .certificate = pem_of(certificate.get()), .key = pem_of(key.get())};
}

}  // namespace sandbox

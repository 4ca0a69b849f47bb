#include "stage/http/certificate.hpp"

#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace http {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

void must(bool worked) {
  if (!worked) throw std::runtime_error{"no certificate could be made"};
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
  must(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Owned<X509> unsigned_certificate(EVP_PKEY* key, const char* name) {
  Owned<X509> certificate{X509_new()};
  must(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  must(ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), name[0]) == 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  must(X509_set_pubkey(certificate.get(), key) == 1);
  must(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                                  reinterpret_cast<const unsigned char*>(name), -1, -1, 0) == 1);
  return certificate;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

CertifiedKey pem_of(EVP_PKEY* key, X509* certificate) {
  const Owned<BIO> key_text{BIO_new(BIO_s_mem())};
  const Owned<BIO> certificate_text{BIO_new(BIO_s_mem())};
  must(PEM_write_bio_PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  must(PEM_write_bio_X509(certificate_text.get(), certificate) == 1);
  return {text_of(key_text.get()), text_of(certificate_text.get())};
}

template <class T>
Owned<T> from_pem(const std::string& text, T* (*read)(BIO*, T**, pem_password_cb*, void*)) {
  const Owned<BIO> bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
  Owned<T> value{read(bio.get(), nullptr, nullptr, nullptr)};
  must(value != nullptr);
  return value;
}

}  // namespace

Authority::Authority() {
  const Owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
  const auto certificate = unsigned_certificate(key.get(), "Test Authority");
  must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())) == 1);
  extend(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
  root_ = pem_of(key.get(), certificate.get());
}

CertifiedKey Authority::issue(const std::string& names) const {
  const auto root_key = from_pem(root_.key, PEM_read_bio_PrivateKey);
  const auto root = from_pem(root_.certificate, PEM_read_bio_X509);
  const Owned<EVP_PKEY> key{EVP_EC_gen("P-256")};
  const auto certificate = unsigned_certificate(key.get(), "server");
  must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(root.get())) == 1);
  extend(certificate.get(), root.get(), NID_subject_alt_name, names);
  must(X509_sign(certificate.get(), root_key.get(), EVP_sha256()) > 0);
  return pem_of(key.get(), certificate.get());
}

}  // namespace http

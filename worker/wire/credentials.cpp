#include "wire/credentials.hpp"

#include "wire/envelope.hpp"
#include "wire/keys.hpp"
#include "wire/parts.hpp"

namespace wire {

namespace pb = segment_export::v1;

Result<run::StoredToken> decode_token(std::string_view payload) {
  pb::StoredToken message;
  if (!parse(payload, message)) return malformed("not a StoredToken");
  return run::StoredToken{
      .name = {.application = {message.application()},
               .connection_id = {message.connection_id()},
               .grant_id = {message.grant_id()},
               .generation = message.generation()},
      .sealed = {.key_id = message.key_id(), .nonce = message.nonce(), .ciphertext = message.sealed_token()},
      .stored_at = utc_time(message.stored_at_ms()),
      .access_expires_at = optional_utc_time(message.access_expires_at_ms())};
}

std::string encode(const run::StoredToken& token) {
  pb::StoredToken message;
  message.set_application(token.name.application.value);
  message.set_connection_id(token.name.connection_id.value);
  message.set_grant_id(token.name.grant_id.value);
  message.set_generation(token.name.generation);
  message.set_key_id(token.sealed.key_id);
  message.set_nonce(token.sealed.nonce);
  message.set_sealed_token(token.sealed.ciphertext);
  message.set_stored_at_ms(milliseconds(token.stored_at));
  message.set_access_expires_at_ms(milliseconds(token.access_expires_at));
  return message.SerializeAsString();
}

std::string key_of(const run::TokenName& name) {
  return key_part(name.application.value) + '/' + key_part(name.connection_id.value) + '/' +
         key_part(name.grant_id.value) + '/' + std::to_string(name.generation);
}

Result<run::TokenSecret> decode_secret(std::string_view plaintext) {
  pb::TokenSecret message;
  if (!parse(plaintext, message)) return malformed("not a TokenSecret");
  return run::TokenSecret{
      .access_token = message.access_token(), .refresh_token = message.refresh_token(), .scope = message.scope()};
}

std::string encode(const run::TokenSecret& secret) {
  pb::TokenSecret message;
  message.set_access_token(secret.access_token);
  message.set_refresh_token(secret.refresh_token);
  message.set_scope(secret.scope);
  return message.SerializeAsString();
}

}  // namespace wire

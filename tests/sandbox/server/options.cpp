#include "sandbox/server/options.hpp"

#include <CLI/CLI.hpp>

namespace sandbox {
namespace {

constexpr const char* about =
    R"(Stand-in for Constant Contact: the token endpoint, the V3 API and control routes
for tests, all on both ports. Everything is in memory and gone at the end.

It keeps the vendor's rules as they are known: 4 requests in any second and
10,000 a day for each client id (429), one token call a second, single-use
refresh tokens whose reuse revokes the grant, imports of which only the first
4,000,000 bytes and 40,000 lines are read, imports as background activities.)";

constexpr const char* examples =
    R"(Routes:
  POST /oauth2/default/v1/token         grant_type=refresh_token
  /v3/account/summary, /v3/account/user/privileges, /v3/activities[/ID],
  /v3/activities/contacts_file_import, /v3/activities/contacts_json_import,
  /v3/contact_lists[/ID], /v3/contact_custom_fields
  POST /__sandbox/reset                 forget everything
  POST /__sandbox/seed                  {"applications":[{"client_id":"a","client_secret":"s","refresh":"rotating"}],
                                         "accounts":[{"encoded_account_id":"p1"}],
                                         "grants":[{"refresh_token":"r","client":"a","account":"p1"}],
                                         "lists":[{"list_id":"UUID","name":"News"}],
                                         "custom_fields":[{"name":"tier","label":"Tier","type":"string"}],
                                         "contacts":[{"email":"ada@example.com","state":"unsubscribed"}]}
                                        refresh: rotating, long_lived; an application may have rate and daily;
                                        state: active, unsubscribed, deleted, deleted_unsubscribed
  GET|POST /__sandbox/knobs             {"rows_per_second":1000,"start_delay_ms":500}
  POST /__sandbox/faults                [{"route":"POST /v3/activities/contacts_file_import","effect":"answer",
                                          "status":503,"when":"after","count":1}]
                                        One, or an array; the first that fits a request acts. Members:
                                        route ("*", "PATH" or "METHOD PATH"; ids as {activity_id}, {list_id}),
                                        client, skip, count (-1: for ever), probability, latency_ms,
                                        effect: latency; answer (status, body, content_type) and reset, each
                                        when "before" or "after" the request is processed; truncate; omit
                                        (members of the answer); activity_end of the next import
                                        (end: failed, cancelled, timed_out, completed, never; after so many rows)
  DELETE /__sandbox/faults              end all of them
  GET|POST /__sandbox/clock             {"advance_s":86400}
  GET /__sandbox/lists/ID/members       ?limit=1..100000&offset=N; 10,000 at once by default
                                        imports: how many imports named the person
  GET /__sandbox/requests               JSON lines; ?after=N
  GET /__sandbox/counters, /__sandbox/activities

Examples:
  constant-contact-sandbox --demo --ca-file ca.pem --ports-file ports
  . ./ports && curl "$SANDBOX_URL/__sandbox/counters"
  curl --cacert ca.pem -u demo-application:demo-secret "$TOKEN_URL" \
       -d grant_type=refresh_token -d refresh_token=demo-refresh-token
  constant-contact-sandbox --http-port 8080 --https-port 8443 --seed-file seed.json)";

}  // namespace

std::variant<Options, int> read_options(int count, const char* const* words) {
  Options options;
  CLI::App app{about, "constant-contact-sandbox"};
  app.footer(examples);
  app.add_option("--listen", options.listen, "Address to listen on")->capture_default_str();
  app.add_option("--http-port", options.http_port, "Port of plain HTTP; 0: any free one")->capture_default_str();
  app.add_option("--https-port", options.https_port, "Port of HTTPS; 0: any free one")->capture_default_str();
  app.add_option("--ca-file", options.ca_file,
                 "Where to write the certificate of the private authority that is made at each start (PEM)");
  app.add_option("--seed-file", options.seed_file, "JSON to begin with, as POST /__sandbox/seed takes it")
      ->check(CLI::ExistingFile);
  app.add_flag("--demo", options.demo,
               "Begin with application demo-application (secret demo-secret, refresh token\n"
               "demo-refresh-token), account p0demo and list 11111111-1111-4111-8111-111111111111");
  app.add_option("--ports-file", options.ports_file,
                 "Where to write API_URL, TOKEN_URL and SANDBOX_URL as shell exports once it listens");
  app.add_option("--random-seed", options.random_seed, "Decides all that is random")->capture_default_str();
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& end) {
    return app.exit(end) == 0 ? 0 : 2;
  }
  return options;
}

}  // namespace sandbox

#include "http/base_url.hpp"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(BaseUrl, IsSplitIntoItsParts) {
  struct Case {
    std::string text;
    BaseUrl url;
    std::string authority;
  };
  using enum BaseUrl::Scheme;
  for (const auto& [text, url, host] : std::vector<Case>{
           {"https://api.example.com/v3", {https, "api.example.com", "443", "/v3"}, "api.example.com"},
           {"https://api.example.com/v3/", {https, "api.example.com", "443", "/v3"}, "api.example.com"},
           {"http://localhost:8080", {http, "localhost", "8080", ""}, "localhost:8080"},
           {"http://localhost:8080/", {http, "localhost", "8080", ""}, "localhost:8080"},
           {"HTTPS://api.example.com:443/a/b", {https, "api.example.com", "443", "/a/b"}, "api.example.com"},
           {"http://api.example.com:443", {http, "api.example.com", "443", ""}, "api.example.com:443"},
           {"http://127.0.0.1:1", {http, "127.0.0.1", "1", ""}, "127.0.0.1:1"},
           {"https://[::1]:8443/x", {https, "::1", "8443", "/x"}, "[::1]:8443"},
           {"https://[2001:db8::1]", {https, "2001:db8::1", "443", ""}, "[2001:db8::1]"}}) {
    const auto parsed = parse_base_url(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(*parsed, url) << text;
    EXPECT_EQ(authority(*parsed), host) << text;
  }
}

TEST(BaseUrl, IsRefusedWhereItNamesNoPlaceOrMore) {
  for (const auto* text : {"", "api.example.com", "//api.example.com", "/v3", "ftp://api.example.com", "https://",
                           "https:///v3", "https://user:secret@api.example.com", "https://api.example.com/v3?a=b",
                           "https://api.example.com/v3#a", "https://api.example.com:0", "https://api.example.com:99999",
                           "https://api.example.com:x", "https://api example.com", "https://a%0d%0a.example"}) {
    EXPECT_FALSE(parse_base_url(text)) << text;
  }
}

TEST(BaseUrl, IsNeverRepeatedInTheReason) {
  const auto parsed = parse_base_url("https://user:secret@api.example.com");
  EXPECT_EQ(parsed.error().what.find("secret"), std::string::npos);
}

TEST(BaseUrl, KnowsAnAddressFromAName) {
  EXPECT_TRUE(is_address(*parse_base_url("http://127.0.0.1")));
  EXPECT_TRUE(is_address(*parse_base_url("http://[::1]")));
  EXPECT_FALSE(is_address(*parse_base_url("http://localhost")));
}

}  // namespace
}  // namespace http

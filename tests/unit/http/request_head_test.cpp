#include "http/request_head.hpp"

#include <gtest/gtest.h>

namespace http {
namespace {

std::optional<std::string> head_of(const Request& request) { return write_head(request, "api.example.com", "tester"); }

TEST(RequestHead, HoldsHostAgentAndHeaders) {
  Request request;
  request.target = "/v3/activities?limit=500";
  request.headers = {{"Accept", "application/json"}};
  EXPECT_EQ(head_of(request),
            "GET /v3/activities?limit=500 HTTP/1.1\r\n"
            "Host: api.example.com\r\n"
            "User-Agent: tester\r\n"
            "Accept: application/json\r\n"
            "\r\n");
}

TEST(RequestHead, SumsThePiecesOfABody) {
  Request request;
  request.method = "POST";
  request.target = "/";
  request.body = {"abc", "", "de"};
  EXPECT_NE(head_of(request)->find("Content-Length: 5\r\n"), std::string::npos);
  request.body.clear();
  EXPECT_NE(head_of(request)->find("Content-Length: 0\r\n"), std::string::npos);
}

TEST(RequestHead, RefusesWhatCouldEndALineEarly) {
  const auto refused = [](auto change) {
    Request request;
    request.target = "/";
    change(request);
    return !head_of(request).has_value();
  };
  EXPECT_FALSE(refused([](Request&) {}));
  EXPECT_TRUE(refused([](Request& request) { request.target = "/a b"; }));
  EXPECT_TRUE(refused([](Request& request) { request.target = "/a\r\nX: y"; }));
  EXPECT_TRUE(refused([](Request& request) { request.target = "http://elsewhere.example/"; }));
  EXPECT_TRUE(refused([](Request& request) { request.target = ""; }));
  EXPECT_TRUE(refused([](Request& request) { request.method = "GET /"; }));
  EXPECT_TRUE(refused([](Request& request) { request.headers = {{"Authorization", "Bearer a\nb"}}; }));
  EXPECT_TRUE(refused([](Request& request) { request.headers = {{"A: b", "c"}}; }));
  EXPECT_TRUE(refused([](Request& request) { request.headers = {{"", "c"}}; }));
}

}  // namespace
}  // namespace http

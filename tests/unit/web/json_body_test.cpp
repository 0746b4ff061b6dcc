#include "web/json_body.h"

#include <gtest/gtest.h>

namespace hotseat::web {
namespace {

Request with(const std::string& type, const std::string& body) {
  Request request;
  request.headers = {{"content-type", type}};
  request.body = body;
  return request;
}

unsigned status(const Request& request, bool may_be_empty = false) {
  const auto body = json_body(request, may_be_empty);
  return body ? 200 : body.error().status;
}

TEST(JsonBodyTest, TakesJsonOnly) {
  EXPECT_EQ(status(with("application/json", "{}")), 200U);
  EXPECT_EQ(status(with("Application/JSON ; charset=utf-8", "{}")), 200U);
  for (const char* type : {"", "text/plain", "application/jsonp", "text/plain; application/json"}) {
    EXPECT_EQ(status(with(type, "{}")), 415U) << type;
  }
  EXPECT_EQ(status(Request{}), 415U);
}

TEST(JsonBodyTest, TakesObjectsOnly) {
  for (const char* text : {"", "3", "[]", "\"x\"", "{", "{}{}", "{\"a\":\"\xff\"}", "nul"}) {
    EXPECT_EQ(status(with("application/json", text)), 400U) << text;
  }
  EXPECT_EQ(status(with("application/json", ""), true), 200U);
}

TEST(JsonBodyTest, BoundsItsSizeAndDepth) {
  Request large = with("application/json", "{}");
  large.body_too_large = true;
  EXPECT_EQ(status(large), 413U);
  EXPECT_EQ(status(with("application/json", R"({"a":[[[[[[[]]]]]]]})")), 200U);
  EXPECT_EQ(status(with("application/json", R"({"a":[[[[[[[[]]]]]]]]})")), 400U);
  EXPECT_EQ(status(with("application/json", std::string(8000, '['))), 400U);
  EXPECT_EQ(nesting(R"({"[[[[":"\"[[[["})"), 1U);
  EXPECT_EQ(nesting("]]]]]["), 1U);
}

TEST(JsonBodyTest, TextIsText) {
  const auto one = [](const char* text) {
    return required_text(Json::parse(text), "to").has_value();
  };
  EXPECT_TRUE(one(R"({"to":"host"})"));
  for (const char* text :
       {"{}", R"({"to":1})", R"({"to":null})", R"({"to":""})", R"({"to":"a\u0000b"})"}) {
    EXPECT_FALSE(one(text)) << text;
  }
}

}  // namespace
}  // namespace hotseat::web

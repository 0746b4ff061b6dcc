// The document and the table of routes are the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>

#include "web/answers.h"
#include "web/routes.h"

namespace hotseat::web {
namespace {

TEST(OpenApiTest, DescribesEveryRouteAndNoOther) {
  std::ifstream file(HOTSEAT_OPENAPI);
  const Json document = Json::parse(file);
  std::set<std::string> documented;
  for (const auto& [path, methods] : document.at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      std::string upper = method;
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      documented.insert(upper + " " + path);
    }
  }
  std::set<std::string> there;
  for (const Route& route : routes())
    there.insert(std::string(route.method) + " " + std::string(route.path));
  EXPECT_EQ(documented, there);
}

TEST(OpenApiTest, SaysWhoMayAsk) {
  std::ifstream file(HOTSEAT_OPENAPI);
  const Json document = Json::parse(file);
  for (const Route& route : routes()) {
    std::string method(route.method);
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const Json& operation = document["paths"][std::string(route.path)][method];
    const Json security = operation.value("security", document["security"]);
    switch (route.access) {
      case Access::open:
        EXPECT_TRUE(security.empty()) << route.path;
        break;
      case Access::virtkvm:
        EXPECT_EQ(security.dump(), R"([{"virtkvm":[]}])");
        break;
      case Access::client:
        EXPECT_EQ(security, document["security"]) << route.path;
        break;
    }
  }
}

}  // namespace
}  // namespace hotseat::web

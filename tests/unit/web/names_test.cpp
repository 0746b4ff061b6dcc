// What it may be called by: addresses, hosts, origins, the address for pairing.
#include <gtest/gtest.h>

#include "web/control.h"
#include "web/hosts.h"
#include "web/listen_address.h"

namespace hotseat::web {
namespace {

TEST(ListenAddressTest, TakesLiteralsOnly) {
  EXPECT_EQ(parse_listen_address("127.0.0.1:80"), (ListenAddress{"127.0.0.1", 80}));
  EXPECT_EQ(parse_listen_address("[0:0::1]:80"), (ListenAddress{"::1", 80}));
  for (const char* wrong :
       {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "::1:80",
        "[127.0.0.1]:80", "localhost:80", "[::1]80", "[]:80", "127.1:80"}) {
    EXPECT_FALSE(parse_listen_address(wrong)) << wrong;
  }
  EXPECT_EQ(to_string(ListenAddress{"::1", 80}), "[::1]:80");
}

Request with(std::vector<std::pair<std::string, std::string>> headers, bool encrypted = false) {
  Request request;
  request.headers = std::move(headers);
  request.encrypted = encrypted;
  return request;
}

TEST(HostsTest, KnowsItsAddressesAndNames) {
  const Hosts hosts({{"127.0.0.1", 8674}, {"::1", 8674}}, {"workstation.lan"});
  for (const char* own : {"127.0.0.1:8674", "127.0.0.1", "[::1]:8674", "[0::1]", "localhost:8674",
                          "LOCALHOST", "workstation.lan:9"}) {
    EXPECT_TRUE(hosts.knows(with({{"host", own}}))) << own;
  }
  for (const char* foreign :
       {"", "evil.example", "127.0.0.2", "[::2]", "[::1", "localhost.evil.example", "0"}) {
    EXPECT_FALSE(hosts.knows(with({{"host", foreign}}))) << foreign;
  }
  EXPECT_FALSE(hosts.knows(with({})));
}

TEST(HostsTest, EveryAddressIsItsOwnWhereItListensOnAll) {
  const Hosts hosts({{"0.0.0.0", 8674}}, {});
  EXPECT_TRUE(hosts.knows(with({{"host", "192.168.1.5:8674"}})));
  EXPECT_FALSE(hosts.knows(with({{"host", "rebound.example:8674"}})));
}

TEST(OriginTest, IsOursOrNobodys) {
  const std::pair<std::string, std::string> host{"host", "localhost:8674"};
  EXPECT_TRUE(is_own_origin(with({host})));
  EXPECT_TRUE(is_own_origin(with({host, {"origin", "http://localhost:8674"}})));
  EXPECT_TRUE(is_own_origin(with({host, {"origin", "https://LOCALHOST:8674"}}, true)));
  EXPECT_TRUE(is_own_origin(with({host, {"sec-fetch-site", "same-origin"}})));
  EXPECT_TRUE(is_own_origin(with({host, {"sec-fetch-site", "none"}})));
  for (const char* foreign :
       {"null", "", "https://localhost:8674", "http://localhost", "http://evil.example"}) {
    EXPECT_FALSE(is_own_origin(with({host, {"origin", foreign}}))) << foreign;
  }
  for (const char* site : {"cross-site", "same-site", ""}) {
    EXPECT_FALSE(is_own_origin(with({host, {"sec-fetch-site", site}}))) << site;
  }
}

TEST(BaseUrlTest, IsWhereAPhoneFindsIt) {
  Config config;
  EXPECT_EQ(base_url(config, "pc"), "http://127.0.0.1:8674");
  config.tls.emplace();
  config.listen = {{"127.0.0.1", 1}, {"192.168.1.5", 2}};
  EXPECT_EQ(base_url(config, "pc"), "https://192.168.1.5:2");
  config.listen = {{"::", 3}};
  EXPECT_EQ(base_url(config, "pc"), "https://pc:3");
  config.hosts = {"pc.lan", "other"};
  EXPECT_EQ(base_url(config, "pc"), "https://pc.lan:3");
}

TEST(ControlTest, TakesFourVerbsAndGoodNames) {
  EXPECT_EQ(parse_control(R"({"do":"pair"})")->verb, ControlVerb::pair);
  EXPECT_EQ(parse_control(R"({"do":"unpair","name":"Anna's tablet"})")->name, "Anna's tablet");
  for (const char* wrong : {"", "[]", "{}", R"({"do":1})", R"({"do":"fly"})", R"({"do":"token"})",
                            R"({"do":"pair","name":"-x"})", R"({"do":"pair","name":"a\nb"})",
                            R"({"do":"pair","name":3})"}) {
    EXPECT_FALSE(parse_control(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace hotseat::web

#include "web/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

namespace hotseat::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string mistake(const std::string& text) {
  const auto config = parse_config(text, "web.toml");
  return config ? "none" : to_string(config.error());
}

TEST(WebConfigTest, AnEmptyFileIsTheLoopback) {
  const auto config = parse_config("", "web.toml");
  ASSERT_TRUE(config);
  EXPECT_THAT(config->listen,
              ElementsAre(ListenAddress{"127.0.0.1", 8674}, ListenAddress{"::1", 8674}));
  EXPECT_EQ(config->session, std::chrono::hours(30 * 24));
  EXPECT_FALSE(config->tls);
  EXPECT_FALSE(config->virtkvm);
}

TEST(WebConfigTest, TakesEverything) {
  const auto config = parse_config(R"([http]
listen = ["0.0.0.0:443", "[::]:443"]
hosts = ["Workstation.LAN"]
session_days = 400
[tls]
certificate = "cert.pem"
key = "key.pem"
[virtkvm]
secret = "0123456789abcdef"
guest = "win11"
)",
                                   "web.toml");
  ASSERT_TRUE(config) << mistake("");
  EXPECT_EQ(config->listen.size(), 2U);
  EXPECT_THAT(config->hosts, ElementsAre("workstation.lan"));
  EXPECT_EQ(config->session, std::chrono::hours(400 * 24));
  EXPECT_EQ(config->tls->key, "key.pem");
  EXPECT_EQ(config->virtkvm->guest, "win11");
  EXPECT_THAT(config->notes, IsEmpty());
}

TEST(WebConfigTest, ListensToOthersUnderTlsOnly) {
  for (const char* address : {"0.0.0.0:1", "192.168.1.5:5001", "[::]:1", "[fe80::1]:1"}) {
    const std::string http = std::string("[http]\nlisten = [\"") + address + "\"]\n";
    EXPECT_THAT(mistake(http), HasSubstr("without TLS")) << address;
    EXPECT_EQ(mistake(http + "[tls]\n"), "none") << address;
  }
  EXPECT_EQ(mistake("[http]\nlisten = [\"127.0.0.53:1\"]\n"), "none");
  EXPECT_THAT(mistake("[http]\nlisten = [\"127.0.0.1:1\", \"0.0.0.0:1\"]\n"),
              HasSubstr("web.toml:2:26: http.listen: listens on 0.0.0.0:1"));
}

TEST(WebConfigTest, SaysWhereAndWhatToDo) {
  EXPECT_THAT(mistake("[htp]\n"), HasSubstr("web.toml:1:2"));
  EXPECT_THAT(mistake("[htp]\n"), HasSubstr("did you mean \"http\"?"));
  EXPECT_THAT(mistake("[http]\nlisten = \"127.0.0.1:1\"\n"), HasSubstr("web.toml:2:10"));
  EXPECT_THAT(mistake("[http]\nlisten = [\"localhost:1\"]\n"), HasSubstr("names are not taken"));
  EXPECT_THAT(mistake("[http]\nlisten = [\"127.0.0.1:99999\"]\n"),
              HasSubstr("an address and a port"));
  EXPECT_THAT(mistake("[http]\nlisten = []\n"), HasSubstr("1 to 16 addresses"));
  EXPECT_THAT(mistake("[http]\nhosts = [\"http://x/\"]\n"), HasSubstr("without http://"));
  for (const char* days : {"0", "401", "-1", "\"30\"", "1.5"}) {
    EXPECT_THAT(mistake(std::string("[http]\nsession_days = ") + days),
                HasSubstr("web.toml:2:16: http.session_days: expected a number from 1 to 400"))
        << days;
  }
  EXPECT_THAT(mistake("[tls]\nkey = \"k\"\n"), HasSubstr("without its certificate"));
  EXPECT_THAT(mistake("[virtkvm]\nguest = \"x\"\n"), HasSubstr("has no secret"));
  EXPECT_THAT(mistake("[virtkvm]\nsecret = \"\"\n"), HasSubstr("is empty"));
  EXPECT_THAT(mistake("http = 3\n"), HasSubstr("expected a table"));
  EXPECT_THAT(mistake("[http"), HasSubstr("not valid TOML"));
}

TEST(WebConfigTest, RemarksOnASecretThatCanBeGuessed) {
  const auto config = parse_config("[virtkvm]\nsecret = \"short\"\n", "web.toml");
  ASSERT_TRUE(config);
  EXPECT_THAT(config->notes, ElementsAre(HasSubstr("short enough to be guessed")));
}

// As it is, and with everything switched on that it shows.
TEST(WebConfigTest, TheSampleIsRight) {
  std::ifstream file(HOTSEAT_SAMPLE_WEB_CONFIG);
  const std::string sample{std::istreambuf_iterator<char>(file), {}};
  ASSERT_FALSE(sample.empty());
  EXPECT_EQ(mistake(sample), "none");
  const auto all = std::regex_replace(sample, std::regex("(^|\n)#([a-z\\[])"), "$1$2");
  const auto config = parse_config(all, "web.toml");
  ASSERT_TRUE(config) << to_string(config.error());
  EXPECT_TRUE(config->virtkvm && config->tls);
}

}  // namespace
}  // namespace hotseat::web

#include "web/clients.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/secret.h"

namespace hotseat::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Date kDay{86400};

TEST(SecretTest, HashesAsOthersDo) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

TEST(SecretTest, TellsSecretsApart) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_FALSE(same_secret("", "a"));
  EXPECT_EQ(new_secret(random_bytes).size(), 43U);
  EXPECT_NE(new_secret(random_bytes), new_secret(random_bytes));
}

TEST(ClientsTest, AreKeptWithoutTheirSecrets) {
  Clients clients;
  clients.admit("phone", ClientKind::browser, "cookie", 3 * kDay);
  clients.admit("script", ClientKind::token, "token", 4 * kDay);
  const std::string text = clients.to_text();
  EXPECT_THAT(text, Not(HasSubstr("cookie\"")));
  const auto read = Clients::parse(text, "clients.json");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->identify("cookie", ClientKind::browser), "phone");
  EXPECT_EQ(read->identify("token", ClientKind::token), "script");
  EXPECT_EQ(read->identify("cookie", ClientKind::token), std::nullopt);
  EXPECT_EQ(read->all().front().created, 3 * kDay);
}

TEST(ClientsTest, OneOfTheSameNameAndKindIsReplaced) {
  Clients clients;
  clients.admit("x", ClientKind::browser, "old", Date{0});
  clients.admit("x", ClientKind::token, "token", Date{0});
  clients.admit("x", ClientKind::browser, "new", Date{0});
  EXPECT_EQ(clients.identify("old", ClientKind::browser), std::nullopt);
  EXPECT_EQ(clients.identify("new", ClientKind::browser), "x");
  EXPECT_EQ(clients.all().size(), 2U);
  EXPECT_TRUE(clients.dismiss("x"));
  EXPECT_TRUE(clients.all().empty());
  EXPECT_FALSE(clients.dismiss("x"));
}

TEST(ClientsTest, AreSeenOnceAnHour) {
  Clients clients;
  clients.admit("x", ClientKind::token, "token", kDay);
  EXPECT_FALSE(clients.saw("token", ClientKind::token, kDay + Date{3599}));
  EXPECT_TRUE(clients.saw("token", ClientKind::token, kDay + Date{3600}));
  EXPECT_FALSE(clients.saw("token", ClientKind::token, kDay + Date{3601}));
  EXPECT_FALSE(clients.saw("other", ClientKind::token, 9 * kDay));
}

TEST(ClientsTest, AClockThatWasPutBackDoesNotMakeSessionsLonger) {
  Clients clients;
  clients.admit("x", ClientKind::browser, "cookie", 900 * kDay);
  EXPECT_TRUE(clients.saw("cookie", ClientKind::browser, kDay));
  EXPECT_THAT(clients.forget_idle(31 * kDay, 30 * kDay), ElementsAre("x"));
}

TEST(ClientsTest, BrowsersThatNobodyUsesAreForgotten) {
  Clients clients;
  clients.admit("phone", ClientKind::browser, "phone's", Date{0});
  clients.admit("tablet", ClientKind::browser, "tablet's", Date{0});
  clients.admit("script", ClientKind::token, "token", Date{0});
  clients.saw("tablet's", ClientKind::browser, 20 * kDay);
  EXPECT_THAT(clients.forget_idle(30 * kDay - Date{1}, 30 * kDay), IsEmpty());
  EXPECT_THAT(clients.forget_idle(30 * kDay, 30 * kDay), ElementsAre("phone"));
  EXPECT_EQ(clients.identify("phone's", ClientKind::browser), std::nullopt);
  EXPECT_EQ(clients.identify("tablet's", ClientKind::browser), "tablet");
  EXPECT_THAT(clients.forget_idle(5000 * kDay, 30 * kDay), ElementsAre("tablet"));
  EXPECT_EQ(clients.identify("token", ClientKind::token), "script");
}

TEST(ClientsTest, ADamagedFileIsAnErrorThatSaysWhatToDo) {
  for (const char* text :
       {"", "[]", "{}", R"({"clients":[{}]})",
        R"({"clients":[{"name":"","kind":"token","hash":"","created":0,"seen":0}]})"}) {
    const auto clients = Clients::parse(text, "clients.json");
    ASSERT_FALSE(clients) << text;
    EXPECT_THAT(clients.error().hint, HasSubstr("hotseat web pair"));
  }
}

TEST(ClientsTest, NamesAreForPeople) {
  for (const char* good : {"phone", "Anna's tablet", "büro"})
    EXPECT_TRUE(is_client_name(good)) << good;
  for (const char* bad : {"", " x", "x ", "-x", "a\nb", "\x1b[2J"})
    EXPECT_FALSE(is_client_name(bad)) << bad;
  EXPECT_FALSE(is_client_name(std::string(41, 'x')));
  Clients clients;
  clients.admit("browser-1", ClientKind::browser, "x", Date{0});
  EXPECT_EQ(clients.free_name(), "browser-2");
}

}  // namespace
}  // namespace hotseat::web

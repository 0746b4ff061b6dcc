#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "apps/cli/commands/web.h"
#include "apps/cli/qr_code.h"

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Style kPlain(false);

TEST(QrCodeTest, IsSquareAndBlackOnWhite) {
  const std::string code = qr_code("http://127.0.0.1:8674/pair#28N7-JJHB");
  // Version 3 has 29 modules; with 2 of quiet on each side that is 33, two a line.
  EXPECT_EQ(std::count(code.begin(), code.end(), '\n'), 17);
  EXPECT_THAT(code, HasSubstr("\x1b[38;5;16;48;5;231m"));
  EXPECT_THAT(code, HasSubstr("█▀▀▀▀▀█"));  // the finder pattern of a corner
}

TEST(QrCodeTest, WhatFitsIntoNoCodeIsNone) {
  EXPECT_EQ(qr_code(std::string(5000, 'x')), "");
}

TEST(RenderWebTest, ShowsHowToPair) {
  const Json answer = {{"name", "phone"},
                       {"code", "28N7-JJHB"},
                       {"url", "https://pc:8674/pair#28N7-JJHB"},
                       {"minutes", 10},
                       {"fingerprint", "AB:CD"}};
  const std::string text = render_pairing(answer, false, kPlain);
  EXPECT_THAT(text, HasSubstr("open  https://pc:8674/pair#28N7-JJHB\n"));
  EXPECT_THAT(text, HasSubstr("code  28N7-JJHB\n"));
  EXPECT_THAT(text, HasSubstr("AB:CD"));
  EXPECT_THAT(text, HasSubstr("10 minutes, to pair \"phone\""));
  EXPECT_THAT(text, Not(HasSubstr("▀")));
}

TEST(RenderWebTest, ListsWhoIsLetIn) {
  constexpr long kDay = 86400;
  EXPECT_THAT(render_clients({{"clients", Json::array()}}, 0, kPlain), HasSubstr("nobody"));
  const Json clients = Json::parse(
      R"({"clients":[{"name":"phone","kind":"browser","created":0,"seen":777600},{"name":"x\u001b[2J","kind":"token","created":864000,"seen":864000}]})");
  const std::string text = render_clients(clients, 10 * kDay, kPlain);
  EXPECT_THAT(text, HasSubstr("phone"));
  EXPECT_THAT(text, HasSubstr("10 days ago"));
  EXPECT_THAT(text, HasSubstr("yesterday"));
  EXPECT_THAT(text, HasSubstr("today"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace hotseat::cli

// What is pasted into guests.
#include "apps/cli/snippets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Snippets, EverythingIsFilledIn) {
  const auto text = snippets({"win11", "Windows 11", "https://192.168.122.1:8674", "SECRET"});
  EXPECT_THAT(text, Not(::testing::ContainsRegex("@[A-Z_]+@")));
  EXPECT_THAT(text, HasSubstr("path='/run/hotseat/guests/win11.sock'"));
  EXPECT_THAT(text, HasSubstr("virsh edit 'Windows 11'"));
  EXPECT_THAT(text, HasSubstr("curl --insecure -X POST https://192.168.122.1:8674/api/v1/switch"));
  EXPECT_THAT(text, HasSubstr("'Authorization: Bearer SECRET'"));
  EXPECT_THAT(text, HasSubstr("-SkipCertificateCheck"));
  EXPECT_THAT(text, HasSubstr("0x3300"));
}

TEST(Snippets, WithoutTlsNothingIsSaidOfCertificates) {
  const auto text = snippets({"win11", "win11", "http://127.0.0.1:8674", "SECRET"});
  EXPECT_THAT(text, Not(HasSubstr("insecure")));
  EXPECT_THAT(text, Not(HasSubstr("SkipCertificateCheck")));
  EXPECT_THAT(text, Not(HasSubstr("0x3300")));
}

TEST(Snippets, WithoutATokenItSaysWhereToGetOne) {
  EXPECT_THAT(snippets({"win11", "win11", "http://127.0.0.1:8674", ""}),
              HasSubstr("sudo hotseat web token win11"));
}

}  // namespace
}  // namespace hotseat::cli

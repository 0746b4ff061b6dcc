#include "domain_xml/hostdev.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "domain_xml/definition.h"
#include "domain_xml/document.h"

namespace hotseat::domain_xml {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string domain_with(const std::string& devices) {
  return "<domain type='kvm' id='3'><name>win11</name><devices>" + devices + "</devices></domain>";
}

TEST(HostdevXml, NamesTheDeviceByBusAndNumberUnderItsAlias) {
  EXPECT_EQ(
      hostdev_xml({1, 7}, "ua-hotseat-keyboard"),
      R"(<hostdev mode="subsystem" type="usb" managed="no"><source>)"
      R"(<address bus="1" device="7"/></source><alias name="ua-hotseat-keyboard"/></hostdev>)");
}

TEST(HostdevXml, AHostileAliasStaysAnAttribute) {
  const std::string alias = R"(x"/><evil a='&b' <![CDATA[ ]]>)";
  const auto xml = hostdev_xml({2, 3}, alias);
  EXPECT_THAT(xml, testing::Not(HasSubstr("<evil")));
  const auto read = read_definition(domain_with(xml));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->usb, ElementsAre(UsbAttachment{alias, {2, 3}}));
}

TEST(UsbHostdevs, AreThoseOfTheHostWithTheHostsAddress) {
  const auto read = read_definition(domain_with(R"(
      <hostdev mode='subsystem' type='usb' managed='no'>
        <source><vendor id='0x046d'/><product id='0xc31c'/><address bus='1' device='12'/></source>
        <alias name='ua-hotseat-keyboard'/>
        <address type='usb' bus='0' port='4'/>
      </hostdev>
      <hostdev mode='subsystem' type='pci' managed='yes'>
        <source><address domain='0x0000' bus='0x06' slot='0x00' function='0x0'/></source>
        <alias name='hostdev1'/>
      </hostdev>
      <hostdev mode='capabilities' type='usb'><alias name='hostdev2'/></hostdev>
      <redirdev bus='usb' type='spicevmc'><alias name='redir0'/></redirdev>)"));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->usb, ElementsAre(UsbAttachment{"ua-hotseat-keyboard", {1, 12}}));
}

TEST(UsbHostdevs, WithoutAUsableAddressHaveNone) {
  for (const char* source : {"", "<source/>", "<source><address bus='1'/></source>",
                             "<source><address bus='one' device='2'/></source>",
                             "<source><address bus='1' device='99999999999'/></source>",
                             "<source><address bus='1' device='-2'/></source>",
                             "<source><address bus='1' device='2x'/></source>"}) {
    const auto read =
        read_definition(domain_with(std::string("<hostdev mode='subsystem' type='usb'>") + source +
                                    "<alias name='a'/></hostdev>"));
    ASSERT_TRUE(read) << source;
    EXPECT_THAT(read->usb, ElementsAre(UsbAttachment{"a", {0, 0}})) << source;
  }
}

TEST(UsbHostdevs, OfADomainWithoutDevicesAreNone) {
  const auto read = read_definition("<domain><name>a</name></domain>");
  ASSERT_TRUE(read);
  EXPECT_THAT(read->usb, IsEmpty());
}

TEST(Definition, RefusesWhatIsNotADomain) {
  EXPECT_FALSE(read_definition(""));
  EXPECT_FALSE(read_definition("<domain><devices>"));
  EXPECT_FALSE(read_definition("<network/>"));
}

TEST(Definition, RefusesWhatIsTooLarge) {
  const auto read = read_definition(domain_with(std::string(kMaxText, ' ')));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().reason, HasSubstr("larger"));
}

TEST(Definition, SurvivesDeepNesting) {
  constexpr int kDepth = 200'000;
  std::string deep;
  for (int i = 0; i < kDepth; ++i) deep += "<a>";
  for (int i = 0; i < kDepth; ++i) deep += "</a>";
  const auto read = read_definition(domain_with(deep));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->usb, IsEmpty());
}

TEST(Definition, DoesNotExpandEntities) {
  const auto read = read_definition(
      "<!DOCTYPE domain [<!ENTITY secret SYSTEM 'file:///etc/passwd'><!ENTITY a 'aaaa'>]>" +
      domain_with("<hostdev mode='subsystem' type='usb'><alias name='&secret;&a;'/></hostdev>"));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->usb, ElementsAre(UsbAttachment{"&secret;&a;", {0, 0}}));
}

}  // namespace
}  // namespace hotseat::domain_xml

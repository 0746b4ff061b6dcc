#include "domain_xml/canonical.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hotseat::domain_xml {
namespace {

using testing::HasSubstr;

TEST(CanonicalDefinition, ControllersStandInAnyOrder) {
  const auto one = canonical(
      "<domain><devices><controller type='pci' index='0'/>"
      "<controller type='usb' index='0'><address bus='0x02'/></controller></devices></domain>");
  const auto other = canonical(
      "<domain><devices><controller type='usb' index='0'><address bus='0x02'/></controller>"
      "<controller type='pci' index='0'/></devices></domain>");
  EXPECT_EQ(one, other);
  EXPECT_THAT(one, HasSubstr("<address bus='0x02' />"));
}

TEST(CanonicalDefinition, BlanksAndQuotesDoNotMatter) {
  EXPECT_EQ(canonical("<domain type=\"kvm\"><name>win11</name></domain>"),
            canonical("<domain type='kvm'>\n  <name>win11</name>\n\n</domain>\n"));
}

TEST(CanonicalDefinition, OtherThingsKeepTheirOrder) {
  EXPECT_NE(canonical("<domain><devices><disk/><input/></devices></domain>"),
            canonical("<domain><devices><input/><disk/></devices></domain>"));
}

TEST(CanonicalDefinition, ControllersAreNotConfusedWithEachOther) {
  EXPECT_NE(canonical("<domain><devices><controller index='0'/></devices></domain>"),
            canonical("<domain><devices><controller index='1'/></devices></domain>"));
}

TEST(CanonicalDefinition, CommentsAndMetadataAreKept) {
  const auto text =
      canonical("<domain><!-- mine --><metadata><a:b xmlns:a='x'/></metadata></domain>");
  EXPECT_THAT(text, HasSubstr("<!-- mine -->"));
  EXPECT_THAT(text, HasSubstr("<a:b xmlns:a='x' />"));
}

TEST(CanonicalDefinition, WhatIsNoDefinitionStaysWhatItIs) {
  EXPECT_EQ(canonical("<domain"), "<domain");
  EXPECT_EQ(canonical(""), "");
}

}  // namespace
}  // namespace hotseat::domain_xml

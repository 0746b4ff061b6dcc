#include "domain_xml/add_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "domain_xml/definition.h"

namespace hotseat::domain_xml {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const std::vector<std::string> kMouse{"/dev/input/by-id/win11-mouse"};

constexpr const char* kAdded = R"(    <input type='passthrough' bus='virtio'>
      <source evdev='/dev/input/by-id/win11-mouse' />
    </input>
)";

// The domain with the mouse added; everything else of it is there still, in its place.
std::string added_to(const std::string& xml) {
  const auto result = add_virtio_inputs(xml, kMouse);
  if (!result) return "failed: " + result.error().reason;
  const auto read = read_definition(*result);
  EXPECT_TRUE(read);
  if (!read) return *result;
  EXPECT_THAT(read->inputs, SizeIs(read_definition(xml)->inputs.size() + 1)) << *result;
  return *result;
}

TEST(AddInputs, PutsThemAtTheEndOfTheDevicesAsLibvirtWouldWriteThem) {
  const std::string before = R"(<domain type='kvm'>
  <name>win11</name>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <input type='mouse' bus='ps2'/>
)";
  const std::string after = R"(  </devices>
  <seclabel type='none'/>
</domain>
)";
  EXPECT_EQ(added_to(before + after), before + kAdded + after);
}

TEST(AddInputs, AddsOneForEveryPath) {
  const auto result = add_virtio_inputs("<domain><devices>\n</devices></domain>", {"/a", "/b"});
  ASSERT_TRUE(result);
  const auto read = read_definition(*result);
  ASSERT_TRUE(read);
  ASSERT_THAT(read->inputs, SizeIs(2));
  EXPECT_EQ(read->inputs[0].path, "/a");
  EXPECT_EQ(read->inputs[1].path, "/b");
}

TEST(AddInputs, APathOfAnyNameStaysAnAttribute) {
  const std::string path = "/dev/input/by-id/a'\"<&>]]>-mouse";
  const auto result = add_virtio_inputs("<domain><devices> </devices></domain>", {path});
  ASSERT_TRUE(result);
  const auto read = read_definition(*result);
  ASSERT_TRUE(read);
  ASSERT_THAT(read->inputs, SizeIs(1));
  EXPECT_EQ(read->inputs.front().path, path);
}

TEST(AddInputs, IsNotMisledByTheSameWordsElsewhere) {
  const std::string devices = "<devices><emulator/></devices>";
  for (const std::string& xml : {
           "<domain>" + devices + "<!-- </devices> --></domain>",
           "<domain>" + devices + "</domain><!-- </devices> -->",
           "<domain>" + devices + "</domain>\n<?last </devices> ?>\n",
           "<domain>" + devices + "<metadata><devices>\n  </devices></metadata></domain>",
           "<domain><metadata>\n  <devices>\n  </devices>\n</metadata>" + devices + "</domain>",
           "<domain>" + devices + "<title><![CDATA[</devices>]]></title></domain>",
           "<domain>" + devices + "some words</domain>",
           "<?xml version='1.0'?><!DOCTYPE domain [<!ENTITY a '</devices>'>]><domain>" + devices +
               "</domain >",
           std::string("<domain><devices><!-- </devices> --></devices  ></domain>"),
       }) {
    EXPECT_THAT(added_to(xml), HasSubstr("win11-mouse")) << xml;
  }
}

TEST(AddInputs, RefusesWhatHasNoDevices) {
  for (const char* xml : {"", "<network/>", "<domain/>", "<domain><devices/></domain>"}) {
    EXPECT_FALSE(add_virtio_inputs(xml, kMouse)) << xml;
  }
}

}  // namespace
}  // namespace hotseat::domain_xml

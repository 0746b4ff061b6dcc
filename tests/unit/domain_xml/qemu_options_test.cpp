#include "domain_xml/qemu_options.h"

#include <gtest/gtest.h>

namespace hotseat::domain_xml {
namespace {

TEST(QemuOptions, AreAListAfterTheType) {
  const auto options = parse_qemu_options("input-linux,id=kbd,evdev=/dev/a,grab_all=on");
  EXPECT_EQ(options.type, "input-linux");
  EXPECT_EQ(options.value("evdev"), "/dev/a");
  EXPECT_TRUE(options.is_on("grab_all"));
  EXPECT_FALSE(options.is_on("repeat"));
  EXPECT_EQ(options.value("nothing"), "");
}

TEST(QemuOptions, MayNameTheTypeByItsKey) {
  EXPECT_EQ(parse_qemu_options("id=a,driver=virtio-input-host-pci").type, "virtio-input-host-pci");
  EXPECT_EQ(parse_qemu_options("qom-type=input-linux,id=a").type, "input-linux");
}

TEST(QemuOptions, ACommaInAValueIsDoubled) {
  EXPECT_EQ(parse_qemu_options("a,evdev=/dev/x,,y=z,b=c").value("evdev"), "/dev/x,y=z");
  EXPECT_EQ(parse_qemu_options("a,evdev=x,,").value("evdev"), "x,");
}

TEST(QemuOptions, AreTakenFromJsonTheSameWay) {
  const auto options = parse_qemu_options(
      R"({"qom-type":"input-linux","evdev":"/dev/a","grab_all":true,"repeat":false,"n":{"a":[1]}})");
  EXPECT_EQ(options.type, "input-linux");
  EXPECT_EQ(options.value("evdev"), "/dev/a");
  EXPECT_TRUE(options.is_on("grab_all"));
  EXPECT_FALSE(options.is_on("repeat"));
}

TEST(QemuOptions, OfNonsenseHaveNoType) {
  for (const char* text : {"", ",", "=", "{", "{]", "{}", R"({"driver":1})", "a=b", ",a"}) {
    EXPECT_EQ(parse_qemu_options(text).type, "") << text;
  }
}

}  // namespace
}  // namespace hotseat::domain_xml

#include "domain_xml/evdev_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/input-event-codes.h>

#include <string>

#include "domain_xml/definition.h"

namespace hotseat::domain_xml {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = EvdevInput::Kind;

const Chord kBothControls{KEY_LEFTCTRL, KEY_RIGHTCTRL};

std::vector<EvdevInput> read(const std::string& xml) {
  const auto definition = read_definition(xml);
  if (!definition) throw std::runtime_error(definition.error().reason);
  return definition->inputs;
}

std::vector<EvdevInput> inputs_in(const std::string& devices) {
  return read("<domain type='kvm'><devices>" + devices + "</devices></domain>");
}

std::vector<EvdevInput> inputs_of_arguments(const std::vector<std::string>& arguments) {
  std::string xml =
      "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><devices/>"
      "<qemu:commandline>";
  for (const auto& argument : arguments) xml += "<qemu:arg value='" + argument + "'/>";
  return read(xml + "</qemu:commandline></domain>");
}

EvdevInput virtio(const std::string& path) {
  return {Kind::virtio, path, false, {}};
}

EvdevInput input_linux(const std::string& path, bool grabs_all = false,
                       const Chord& toggle = kBothControls) {
  return {Kind::input_linux, path, grabs_all, toggle};
}

TEST(EvdevInputs, OfPassthroughAreVirtio) {
  EXPECT_THAT(inputs_in(R"(
      <input type='passthrough' bus='virtio'>
        <source evdev='/dev/input/by-id/win11-keyboard'/>
        <alias name='input0'/>
        <address type='pci' domain='0x0000' bus='0x07' slot='0x00' function='0x0'/>
      </input>
      <input type='mouse' bus='ps2'/>
      <input type='tablet' bus='usb'/>)"),
              ElementsAre(virtio("/dev/input/by-id/win11-keyboard")));
}

TEST(EvdevInputs, OfTypeEvdevAreInputLinux) {
  EXPECT_THAT(inputs_in(R"(
      <input type='evdev'><source dev='/dev/input/event1' grab='all' grabToggle='alt-alt' repeat='on'/></input>
      <input type='evdev'><source dev='/dev/input/event2'/></input>)"),
              ElementsAre(input_linux("/dev/input/event1", true, {KEY_LEFTALT, KEY_RIGHTALT}),
                          input_linux("/dev/input/event2")));
}

TEST(EvdevInputs, EveryToggleOfQemuIsAChord) {
  const std::vector<std::pair<std::string, Chord>> toggles{
      {"ctrl-ctrl", kBothControls},
      {"alt-alt", {KEY_LEFTALT, KEY_RIGHTALT}},
      {"shift-shift", {KEY_LEFTSHIFT, KEY_RIGHTSHIFT}},
      {"meta-meta", {KEY_LEFTMETA, KEY_RIGHTMETA}},
      {"scrolllock", {KEY_SCROLLLOCK}},
      {"ctrl-scrolllock", {KEY_LEFTCTRL, KEY_SCROLLLOCK}},
      {"something newer", kBothControls}};
  for (const auto& [name, keys] : toggles) {
    EXPECT_THAT(
        inputs_in("<input type='evdev'><source dev='/dev/a' grabToggle='" + name + "'/></input>"),
        ElementsAre(input_linux("/dev/a", false, keys)))
        << name;
  }
}

TEST(EvdevInputs, WithoutANodeAreNone) {
  EXPECT_THAT(inputs_in("<input type='passthrough'/><input type='evdev'><source/></input>"
                        "<input type='evdev'><source dev=''/></input>"),
              IsEmpty());
}

TEST(EvdevInputs, OfTheCommandLineCountToo) {
  EXPECT_THAT(inputs_of_arguments(
                  {"-object",
                   "input-linux,id=kbd,evdev=/dev/input/by-id/win11-keyboard,grab_all=on,"
                   "repeat=on,grab-toggle=scrolllock",
                   "-device", "virtio-input-host-pci,id=mouse,evdev=/dev/input/by-id/win11-mouse",
                   "-device", "virtio-keyboard-pci", "-cpu", "host,kvm=off"}),
              ElementsAre(input_linux("/dev/input/by-id/win11-keyboard", true, {KEY_SCROLLLOCK}),
                          virtio("/dev/input/by-id/win11-mouse")));
}

TEST(EvdevInputs, OfTheCommandLineMayBeJson) {
  EXPECT_THAT(
      inputs_of_arguments(
          {"--object", R"({"qom-type":"input-linux","id":"a","evdev":"/dev/a","grab_all":true})",
           "--device", R"({"driver":"virtio-input-host-pci","id":"b","evdev":"/dev/b"})"}),
      ElementsAre(input_linux("/dev/a", true), virtio("/dev/b")));
}

TEST(EvdevInputs, AnArgumentCountsAfterItsOptionOnly) {
  EXPECT_THAT(inputs_of_arguments({"-name", "input-linux,evdev=/dev/a", "-object",
                                   "virtio-input-host-pci,evdev=/dev/b", "-device",
                                   "input-linux,evdev=/dev/c", "-object"}),
              IsEmpty());
}

TEST(EvdevInputs, OfTheCommandLineGoByNamespace) {
  const auto with = [](const std::string& declaration, const std::string& prefix) {
    return read("<domain " + declaration + "><" + prefix + ":commandline><" + prefix +
                ":arg value='-device'/><" + prefix +
                ":arg value='virtio-input-host-pci,evdev=/dev/a'/></" + prefix +
                ":commandline></domain>");
  };
  const std::string uri = "http://libvirt.org/schemas/domain/qemu/1.0";
  EXPECT_THAT(with("xmlns:q='" + uri + "'", "q"), ElementsAre(virtio("/dev/a")));
  EXPECT_THAT(with("", "qemu"), ElementsAre(virtio("/dev/a")));
  EXPECT_THAT(with("xmlns:qemu='https://example.org/other'", "qemu"), IsEmpty());
  EXPECT_THAT(with("", "other"), IsEmpty());
  EXPECT_THAT(read("<domain><commandline xmlns='" + uri + "'><arg value='-device'/><arg " +
                   "value='virtio-input-host-pci,evdev=/dev/a'/></commandline></domain>"),
              ElementsAre(virtio("/dev/a")));
}

}  // namespace
}  // namespace hotseat::domain_xml

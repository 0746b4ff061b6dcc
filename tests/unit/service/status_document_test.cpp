#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "service/documents.h"

namespace hotseat {
namespace {

using Json = nlohmann::json;

const UsbDevice kKeyboard{{1, 7}, {0x046d, 0xc31c}, "A1", "1-3", {}, UsbDriver::host};

class StatusDocument : public ::testing::Test {
 protected:
  StatusDocument() {
    DeviceSpec keyboard;
    keyboard.name = DeviceName("keyboard");
    keyboard.match.id = UsbId{0x046d, 0xc31c};
    seat_.devices.push_back(keyboard);
    MonitorSpec left;
    left.name = MonitorName("left");
    left.inputs = {{kHost, 0x0f}, {TargetName("win11"), 0x11}};
    seat_.monitors.push_back(left);
    GuestSpec win11;
    win11.name = TargetName("win11");
    win11.domain = DomainName("Windows 11");
    win11.start = StartPolicy::automatic;
    seat_.guests.push_back(win11);

    status_.seat = {std::shared_ptr<const Seat>{}, &seat_};
    status_.world.usb.push_back(kKeyboard);
    status_.world.hypervisor.connected = true;
    status_.world.hypervisor.domains.push_back(
        {DomainName("Windows 11"), "uuid", DomainState::running, 1, {}});
    status_.world.monitors.push_back(
        {MonitorName("left"), true, 3, 0x0f, InputCertainty::verified, ""});
  }

  Json document() const { return Json::parse(service::status_document(status_)); }
  Domain& domain() { return status_.world.hypervisor.domains.front(); }
  // The domain takes the keyboard.
  void take(const UsbAttachment& attachment) {
    domain().usb.push_back(attachment);
    status_.world.usb.front().driver = UsbDriver::usbfs;
  }

  Seat seat_;
  app::Status status_;
};

class ForwardedDevice : public StatusDocument {
 protected:
  ForwardedDevice() {
    for (int number : {3, 4}) {
      InputNode node;
      node.node = "/dev/input/event" + std::to_string(number);
      node.id = *seat_.devices[0].match.id;
      node.port = "1-3";
      status_.world.inputs.push_back(node);
    }
    seat_.devices[0].transport = Transport::evdev;
    status_.world.router.route = TargetName("win11");
  }
  void are(SourceState keys, SourceState media_keys, const std::string& problem) {
    const DeviceName keyboard("keyboard");
    status_.world.router.sources = {{"keyboard", keyboard, "/dev/input/event3", keys, problem},
                                    {"keyboard-b", keyboard, "/dev/input/event4", media_keys, ""}};
  }
};

TEST_F(ForwardedDevice, IsAsItsWorstNodeIs) {
  are(SourceState::failed, SourceState::routed, "another program has it");
  Json entry = document()["devices"][0];
  EXPECT_EQ(entry["state"], "failed");
  EXPECT_EQ(entry["owner"], "host");
  EXPECT_EQ(entry["problem"], "another program has it");
  are(SourceState::routed, SourceState::routed, "");
  entry = document()["devices"][0];
  EXPECT_EQ(entry["state"], "routed");
  EXPECT_EQ(entry["owner"], "win11");
}

TEST_F(ForwardedDevice, ThatOnlyADomainNamesIsThereToo) {
  seat_.devices.clear();
  status_.world.inputs[0].by_id = {"usb-Keys-event-kbd"};
  domain().inputs = {
      {EvdevInput::Kind::virtio, "/dev/input/by-id/Windows 11-usb-Keys-event-kbd", false, {}}};
  const Json devices = document()["devices"];
  ASSERT_EQ(devices.size(), 1u);
  EXPECT_EQ(devices[0]["name"], "usb-Keys-event-kbd");
  EXPECT_EQ(devices[0]["nodes"], Json::array({"/dev/input/event3"}));
  EXPECT_EQ(devices[0]["clones"]["win11"][0][0], "/dev/input/by-id/Windows 11-usb-Keys-event-kbd");
}

TEST_F(StatusDocument, HasEveryKeyOfTheContract) {
  status_.problems = {"something is missing"};
  seat_.notes = {"hotkeys are not acted on yet"};
  EXPECT_EQ(document(), Json::parse(R"({
    "target": "host", "state": "idle",
    "targets": [
      {"name": "host", "kind": "host", "state": "running", "active": true,
       "domain": null, "start": null},
      {"name": "win11", "kind": "guest", "state": "running", "active": false,
       "domain": "Windows 11", "start": "auto"}],
    "devices": [
      {"name": "keyboard", "transport": "usb", "present": true, "owner": "host",
       "usb": "046d:c31c", "address": "1:7", "optional": false, "problem": null}],
    "monitors": [
      {"name": "left", "present": true, "input": "0x0f", "input_name": "DisplayPort-1",
       "target": "host", "verified": true, "certainty": "verified", "bus": 3, "problem": null}],
    "libvirt": {"uri": "qemu:///system", "connected": true},
    "problems": ["something is missing"], "notes": ["hotkeys are not acted on yet"],
    "current": null, "last": null})"));
}

TEST_F(StatusDocument, NamesTheClonesOfEveryNodeForEveryTarget) {
  DeviceSpec mouse;
  mouse.name = DeviceName("mouse");
  mouse.match.id = UsbId{0x046d, 0xc08d};
  mouse.transport = Transport::evdev;
  seat_.devices = {mouse};
  InputNode buttons;
  buttons.node = "/dev/input/event5";
  buttons.id = {0x046d, 0xc08d};
  buttons.port = "1-2";
  buttons.phys = "usb-0000:00:14.0-2/input0";
  buttons.by_id = {"usb-Mouse-event-mouse"};
  InputNode keys = buttons;
  keys.node = "/dev/input/event6";
  keys.phys = "usb-0000:00:14.0-2/input1";
  keys.by_id = {};
  status_.world.inputs = {buttons, keys};
  EXPECT_EQ(document()["devices"][0]["clones"], Json::parse(R"({
    "host": [["/dev/input/by-id/host-mouse", "/dev/input/by-id/host-usb-Mouse-event-mouse"],
             ["/dev/input/by-id/host-mouse-1"]],
    "win11": [["/dev/input/by-id/Windows 11-mouse",
               "/dev/input/by-id/Windows 11-usb-Mouse-event-mouse"],
              ["/dev/input/by-id/Windows 11-mouse-1"]]})"));
}

TEST_F(StatusDocument, BeginsWithWhoHasTheSeat) {
  EXPECT_EQ(service::status_document(status_).rfind(R"({"target":"host","state":"idle",)", 0), 0U);
}

TEST_F(StatusDocument, NamesTheGuestThatHoldsADevice) {
  take({"ua-hotseat-keyboard", kKeyboard.address});
  EXPECT_EQ(document()["devices"][0]["owner"], "win11");
}

TEST_F(StatusDocument, NamesTheGuestAlsoWhenItsDomainDoesNotTellTheAddress) {
  take({"ua-hotseat-keyboard", {0, 0}});
  EXPECT_EQ(document()["devices"][0]["owner"], "win11");
}

TEST_F(StatusDocument, NamesADomainThatIsNoTarget) {
  domain().name = DomainName("builder");
  take({"hostdev0", kKeyboard.address});
  EXPECT_EQ(document()["devices"][0]["owner"], "other:builder");
}

TEST_F(StatusDocument, SaysHostWhenTheKernelTookADeviceBackThatLibvirtStillLists) {
  take({"ua-hotseat-keyboard", kKeyboard.address});
  status_.world.usb.front().driver = UsbDriver::host;
  EXPECT_EQ(document()["devices"][0]["owner"], "host");
}

TEST_F(StatusDocument, DoesNotGuessWhichProgramHasADevice) {
  status_.world.usb.front().driver = UsbDriver::usbfs;
  EXPECT_EQ(document()["devices"][0]["owner"], nullptr);
}

TEST_F(StatusDocument, KnowsNoOwnerOfAnAbsentDevice) {
  status_.world.usb.clear();
  const Json device = document()["devices"][0];
  EXPECT_EQ(device["present"], false);
  EXPECT_EQ(device["owner"], nullptr);
  EXPECT_EQ(device["address"], nullptr);
  EXPECT_EQ(device["usb"], "046d:c31c");
}

TEST_F(StatusDocument, TellsThatTwinsCannotBeToldApart) {
  UsbDevice twin = kKeyboard;
  twin.address = {1, 8};
  status_.world.usb.push_back(twin);
  const Json device = document()["devices"][0];
  EXPECT_EQ(device["present"], true);
  EXPECT_EQ(device["owner"], nullptr);
  EXPECT_EQ(device["problem"], "2 devices match");
}

TEST_F(StatusDocument, DoesNotGuessTheStateOfGuestsWithoutAHypervisor) {
  status_.world.hypervisor = {};
  EXPECT_EQ(document()["targets"][1]["state"], "unknown");
}

TEST_F(StatusDocument, TellsThatLibvirtKnowsNoSuchDomain) {
  status_.world.hypervisor.domains.clear();
  EXPECT_EQ(document()["targets"][1]["state"], "undefined");
}

TEST_F(StatusDocument, TellsWhoseInputIsShownAlsoWhenItIsNotTheOwners) {
  status_.world.monitors[0].input = 0x11;
  status_.world.monitors[0].certainty = InputCertainty::requested;
  const Json monitor = document()["monitors"][0];
  EXPECT_EQ(monitor["target"], "win11");
  EXPECT_EQ(monitor["verified"], false);
  EXPECT_EQ(monitor["certainty"], "requested");
}

TEST_F(StatusDocument, PrefersTheOwnerWhenTargetsShareAnInput) {
  seat_.monitors[0].inputs = {{kHost, 0x11}, {TargetName("win11"), 0x11}};
  status_.world.monitors[0].input = 0x11;
  status_.world.owner = TargetName("win11");
  EXPECT_EQ(document()["monitors"][0]["target"], "win11");
}

TEST_F(StatusDocument, ShowsAnInputNobodyUsesAndAnInputNobodyKnows) {
  status_.world.monitors[0].input = 0x90;
  EXPECT_EQ(document()["monitors"][0]["input_name"], "0x90");
  EXPECT_EQ(document()["monitors"][0]["target"], nullptr);
  status_.world.monitors[0].input.reset();
  EXPECT_EQ(document()["monitors"][0]["input"], nullptr);
  EXPECT_EQ(document()["monitors"][0]["input_name"], nullptr);
}

TEST_F(StatusDocument, ListsAMonitorThatHasNotBeenLookedForYet) {
  status_.world.monitors.clear();
  const Json monitor = document()["monitors"][0];
  EXPECT_EQ(monitor["name"], "left");
  EXPECT_EQ(monitor["present"], false);
  EXPECT_EQ(monitor["certainty"], "unknown");
  EXPECT_EQ(monitor["bus"], nullptr);
}

TEST_F(StatusDocument, CarriesTheRunningSwitchAndTheLastOne) {
  status_.state = app::SeatState::switching;
  status_.current.emplace().id = 8;
  status_.last.emplace().id = 7;
  EXPECT_EQ(document()["state"], "switching");
  EXPECT_EQ(document()["current"]["id"], 8);
  EXPECT_EQ(document()["last"]["id"], 7);
}

TEST_F(StatusDocument, StaysJsonWhenADriverReportsBytesThatAreNotUtf8) {
  status_.world.monitors[0].problem = "bad \xff byte";
  EXPECT_EQ(document()["monitors"][0]["problem"], "bad \xEF\xBF\xBD byte");
}

}  // namespace
}  // namespace hotseat

// What is wrong with a configuration is told with its place, its key, what was expected and what to
// do: one row a mistake.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/config.h"

namespace hotseat::config {
namespace {

struct Mistake {
  const char* name;
  const char* text;
  const char* place;   // LINE:COLUMN
  const char* reason;  // with the key
  const char* hint;
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.text;
}

const Mistake kSyntax[] = {
    {"no_value", "[seat]\na = \n", "2:5",
     "not valid TOML: Error while parsing key-value pair: expected value, saw '\\n'",
     "toml.io describes the format"},
    {"twice", "[libvirt]\nuri = \"a\"\nuri = \"b\"\n", "3:7",
     "not valid TOML: Error while parsing key-value pair: cannot redefine existing string 'uri'",
     "toml.io describes the format"},
    {"too_deep",
     nullptr,  // made by the test
     "1:1", "more than 5000 dots and opening brackets, far more than a seat has",
     "is it the right file?"},
};

const Mistake kKeys[] = {
    {"unknown_table", "[timeout]\n", "1:2", "timeout: unknown key", "did you mean \"timeouts\"?"},
    {"unknown_table_far_off", "[network]\n", "1:2", "network: unknown key",
     "known here: seat, libvirt, timeouts, compat, policy, host, device, monitor, guest"},
    {"unknown_key_is_quoted", "[libvirt]\n\"\\u001b[2J\" = 1\n", "2:1",
     R"(libvirt."\x1b[2J": unknown key)", "known here: uri"},
    {"device_table", "[device]\nname = \"a\"\n", "1:1", "device: expected an array, found a table",
     "write [[device]]"},
    {"guest_array", "[[guest]]\nname = \"a\"\n", "1:1", "guest: expected a table, found an array",
     "write [guest.NAME]"},
    {"seat_text", "seat = \"one\"\n", "1:8", "seat: expected a table, found \"one\"",
     "write [seat]"},
    {"hotkey_unknown", "[seat]\ncycle_hotkey = [\"KEY_A\", \"KEY_LEFTCTL\"]\n", "2:26",
     "seat.cycle_hotkey: \"KEY_LEFTCTL\" is not a key", "did you mean \"KEY_LEFTCTRL\"?"},
    {"hotkey_typo_alone", "[guest.w]\nhotkey = [\"KEY_LEFTCTRL\", \"KEY_RIGHTCTRLX\"]\n", "2:27",
     "guest.w.hotkey: \"KEY_RIGHTCTRLX\" is not a key", "did you mean \"KEY_RIGHTCTRL\"?"},
    {"hotkey_table_typo_alone", "[guest.w]\nhotkey = { keys = [\"KEY_LEFTCTRLX\"], taps = 2 }\n",
     "2:20", "guest.w.hotkey.keys: \"KEY_LEFTCTRLX\" is not a key",
     "did you mean \"KEY_LEFTCTRL\"?"},
    {"hotkey_button", "[seat]\ncycle_hotkey = [\"BTN_LEFT\"]\n", "2:17",
     "seat.cycle_hotkey: \"BTN_LEFT\" is not a key",
     "linux/input-event-codes.h lists the KEY_ names"},
    {"hotkey_bound", "[seat]\ncycle_hotkey = [\"KEY_RESERVED\"]\n", "2:17",
     "seat.cycle_hotkey: \"KEY_RESERVED\" is not a key",
     "linux/input-event-codes.h lists the KEY_ names"},
    {"hotkey_empty", "[seat]\nrelease_hotkey = []\n", "2:18",
     "seat.release_hotkey: cannot be switched off: it is the way out when everything else hangs",
     "leave it out for the standard one, left Ctrl, left Alt and Esc"},
    {"hotkey_shadow", "[guest.w]\nhotkey = [\"KEY_LEFTCTRL\", \"KEY_LEFTALT\"]\n", "2:10",
     "guest.w.hotkey: gets in the way of seat.release_hotkey (which is left Ctrl, left Alt and Esc "
     "unless it is set), or that of this",
     "one contains the other: pressing the longer would set off the shorter"},
    {"hotkey_same",
     "[guest.w]\nhotkey = [\"KEY_A\", \"KEY_B\"]\n"
     "[guest.x]\nhotkey = [\"KEY_B\", \"KEY_A\"]\n",
     "4:10", "guest.x.hotkey: has the keys of guest.w.hotkey", "choose other keys for one of them"},
    {"hotkey_options", "[guest.w]\nhotkey = { keys = [\"KEY_A\"], taps = 3 }\n", "2:37",
     "guest.w.hotkey.taps: expected a number from 1 to 2, found the number 3", ""},
    {"hotkey_twice", "[seat]\ncycle_hotkey = [\"KEY_A\", \"KEY_A\"]\n", "2:26",
     "seat.cycle_hotkey: KEY_A is there twice", "name each key once"},
    {"hotkey_text", "[guest.w]\nhotkey = \"KEY_A\"\n", "2:10",
     "guest.w.hotkey: expected an array, found \"KEY_A\"",
     "write [\"KEY_LEFTCTRL\", \"KEY_RIGHTCTRL\"]"},
    {"uri_remote", "[libvirt]\nuri = \"qemu+ssh://root@far/system\"\n", "2:7",
     "libvirt.uri: \"qemu+ssh://root@far/system\" is not the address of a hypervisor on this "
     "machine",
     "the usual one is \"qemu:///system\""},
    {"uri_number", "[libvirt]\nuri = 3\n", "2:7", "libvirt.uri: expected text, found the number 3",
     "put it in double quotes"},
    {"uri_empty", "[libvirt]\nuri = \"\"\n", "2:7", "libvirt.uri: is empty",
     "write a value, or leave the key out"},
};

const Mistake kCompat[] = {
    {"text", "[compat]\nvfio_kvm = \"yes\"\n", "2:12",
     "compat.vfio_kvm: expected true or false, found \"yes\"", "without quotes"},
    {"unknown", "[compat]\nvfio-kvm = true\n", "2:1", "compat.vfio-kvm: unknown key",
     "did you mean \"vfio_kvm\"?"},
    {"name_of_one_word", "[compat]\nvfio_kvm_bus_name = \"kvm\"\n", "2:21",
     "compat.vfio_kvm_bus_name: \"kvm\" is no name for the bus",
     "two words or more with dots between, such as \"vfio.kvm\""},
    {"name_with_a_digit", "[compat]\nvfio_kvm_bus_name = \"vfio.1kvm\"\n", "2:21",
     "compat.vfio_kvm_bus_name: \"vfio.1kvm\" is no name for the bus",
     "two words or more with dots between, such as \"vfio.kvm\""},
    {"name_of_ours", "[compat]\nvfio_kvm_bus_name = \"org.hotseat.Hotseat1\"\n", "2:21",
     "compat.vfio_kvm_bus_name: \"org.hotseat.Hotseat1\" is taken",
     "the usual one is \"vfio.kvm\""},
    {"path_with_a_dot", "[compat]\nvfio_kvm_object_path = \"/vfio.kvm\"\n", "2:24",
     "compat.vfio_kvm_object_path: \"/vfio.kvm\" is no path of an object",
     "words of letters, digits and '_' behind slashes, such as \"/vfio/kvm\""},
    {"path_with_an_end", "[compat]\nvfio_kvm_object_path = \"/vfio/\"\n", "2:24",
     "compat.vfio_kvm_object_path: \"/vfio/\" is no path of an object",
     "words of letters, digits and '_' behind slashes, such as \"/vfio/kvm\""},
};

const Mistake kDurations[] = {
    {"number", "[timeouts]\nusb = 10\n", "2:7",
     "timeouts.usb: expected a duration such as \"500ms\", \"10s\" or \"2m\", found the number 10",
     "say which unit: \"10s\" or \"10ms\""},
    {"fraction", "[timeouts]\nusb = 1.5\n", "2:7",
     "timeouts.usb: expected a duration such as \"500ms\", \"10s\" or \"2m\", found a float",
     "a whole number and ms, s or m, in double quotes"},
    {"unit", "[timeouts]\nmonitor = \"2h\"\n", "2:11",
     "timeouts.monitor: expected a duration such as \"500ms\", \"10s\" or \"2m\", found \"2h\"",
     "a whole number and ms, s or m, in double quotes"},
    {"space", "[timeouts]\nmonitor = \"2 s\"\n", "2:11",
     "timeouts.monitor: expected a duration such as \"500ms\", \"10s\" or \"2m\", found \"2 s\"",
     "a whole number and ms, s or m, in double quotes"},
    {"digits", "[timeouts]\nmonitor = \"99999999999999999999s\"\n", "2:11",
     "timeouts.monitor: expected a duration such as \"500ms\", \"10s\" or \"2m\", found "
     "\"99999999999999999999s\"",
     "a whole number and ms, s or m, in double quotes"},
    {"zero", "[timeouts]\nstart = \"0s\"\n", "2:9",
     "timeouts.start: expected a duration from 1ms to 10m, found \"0s\"", ""},
    {"too_long", "[guest.w]\nstart_timeout = \"601s\"\n", "2:17",
     "guest.w.start_timeout: expected a duration from 1ms to 10m, found \"601s\"", ""},
};

const Mistake kCommands[] = {
    {"text", "[host]\non_enter = [\"/bin/a\", \"b\"]\n", "2:13",
     "host.on_enter: expected a command as an array, found \"/bin/a\"",
     "commands do not go through a shell; write [[\"/usr/bin/program\", \"argument\"]]"},
    {"text_alone", "[host]\non_enter = \"/bin/a\"\n", "2:12",
     "host.on_enter: expected an array, found \"/bin/a\"",
     "write [[\"/usr/bin/program\", \"argument\"]]"},
    {"relative", "[host]\non_leave = [[\"notify-send\", \"x\"]]\n", "2:14",
     "host.on_leave: the program \"notify-send\" is not an absolute path",
     "PATH is not searched and there is no shell; `command -v NAME` tells the path"},
    {"directory", "[host]\non_leave = [[\"/bin/\"]]\n", "2:14",
     "host.on_leave: the program \"/bin/\" is not an absolute path",
     "PATH is not searched and there is no shell; `command -v NAME` tells the path"},
    {"empty", "[guest.w]\non_enter = [[]]\n", "2:13", "guest.w.on_enter: the command is empty",
     "write [\"/usr/bin/program\", \"argument\"]"},
    {"argument", "[guest.w]\non_enter = [[\"/bin/a\", 1]]\n", "2:24",
     "guest.w.on_enter: expected text, found the number 1", "put it in double quotes"},
    {"nul", "[guest.w]\non_enter = [[\"/bin/a\\u0000b\"]]\n", "2:14",
     "guest.w.on_enter: holds a NUL character", "take the \\u0000 out"},
    {"without_run", "[guest.w]\non_enter = [{ required = true }]\n", "2:13",
     "guest.w.on_enter: has no run", "write { run = [\"/usr/bin/program\", \"argument\"] }"},
    {"required", "[guest.w]\non_enter = [{ run = [\"/bin/a\"], required = 1 }]\n", "2:44",
     "guest.w.on_enter.required: expected true or false, found the number 1", "without quotes"},
    {"timeout", "[guest.w]\non_enter = [{ run = [\"/bin/a\"], timeout = \"1h\" }]\n", "2:43",
     "guest.w.on_enter.timeout: expected a duration such as \"500ms\", \"10s\" or \"2m\", found "
     "\"1h\"",
     "a whole number and ms, s or m, in double quotes"},
};

const Mistake kGuests[] = {
    {"reserved", "[guest.host]\n", "1:8", "guest.host: no guest can be called \"host\"",
     "choose another name and add domain = \"host\""},
    {"name", "[guest.\"my vm\"]\n", "1:8",
     "guest.\"my vm\": \"my vm\" has characters other than letters, digits, '_', '.' and '-'",
     "choose a plain name and give libvirt's as domain = \"…\""},
    {"dot_without_quotes", "[guest.win.11]\n", "1:12", "guest.win.11: unknown key",
     "a dot in a name needs quotes: [guest.\"win.11\"]"},
    {"table_that_is_a_slip", "[guest.win.hotky]\n", "1:12", "guest.win.hotky: unknown key",
     "did you mean \"hotkey\"?"},
    {"key_outside", "[guest]\nwin11 = \"auto\"\n", "2:9",
     "guest.win11: expected a table, found \"auto\"", "write [guest.NAME]"},
    {"unknown_key", "[guest.w]\non_entry = []\n", "2:1", "guest.w.on_entry: unknown key",
     "did you mean \"on_enter\"?"},
    {"start", "[guest.w]\nstart = \"yes\"\n", "2:9",
     "guest.w.start: expected \"auto\" or \"never\", found \"yes\"",
     "\"auto\" starts the guest when it is switched to"},
    {"start_flag", "[guest.w]\nstart = true\n", "2:9",
     "guest.w.start: expected \"auto\" or \"never\", found true",
     "\"auto\" starts the guest when it is switched to"},
    {"domain_twice", "[guest.a]\ndomain = \"vm\"\n[guest.b]\ndomain = \"vm\"\n", "4:10",
     "guest.b.domain: domain \"vm\" belongs to the guest at line 2 already",
     "a domain can be one guest only"},
    {"domain_of_another_name", "[guest.a]\ndomain = \"b\"\n[guest.b]\n", "3:1",
     "guest.b: domain \"b\" belongs to the guest at line 2 already",
     "a domain can be one guest only"},
    {"domain_control", "[guest.a]\ndomain = \"b\\nc\"\n", "2:10",
     "guest.a.domain: holds a control character: \"b\\x0ac\"",
     "write it on one line, without escapes"},
    {"policy", "[guest.win11]\npolicy = [\"switch:win1\"]\n", "2:11",
     "guest.win11.policy: \"switch:win1\" is no permission", "did you mean \"switch:win11\"?"},
    {"policy_of_nobody", "[policy]\n\"alice\" = []\n", "2:1", "policy.alice: \"alice\" is nobody",
     R"("user:NAME", "group:NAME", "web:CLIENT" or "ssh:KEY"; "web:*" and "ssh:*" are those that )"
     "have no line of their own"},
    {"policy_of_a_guest", "[policy]\n\"guest:w\" = []\n", "2:1",
     "policy.\"guest:w\": what a guest may stands with the guest",
     "write policy = [...] under [guest.w]"},
    {"policy_of_every_user", "[policy]\n\"user:*\" = [\"switch\"]\n", "2:1",
     "policy.\"user:*\": \"user:*\" is nobody: '*' goes with web: and ssh: alone",
     "name those you mean, such as a group that they are in: \"group:NAME\""},
    {"policy_of_every_group", "[policy]\n\"group:*\" = []\n", "2:1",
     "policy.\"group:*\": \"group:*\" is nobody: '*' goes with web: and ssh: alone",
     "name those you mean, such as a group that they are in: \"group:NAME\""},
    {"policy_self", "[policy]\n\"ssh:key\" = [\"switch:self\"]\n[guest.w]\n", "2:14",
     "policy.\"ssh:key\": \"switch:self\" is no permission",
     "known here: switch, next, release, status, reload, switch:host, switch:w"},
    {"policy_far_off", "[guest.w]\npolicy = [\"everything\"]\n", "2:11",
     "guest.w.policy: \"everything\" is no permission",
     "known here: switch, next, release, status, reload, switch:self, switch:host, switch:w"},
};

const Mistake kDevices[] = {
    {"no_name", "[[device]]\nmatch = { port = \"1-1\" }\n", "1:1", "device: has no name",
     "add name = \"…\"; it is yours to choose"},
    {"name", "[[device]]\nname = \"my.kbd\"\nmatch = { port = \"1-1\" }\n", "2:8",
     "device.name: \"my.kbd\" has characters other than letters, digits, '_' and '-'",
     "choose a short plain name, such as \"keyboard\" or \"left\""},
    {"long_name",
     "[[device]]\nname = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"\n"
     "match = { port = \"1-1\" }\n",
     "2:8", "device.name: the name has 65 characters, more than 64",
     "choose a short plain name, such as \"keyboard\" or \"left\""},
    {"name_taken",
     "[[device]]\nname = \"a\"\nmatch = { port = \"1-1\" }\n"
     "[[device]]\nname = \"a\"\nmatch = { port = \"1-2\" }\n",
     "5:8", "device.name: \"a\" is taken by line 2", "give each its own name"},
    {"no_match", "[[device]]\nname = \"a\"\n", "1:1", "device: has no match",
     "add match = { usb = \"046d:c31c\" }"},
    {"empty_match", "[[device]]\nname = \"a\"\nmatch = {}\n", "3:9",
     "device.match: matches nothing", "give one key at least: match = { usb = \"046d:c31c\" }"},
    {"match_key", "[[device]]\nname = \"a\"\nmatch = { ubs = \"046d:c31c\" }\n", "3:11",
     "device.match.ubs: unknown key", "did you mean \"usb\"?"},
    {"usb_id", "[[device]]\nname = \"a\"\nmatch = { usb = \"0x46d:0xc31c\" }\n", "3:17",
     "device.match.usb: expected VENDOR:PRODUCT, four hexadecimal digits each, found "
     "\"0x46d:0xc31c\"",
     "`lsusb` shows it after \"ID\", such as \"046d:c31c\""},
    {"port", "[[device]]\nname = \"a\"\nmatch = { port = \"1.3\" }\n", "3:18",
     "device.match.port: expected a port path such as \"1-3.2\", found \"1.3\"",
     "`ls /sys/bus/usb/devices` lists them"},
    {"port_end", "[[device]]\nname = \"a\"\nmatch = { port = \"1-3.\" }\n", "3:18",
     "device.match.port: expected a port path such as \"1-3.2\", found \"1-3.\"",
     "`ls /sys/bus/usb/devices` lists them"},
    {"by_id_path", "[[device]]\nname = \"a\"\nmatch = { by_id = \"/dev/input/by-id/usb-K\" }\n",
     "3:19",
     "device.match.by_id: expected a name without its directory, found "
     "\"/dev/input/by-id/usb-K\"",
     "write \"usb-K\""},
    {"serial", "[[device]]\nname = \"a\"\nmatch = { serial = 123 }\n", "3:20",
     "device.match.serial: expected text, found the number 123", "put it in double quotes"},
    {"twins",
     "[[device]]\nname = \"a\"\nmatch = { usb = \"046d:c31c\" }\n"
     "[[device]]\nname = \"b\"\nmatch = { usb = \"046D:C31C\" }\n",
     "6:9", "device.match: matches the same as the device \"a\"",
     "tell twins apart by serial or port"},
    {"evdev_match", "[[device]]\nname = \"a\"\nmatch = { name = \"K\" }\n", "3:9",
     "device.match: name and address are for transport = \"evdev\"",
     "match by usb, serial, port or by_id, or add transport = \"evdev\""},
    {"address", "[[device]]\nname = \"a\"\nmatch = { address = \"1:2\" }\ntransport = \"evdev\"\n",
     "3:21",
     "device.match.address: expected a Bluetooth address such as \"d0:5f:64:01:02:03\", found "
     "\"1:2\"",
     "`bluetoothctl devices` shows them"},
    {"transport", "[[device]]\nname = \"a\"\nmatch = { port = \"1-1\" }\ntransport = \"ps2\"\n",
     "4:13", "device.transport: expected \"usb\" or \"evdev\", found \"ps2\"",
     "\"usb\" hands the whole device to the guest, \"evdev\" forwards its events"},
    {"optional", "[[device]]\nname = \"a\"\nmatch = { port = \"1-1\" }\noptional = \"yes\"\n",
     "4:12", "device.optional: expected true or false, found \"yes\"", "without quotes"},
    {"date", "[[device]]\nname = 1979-05-27\nmatch = { port = \"1-1\" }\n", "2:8",
     "device.name: expected text, found a date", "put it in double quotes"},
};

const Mistake kMonitors[] = {
    {"no_inputs", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\n", "1:1",
     "monitor: has no inputs", "add inputs = { host = \"DisplayPort-1\", GUEST = \"HDMI-1\" }"},
    {"empty_inputs", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs = {}\n", "4:10",
     "monitor.inputs: names no input",
     "write inputs = { host = \"DisplayPort-1\", GUEST = \"HDMI-1\" }"},
    {"target", "[guest.win11]\n[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.win10 = 1\n",
     "5:8", "monitor.inputs.win10: there is no target \"win10\"", "did you mean \"win11\"?"},
    {"target_far_off", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.linux = 1\n", "4:8",
     "monitor.inputs.linux: there is no target \"linux\"",
     "add a table [guest.NAME] for it; known here: host"},
    {"input_name", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = \"HDNI-1\"\n",
     "4:15", "monitor.inputs.host: no input is called \"HDNI-1\"", "did you mean \"HDMI-1\"?"},
    {"input_text_number",
     "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = \"0x11\"\n", "4:15",
     "monitor.inputs.host: no input is called \"0x11\"", "write the number without quotes"},
    {"input_word", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = \"television\"\n",
     "4:15", "monitor.inputs.host: no input is called \"television\"",
     "write its number, such as 0x11; `hotseat monitors --probe` shows what the monitor says it "
     "has"},
    {"input_range", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = 256\n", "4:15",
     "monitor.inputs.host: expected a number from 0 to 255, found the number 256", ""},
    {"input_kind", "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = [1]\n", "4:15",
     "monitor.inputs.host: expected the name or number of an input, found an array",
     "such as \"HDMI-1\" or 0x11"},
    {"manufacturer",
     "[[monitor]]\nname = \"a\"\nmatch = { manufacturer = \"Dell\" }\ninputs.host = 1\n", "3:26",
     "monitor.match.manufacturer: expected the three capital letters of an EDID manufacturer, "
     "found "
     "\"Dell\"",
     "such as \"HPN\", \"GSM\" or \"DEL\"; `hotseat monitors --probe` shows it"},
    {"bus", "[[monitor]]\nname = \"a\"\nmatch = { bus = \"3\" }\ninputs.host = 1\n", "3:17",
     "monitor.match.bus: expected a number from 0 to 1048575, found \"3\"", "without quotes"},
    {"quirk",
     "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = 1\nquirks = { fature = 1 }\n",
     "5:12", "monitor.quirks.fature: unknown key", "did you mean \"feature\"?"},
    {"read_mask",
     "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = 1\nquirks = { read_mask = 256 "
     "}\n",
     "5:24", "monitor.quirks.read_mask: expected a number from 0 to 255, found the number 256", ""},
    {"settle",
     "[[monitor]]\nname = \"a\"\nmatch = { bus = 1 }\ninputs.host = 1\nquirks = { settle = \"1m\" "
     "}\n",
     "5:21", "monitor.quirks.settle: expected a duration from 0m to 10s, found \"1m\"", ""},
    {"twins",
     "[[monitor]]\nname = \"a\"\nmatch = { model = \"M\" }\ninputs.host = 1\n"
     "[[monitor]]\nname = \"b\"\nmatch = { model = \"M\" }\ninputs.host = 2\n",
     "7:9", "monitor.match: matches the same as the monitor \"a\"",
     "tell twins apart by serial or connector"},
};

class Problem : public testing::TestWithParam<Mistake> {};

TEST_P(Problem, IsToldWithItsPlaceAndWhatToDo) {
  std::string too_deep;
  for (int level = 0; level < 5001; ++level) too_deep += "a.";
  const Mistake& mistake = GetParam();
  const auto seat = parse(mistake.text != nullptr ? mistake.text : too_deep, "f.toml");
  ASSERT_FALSE(seat);
  EXPECT_EQ(seat.error().object, std::string("f.toml:") + mistake.place);
  EXPECT_EQ(seat.error().reason, mistake.reason);
  EXPECT_EQ(seat.error().hint, mistake.hint);
}

const auto kName = [](const auto& row) { return std::string(row.param.name); };
INSTANTIATE_TEST_SUITE_P(Syntax, Problem, testing::ValuesIn(kSyntax), kName);
INSTANTIATE_TEST_SUITE_P(Keys, Problem, testing::ValuesIn(kKeys), kName);
INSTANTIATE_TEST_SUITE_P(Durations, Problem, testing::ValuesIn(kDurations), kName);
INSTANTIATE_TEST_SUITE_P(Compat, Problem, testing::ValuesIn(kCompat), kName);
INSTANTIATE_TEST_SUITE_P(Commands, Problem, testing::ValuesIn(kCommands), kName);
INSTANTIATE_TEST_SUITE_P(Guests, Problem, testing::ValuesIn(kGuests), kName);
INSTANTIATE_TEST_SUITE_P(Devices, Problem, testing::ValuesIn(kDevices), kName);
INSTANTIATE_TEST_SUITE_P(Monitors, Problem, testing::ValuesIn(kMonitors), kName);

TEST(Problems, AreAllToldAtOnceInTheOrderOfTheFile) {
  const auto seat = parse(
      "[[monitor]]\nname = \"left\"\nmatch = { bus = 1 }\ninputs.nobody = 1\n"
      "[guest.w]\nstart = 1\n[seats]\n",
      "f.toml");
  ASSERT_FALSE(seat);
  EXPECT_EQ(seat.error().object, "f.toml:4:8");
  EXPECT_EQ(seat.error().hint, "");
  EXPECT_EQ(seat.error().reason,
            "monitor.inputs.nobody: there is no target \"nobody\" (add a table "
            "[guest.NAME] for it; known here: host, w)\n"
            "f.toml:6:9: guest.w.start: expected \"auto\" or \"never\", found the number 1 "
            "(\"auto\" starts the guest when it is switched to)\n"
            "f.toml:7:2: seats: unknown key (did you mean \"seat\"?)");
}

TEST(Problems, AFlawedGuestIsStillAKnownTarget) {
  const auto seat = parse(
      "[guest.w]\nstart = 1\n[[monitor]]\nname = \"left\"\nmatch = { bus = 1 }\ninputs.w = 1\n",
      "f.toml");
  ASSERT_FALSE(seat);
  EXPECT_EQ(seat.error().object, "f.toml:2:9");
}

}  // namespace
}  // namespace hotseat::config

// The router's contract over real evdev nodes and uinput, in the lab.
#include <fcntl.h>
#include <libevdev/libevdev-uinput.h>
#include <libevdev/libevdev.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "adapters/evdev/evdev_router.h"
#include "tests/contract/input_router_contract.h"
#include "tests/contract/loop_rig.h"

namespace hotseat::contract {

namespace {

using std::chrono::seconds;

class Nowhere : public adapters::evdev::CloneStore {
 public:
  void keep(const std::string&, int) override {}
  void forget(const std::string&) override {}
};

// What a person plugs in, to the kernel; every key of it can be pressed.
class Keyboard {
 public:
  Keyboard() {
    const std::unique_ptr<libevdev, decltype(&libevdev_free)> made(libevdev_new(), libevdev_free);
    libevdev_set_name(made.get(), "contract keyboard");
    libevdev_enable_event_type(made.get(), EV_KEY);
    for (unsigned key = KEY_ESC; key < KEY_MICMUTE; ++key) {
      libevdev_enable_event_code(made.get(), EV_KEY, key, nullptr);
    }
    libevdev_uinput* device = nullptr;
    EXPECT_EQ(libevdev_uinput_create_from_device(made.get(), LIBEVDEV_UINPUT_OPEN_MANAGED, &device),
              0);
    device_.reset(device);
  }

  std::string node() const { return libevdev_uinput_get_devnode(device_.get()); }

  void type(const Chord& keys) const {
    for (const int value : {1, 0}) {
      for (const KeyCode key : keys) {
        libevdev_uinput_write_event(device_.get(), EV_KEY, key, value);
        libevdev_uinput_write_event(device_.get(), EV_SYN, SYN_REPORT, 0);
      }
    }
  }

 private:
  struct Destroy {
    void operator()(libevdev_uinput* device) const { libevdev_uinput_destroy(device); }
  };
  std::unique_ptr<libevdev_uinput, Destroy> device_;
};

class UinputRig : public LoopRig<InputRouterRig> {
 public:
  UinputRig() : LoopRig(seconds(30), seconds(1)) { std::filesystem::create_directories(kLinks); }
  ~UinputRig() override { std::filesystem::remove_all(kLinks); }

  ports::InputRouter& router() override { return router_; }
  std::string node() override { return keyboard_->node(); }
  void press(const Hotkey& hotkey) override { keyboard_->type(hotkey.keys); }

  // The kernel gives it the lowest number that is free, as to the one before.
  void replug() override {
    const std::string before = node();
    keyboard_.reset();
    keyboard_.emplace();
    EXPECT_EQ(node(), before);
  }

 private:
  static constexpr const char* kLinks = "/run/hotseat-contract";
  std::optional<Keyboard> keyboard_{std::in_place};
  Nowhere store_;
  adapters::EvdevRouter router_{loop_.native(), loop_, store_, {}, {kLinks}};
};

const RigMaker<InputRouterRig> kUinput{"uinput", [] { return std::make_unique<UinputRig>(); }};

INSTANTIATE_TEST_SUITE_P(real, InputRouterContract, testing::Values(kUinput),
                         [](const auto& test) { return test.param.name; });

}  // namespace

}  // namespace hotseat::contract

#include "ddcutil.h"

#include <ddcutil_c_api.h>
#include <ddcutil_status_codes.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "connectors.h"
#include "wire/capabilities.h"
#include "wire/edid.h"
#include "wire/mccs.h"

namespace hotseat::probe {

namespace {

// DDCA_Display_Info.dispno of what stands for no working display. Not in the header; the values
// are those of "ddcutil detect" (1.4).
constexpr int kInvalidDisplay = -1;  // answers no DDC/CI
constexpr int kPhantomDisplay = -2;  // another connector of a display that is listed already

std::string reason(DDCA_Status status) {
  const char* text = ddca_rc_desc(status);
  return text == nullptr ? "error " + std::to_string(status) : text;
}

class OpenDisplay {
 public:
  explicit OpenDisplay(DDCA_Display_Ref reference)
      : status_(ddca_open_display2(reference, true, &handle_)) {}
  ~OpenDisplay() {
    if (status_ == DDCRC_OK) ddca_close_display(handle_);
  }
  OpenDisplay(const OpenDisplay&) = delete;
  OpenDisplay& operator=(const OpenDisplay&) = delete;

  DDCA_Status status() const { return status_; }
  DDCA_Display_Handle get() const { return handle_; }

 private:
  DDCA_Display_Handle handle_ = nullptr;
  DDCA_Status status_;
};

// Parsed here and not by libddcutil, which drops the lists that real monitors garble most.
void read_capabilities(DDCA_Display_Handle handle, Display& display) {
  char* text = nullptr;
  const DDCA_Status status = ddca_get_capabilities_string(handle, &text);
  if (status != DDCRC_OK) {
    display.problem = "does not tell its capabilities: " + reason(status);
    return;
  }
  const std::unique_ptr<char, decltype(&std::free)> owner(text, &std::free);
  const wire::Capabilities capabilities = wire::parse_capabilities(text);
  const auto inputs = capabilities.features.find(wire::kInputSelect);
  if (inputs != capabilities.features.end()) display.inputs = inputs->second;
  if (display.mccs.empty()) display.mccs = capabilities.mccs_version;
}

void read_input(DDCA_Display_Handle handle, Display& display) {
  DDCA_Non_Table_Vcp_Value value{};
  const DDCA_Status status = ddca_get_non_table_vcp_value(handle, wire::kInputSelect, &value);
  if (status == DDCRC_OK) {
    display.current = value.sl;
  } else {
    display.problem = "does not tell its input: " + reason(status);
  }
}

void talk_to(const DDCA_Display_Info& info, Display& display) {
  if (info.dispno == kInvalidDisplay) {
    display.problem = "does not answer DDC/CI; is it enabled in the monitor's menu?";
    return;
  }
  const OpenDisplay open(info.dref);
  if (open.status() != DDCRC_OK) {
    display.problem = "cannot be opened: " + reason(open.status());
    return;
  }
  read_capabilities(open.get(), display);
  read_input(open.get(), display);
}

Display describe(const DDCA_Display_Info& info) {
  Display display;
  if (info.path.io_mode == DDCA_IO_I2C) display.bus = info.path.path.i2c_busno;
  display.manufacturer = info.mfg_id;
  display.model = info.model_name;
  display.serial = info.sn;
  if (const auto edid = wire::parse_edid(info.edid_bytes)) {
    display.serial_number = edid->serial_number;
  }
  display.connector = connector_of("/sys/class/drm", display.bus, info.edid_bytes);
  if (info.vcp_version.major > 0) {  // 0.0 is "unknown"
    display.mccs =
        std::to_string(info.vcp_version.major) + "." + std::to_string(info.vcp_version.minor);
  }
  talk_to(info, display);
  return display;
}

}  // namespace

Expected<std::vector<Display>> find_displays() {
  ddca_enable_usb_display_detection(false);
  DDCA_Display_Info_List* list = nullptr;
  const DDCA_Status status = ddca_get_display_info_list2(true, &list);
  if (status != DDCRC_OK) {
    return fail({"look for monitors", "", reason(status),
                 "run as root, or as a user who may open /dev/i2c-*"});
  }
  const std::unique_ptr<DDCA_Display_Info_List, decltype(&ddca_free_display_info_list)> owner(
      list, &ddca_free_display_info_list);
  std::vector<Display> displays;
  for (int i = 0; i < list->ct; ++i) {
    if (list->info[i].dispno != kPhantomDisplay) displays.push_back(describe(list->info[i]));
  }
  return displays;
}

}  // namespace hotseat::probe

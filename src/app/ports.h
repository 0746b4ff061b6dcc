// Everything the app reaches the world through.
#pragma once

#include "ports/clock.h"
#include "ports/commands.h"
#include "ports/hypervisor.h"
#include "ports/input_nodes.h"
#include "ports/input_router.h"
#include "ports/monitors.h"
#include "ports/usb_devices.h"

namespace hotseat::app {

struct Ports {
  ports::Hypervisor& hypervisor;
  ports::UsbDevices& usb;
  ports::Monitors& monitors;
  ports::Commands& commands;
  ports::InputNodes& input_nodes;
  ports::InputRouter& router;
  ports::Clock& clock;
};

}  // namespace hotseat::app

// The methods, signals and properties of org.hotseat.Hotseat1 as sd-bus wants them listed.
#pragma once

#include <systemd/sd-bus.h>

namespace hotseat::service {

struct DbusVtable {
  // The userdata of every entry is the DbusService.
  static const sd_bus_vtable* entries();

 private:
  static int on_switch(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_next(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_release(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_plan(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_status(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_ask(sd_bus_message* call, void* self, sd_bus_error* error);
  static int on_reload(sd_bus_message* call, void* self, sd_bus_error* error);
  static int get(sd_bus* bus, const char* path, const char* interface, const char* property,
                 sd_bus_message* reply, void* self, sd_bus_error* error);
};

}  // namespace hotseat::service

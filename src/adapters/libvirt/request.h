// What an operation is asked to do, and what the table says about it. Pure.
#pragma once

#include <optional>
#include <string>

#include "adapters/libvirt/domain_table.h"
#include "adapters/libvirt/session.h"
#include "base/error.h"
#include "base/name.h"
#include "domain/usb.h"

namespace hotseat::adapters::libvirt {

struct Request {
  enum class Kind { start, attach, detach };
  Kind kind = Kind::start;
  DomainName domain;
  UsbAddress address;  // attach
  std::string alias;   // attach, detach
};

enum class Standing { to_do, done, impossible };

// `fresh`: the table was read from libvirt just now, so what is not in it is not there.
Standing standing(const Request& request, const DomainTable& table, bool fresh);

// What an event on its domain makes of an operation; nothing: it goes on.
std::optional<Expected<void>> outcome(const Request& request, const DomainEvent& event);

// Enters what a successful call has changed.
void record(const Request& request, const Answer& answer, DomainTable& table);

// What an operation is called in errors: "attach 1:7 to win11".
std::string context_of(const Request& request);
std::string start_context(const DomainName& name);
std::string attach_context(const DomainName& name, const UsbAddress& address);
std::string detach_context(const DomainName& name, const std::string& alias);
std::string object_of(const DomainName& name);  // "domain win11"

// Why an operation fails that libvirt was not asked for, or did not answer.
Error alias_taken(const Request& request);
Error domain_stopped(const Request& request);
Error removal_refused(const Request& request);
Error out_of_time(const Request& request);
Error not_connected(const Request& request, const std::string& problem);

}  // namespace hotseat::adapters::libvirt

// What libvirt's hook hands over, understood.
#pragma once

#include <string>
#include <string_view>

#include "app/service.h"
#include "base/error.h"

namespace hotseat::service {

// Fails on what is no domain's description or is too large for one.
Expected<app::GuestNotice> read_notice(const std::string& guest, std::string_view xml);

}  // namespace hotseat::service

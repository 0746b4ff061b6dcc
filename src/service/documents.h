// The JSON documents the doors hand out: one schema for D-Bus, the command line and the web.
//
// All are UTF-8 on one line. Keys are only ever added. Durations are numbers in milliseconds with
// microseconds behind the point; names of states, rules and kinds are the domain's to_string().
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "app/service.h"
#include "domain/plan.h"
#include "domain/report.h"

namespace hotseat::service {

// {"target","state","targets":[…],"devices":[…],"monitors":[…],"libvirt":{…},
//  "problems":[…],"notes":[…],"current":report|null,"last":report|null}. What is not known is null.
std::string status_document(const app::Status& status);

// {"id","outcome","from","to","owner","cause","who","steps":[…],"notes","warnings","problems",
//  "refusal":{"rule","reason","hint"}|null,"input_moved_ms","took_ms"}.
std::string report_document(const SwitchReport& report);

// {"from","to","steps":[…],"notes":[…]} or {"refusal":{…}}.
std::string plan_document(const tl::expected<Plan, Refusal>& plan);

// The same text without bytes that are not UTF-8 (device serials and error messages of libraries
// may hold any): D-Bus refuses to carry those.
std::string utf8(std::string_view text);

}  // namespace hotseat::service

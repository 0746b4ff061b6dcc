#include "service/guest_notice.h"

#include <utility>

#include "domain_xml/definition.h"
#include "wire/hook_frame.h"

namespace hotseat::service {

Expected<app::GuestNotice> read_notice(const std::string& guest, std::string_view xml) {
  if (xml.size() > wire::kMaxHookXml) {
    return fail({"prepare " + guest, "", "its description is larger than 1 MiB", ""});
  }
  auto definition = domain_xml::read_definition(xml);
  if (!definition) return fail(definition.error());
  return app::GuestNotice{DomainName{guest}, std::move(definition->inputs)};
}

}  // namespace hotseat::service

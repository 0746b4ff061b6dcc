#include "importers/vfio_domains.h"

#include <algorithm>

#include "config/toml/words.h"
#include "domain/guest_inputs.h"
#include "domain_xml/document.h"
#include "domain_xml/evdev_inputs.h"
#include "domain_xml/metadata_hotkey.h"
#include "domain_xml/namespaces.h"
#include "importers/file.h"

namespace hotseat::importers {

namespace {

void take_inputs(const File& file, const pugi::xml_node& domain, const GuestDraft& guest,
                 Draft& draft) {
  for (const EvdevInput& input : domain_xml::evdev_inputs(domain)) {
    const Origin at{file.name, line_of(file.text, input.path), input.path};
    const auto device = clone_asked_for(input.path, DomainName{guest.domain});
    if (!device) {
      draft.leave_out(at, "is read by " + guest.domain + " as it is, past vfio-kvm",
                      "hotseat forwards devices under /dev/input/by-id/" + guest.domain + "-…");
      continue;
    }
    DeviceMatch match;
    match.by_id = *device;
    if (draft.has_device(match)) continue;  // of another guest: that is what it is there for
    draft.add_device(match, Transport::evdev, name_of_node(*device), at);
  }
}

bool is_settings(const pugi::xml_node& node) {
  return domain_xml::local_name(node) == "settings" &&
         std::any_of(domain_xml::kHotkeyNamespaces.begin(), domain_xml::kHotkeyNamespaces.end(),
                     [&](const auto& wanted) { return domain_xml::is_in(node, wanted); });
}

void report_other_settings(const File& file, const pugi::xml_node& domain, Draft& draft) {
  for (const auto& settings : domain.child("metadata").children()) {
    if (!is_settings(settings)) continue;
    for (const auto& child : settings.children()) {
      if (child.type() != pugi::node_element || domain_xml::local_name(child) == "hotkey") continue;
      draft.leave_out({file.name, line_of(file.text, child.name()), child.name()},
                      "of the settings in <metadata> hotseat knows the hotkey only",
                      "remove it when vfio-kvm is gone");
    }
  }
}

}  // namespace

std::string name_of_node(std::string_view by_id) {
  if (by_id.ends_with("-kbd")) return "keyboard";
  if (by_id.ends_with("-mouse")) return "mouse";
  if (by_id.ends_with("-joystick")) return "gamepad";
  if (by_id.starts_with("usb-")) by_id.remove_prefix(4);
  return std::string(by_id);
}

Expected<void> take_vfio_domain(const File& file, Draft& draft) {
  if (auto checked = check(file); !checked) return checked;
  const auto document = domain_xml::load(file.text);
  if (!document) {
    return fail({"import", file.name, document.error().reason,
                 "expected a domain's description, as virsh dumpxml prints it"});
  }
  const auto domain = document->child("domain");
  const std::string name = domain.child_value("name");
  const Origin at{file.name, line_of(file.text, "<name"), "domain " + name};
  auto* guest = draft.guest(name, at);
  if (guest == nullptr) return {};
  take_inputs(file, domain, *guest, draft);
  auto keys = domain_xml::metadata_hotkey(domain);
  const Origin hotkey_at{file.name, line_of(file.text, "hotkey"), "hotkey in <metadata>"};
  if (!keys.empty()) draft.set_hotkey(*guest, std::move(keys), hotkey_at);
  report_other_settings(file, domain, draft);
  return {};
}

}  // namespace hotseat::importers

#include "apps/guest/libvirt.h"

#include <libvirt/virterror.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

namespace hotseat::guest {
namespace {

// As `virsh edit` reads it: the persistent definition and not the running guest's, and with the
// passwords, which would be lost if it was defined again without them.
constexpr unsigned kEditable = VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE;

constexpr const char* kMayEdit =
    "root and the members of group libvirt may change domains: run it with sudo";

bool is_about_permission() {
  const auto* error = virGetLastError();
  if (error == nullptr) return false;
  const bool denied = error->code == VIR_ERR_SYSTEM_ERROR && error->int1 == EACCES;
  return denied || error->domain == VIR_FROM_POLKIT || error->code == VIR_ERR_AUTH_FAILED ||
         error->code == VIR_ERR_AUTH_CANCELLED || error->code == VIR_ERR_AUTH_UNAVAILABLE ||
         error->code == VIR_ERR_ACCESS_DENIED || error->code == VIR_ERR_OPERATION_DENIED;
}

tl::unexpected<Failure> failed(const std::string& context, const std::string& object,
                               const std::string& hint) {
  const char* message = virGetLastErrorMessage();
  const std::string reason = message == nullptr ? "unknown error" : message;
  if (is_about_permission()) return fail_with(Status::refused, {context, object, reason, kMayEdit});
  return fail_with(Status::failed, {context, object, reason, hint});
}

}  // namespace

Result<Libvirt> Libvirt::open(const std::string& uri) {
  // Unset, the library prints every error to stderr as well.
  virSetErrorFunc(nullptr, [](void*, virErrorPtr) {});
  virConnectPtr connection = virConnectOpen(uri.c_str());
  if (connection == nullptr) {
    return failed("connect to libvirt", uri, "is libvirtd running? systemctl status libvirtd");
  }
  return Libvirt(connection);
}

Result<Definition> Libvirt::find(const std::string& name) const {
  const DomainPtr domain(virDomainLookupByName(connection_.get(), name.c_str()));
  if (domain || virGetLastErrorCode() != VIR_ERR_NO_DOMAIN) return read(domain, name);
  return tl::make_unexpected(Failure{
      Status::usage, {"find the domain", name, "libvirt knows none of this name", ""}, names()});
}

Result<Definition> Libvirt::find_uuid(const std::string& uuid) const {
  return read(DomainPtr(virDomainLookupByUUIDString(connection_.get(), uuid.c_str())), uuid);
}

Result<Definition> Libvirt::define(const std::string& xml) const {
  const DomainPtr domain(virDomainDefineXML(connection_.get(), xml.c_str()));
  if (!domain) return failed("change the domain's definition", "", "");
  return read(domain, virDomainGetName(domain.get()));
}

Result<Definition> Libvirt::read(const DomainPtr& domain, const std::string& name) const {
  if (!domain) return failed("find the domain", name, "");
  if (virDomainIsPersistent(domain.get()) == 0) {
    return fail_with(Status::refused,
                     {"change the domain's definition", name,
                      "it is transient: libvirt keeps no definition of it beyond its end",
                      "whoever starts it has to add the inputs, or define it first: virsh define"});
  }
  const std::unique_ptr<char, decltype(&std::free)> xml(
      virDomainGetXMLDesc(domain.get(), kEditable), &std::free);
  if (!xml) return failed("read the domain's definition", name, "");
  std::array<char, VIR_UUID_STRING_BUFLEN> uuid{};
  if (virDomainGetUUIDString(domain.get(), uuid.data()) < 0) {
    return failed("read the domain's UUID", name, "");
  }
  const bool running = virDomainIsActive(domain.get()) == 1;
  return Definition{virDomainGetName(domain.get()), uuid.data(), running, xml.get()};
}

std::vector<std::string> Libvirt::names() const {
  virDomainPtr* list = nullptr;
  const int count = virConnectListAllDomains(connection_.get(), &list, 0);
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) {
    const DomainPtr domain(list[i]);
    names.emplace_back(virDomainGetName(domain.get()));
  }
  std::free(static_cast<void*>(list));
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace hotseat::guest

// One text for all definitions that mean the same to libvirt.
#pragma once

#include <string>
#include <string_view>

namespace hotseat::domain_xml {

// libvirt sorts controllers when it reads a definition, but lists those it has added to one by
// itself as they came (virDomainControllerInsert, domain_conf.c): they change places when the
// domain starts. Here they are sorted, and everything is written in one style. What is no
// definition stays what it is.
std::string canonical(std::string_view text);

}  // namespace hotseat::domain_xml

#include "apps/guest/changes.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "apps/guest/unified_diff.h"
#include "domain_xml/add_inputs.h"
#include "domain_xml/canonical.h"
#include "domain_xml/definition.h"

namespace hotseat::guest {
namespace {

// Passwords of graphics stand beside the inputs, and a diff ends up on screens and in bug reports.
std::string without_secrets(std::string_view xml) {
  constexpr std::string_view kPassword = " passwd='";
  std::string shown;
  for (auto found = xml.find(kPassword); found != std::string_view::npos;
       found = xml.find(kPassword)) {
    shown += xml.substr(0, found + kPassword.size());
    shown += "…";
    xml.remove_prefix(found + kPassword.size());
    xml.remove_prefix(std::min(xml.find('\''), xml.size()));
  }
  return shown += xml;
}

std::string shown(const std::string& xml) {
  return without_secrets(domain_xml::canonical(xml));
}

bool same(const std::string& one, const std::string& other) {
  return one == other || domain_xml::canonical(one) == domain_xml::canonical(other);
}

Result<std::vector<EvdevInput>> inputs_of(const Definition& definition) {
  auto read = domain_xml::read_definition(definition.xml);
  if (read) return std::move(read->inputs);
  read.error().object = definition.name;
  return fail_with(Status::failed, read.error());
}

bool reads(const std::vector<EvdevInput>& inputs, const NodeNames& names) {
  return std::any_of(inputs.begin(), inputs.end(), [&](const EvdevInput& input) {
    return std::find(names.begin(), names.end(), input.path) != names.end();
  });
}

Proposal nothing_to_change(const Definition& definition) {
  Proposal proposal;
  proposal.name = definition.name;
  proposal.uuid = definition.uuid;
  proposal.running = definition.running;
  proposal.before = definition.xml;
  proposal.after = definition.xml;
  return proposal;
}

tl::unexpected<Failure> overtaken(const std::string& name) {
  return fail_with(Status::failed,
                   {"change the domain's definition", name,
                    "somebody else has changed it meanwhile; nothing was done", "try again"});
}

// libvirt may have stored a definition that it could not answer for any more.
bool is_unchanged(const Libvirt& libvirt, const Proposal& proposal) {
  const auto now = libvirt.find_uuid(proposal.uuid);
  return now && same(now->xml, proposal.before);
}

Result<std::string> replace(const Libvirt& libvirt, const Proposal& proposal,
                            const Backups& backups, std::chrono::system_clock::time_point now) {
  auto backup = backups.begin(proposal.uuid, proposal.before, now);
  if (!backup) return backup;
  const auto defined = libvirt.define(proposal.after);
  if (!defined) {
    if (is_unchanged(libvirt, proposal)) backups.discard(*backup);
    return tl::make_unexpected(defined.error());
  }
  if (auto kept = backups.complete(*backup, defined->xml); !kept) {
    // All or nothing: what could not be undone is not done.
    if (libvirt.define(proposal.before)) backups.discard(*backup);
    return tl::make_unexpected(kept.error());
  }
  return backups.path(*backup);
}

Result<std::string> restore(const Libvirt& libvirt, const Proposal& proposal,
                            const Backups& backups) {
  if (auto kept = backups.keep_replaced(proposal.undoes, proposal.before); !kept) {
    return tl::make_unexpected(kept.error());
  }
  if (auto defined = libvirt.define(proposal.after); !defined) {
    return tl::make_unexpected(defined.error());
  }
  return backups.retire(proposal.undoes);
}

}  // namespace

bool Proposal::changes_nothing() const {
  return same(before, after);
}

std::string Proposal::diff() const {
  return unified_diff(shown(before), shown(after), name + " as it is", name + " as it would be");
}

Result<Proposal> propose_inputs(const Libvirt& libvirt, const std::string& domain,
                                const std::vector<NodeNames>& nodes) {
  const auto definition = libvirt.find(domain);
  if (!definition) return tl::make_unexpected(definition.error());
  const auto inputs = inputs_of(*definition);
  if (!inputs) return tl::make_unexpected(inputs.error());
  auto proposal = nothing_to_change(*definition);
  for (const NodeNames& names : nodes) {
    if (!names.empty() && !reads(*inputs, names)) proposal.added.push_back(names.front());
  }
  if (proposal.added.empty()) return proposal;
  auto after = domain_xml::add_virtio_inputs(definition->xml, proposal.added);
  if (!after) return fail_with(Status::failed, after.error());
  proposal.after = std::move(*after);
  return proposal;
}

Result<Proposal> propose_undo(const Libvirt& libvirt, const std::string& domain,
                              const Backups& backups) {
  const auto definition = libvirt.find(domain);
  if (!definition) return tl::make_unexpected(definition.error());
  auto proposal = nothing_to_change(*definition);
  auto backup = backups.latest(definition->uuid, definition->xml);
  if (!backup) return tl::make_unexpected(backup.error());
  if (!*backup) return proposal;
  proposal.undoes = (*backup)->name;
  proposal.after = std::move((*backup)->before);
  // A change that was broken off has left no word of how it ended: compared with what it was made
  // from, it shows as a change too.
  const std::string left = (*backup)->after.value_or(proposal.after);
  proposal.changed_since = !same(left, definition->xml);
  proposal.changes_since = unified_diff(shown(left), shown(definition->xml),
                                        domain + " as hotseat left it", domain + " as it is");
  return proposal;
}

Result<std::string> make(const Libvirt& libvirt, const Proposal& proposal, const Backups& backups,
                         std::chrono::system_clock::time_point now) {
  const auto definition = libvirt.find_uuid(proposal.uuid);
  if (!definition) return tl::make_unexpected(definition.error());
  if (!same(definition->xml, proposal.before)) return overtaken(proposal.name);
  if (proposal.undoes.empty()) return replace(libvirt, proposal, backups, now);
  return restore(libvirt, proposal, backups);
}

}  // namespace hotseat::guest

#include "adapters/ddc/matching.h"

#include <algorithm>

namespace hotseat::adapters {

namespace {

using Candidates = std::vector<const Candidate*>;

// "DP-1" means it on any card.
bool is_connector(const std::string& wanted, const std::string& actual) {
  if (actual.empty()) return false;
  return wanted == actual || wanted == actual.substr(actual.find('-') + 1);
}

bool place_fits(const MonitorMatch& match, const Candidate& candidate) {
  if (match.bus && *match.bus != candidate.bus) return false;
  if (candidate.only_by_number && !match.bus) return false;
  return !match.connector || is_connector(*match.connector, candidate.connector);
}

bool identity_fits(const MonitorMatch& match, const wire::Edid& edid) {
  if (match.manufacturer && *match.manufacturer != edid.manufacturer) return false;
  if (match.model && *match.model != edid.name) return false;
  return !match.serial || *match.serial == edid.serial ||
         (edid.serial_number != 0 && *match.serial == std::to_string(edid.serial_number));
}

bool names_only_a_place(const MonitorMatch& match) {
  return !match.manufacturer && !match.model && !match.serial;
}

// The two buses of one DisplayPort socket lead to the same monitor.
void drop_twins(Candidates& fitting) {
  Candidates kept;
  for (const Candidate* candidate : fitting) {
    const bool twin = std::any_of(kept.begin(), kept.end(), [&](const Candidate* other) {
      return !candidate->connector.empty() && candidate->connector == other->connector;
    });
    if (!twin) kept.push_back(candidate);
  }
  fitting = std::move(kept);
}

Candidates showing(const MonitorSpec& spec, const std::vector<Candidate>& candidates) {
  Candidates fitting;
  for (const Candidate& candidate : candidates) {
    if (candidate.edid && place_fits(spec.match, candidate) &&
        identity_fits(spec.match, *candidate.edid)) {
      fitting.push_back(&candidate);
    }
  }
  drop_twins(fitting);
  return fitting;
}

const Candidate* asleep(const MonitorSpec& spec, const std::vector<Candidate>& candidates) {
  for (const Candidate& candidate : candidates) {
    const bool its = candidate.last == spec.name || names_only_a_place(spec.match);
    if (!candidate.edid && its && place_fits(spec.match, candidate)) return &candidate;
  }
  return nullptr;
}

std::string described(const Candidate& candidate) {
  const wire::Edid& edid = *candidate.edid;
  std::string text = edid.manufacturer + " \"" + edid.name + "\"";
  if (!edid.serial.empty()) text += " serial \"" + edid.serial + "\"";
  if (edid.serial.empty() && edid.serial_number != 0) {
    text += " serial \"" + std::to_string(edid.serial_number) + "\"";
  }
  return text + " on bus " + std::to_string(candidate.bus);
}

std::string not_found(const std::vector<Candidate>& candidates) {
  std::string there;
  for (const Candidate& candidate : candidates) {
    if (!candidate.edid) continue;
    there += (there.empty() ? "" : ", ") + described(candidate);
  }
  if (there.empty()) return "not found: no monitor shows itself on any bus; is i2c-dev loaded?";
  return "not found; there are: " + there;
}

std::string ambiguous(const Candidates& fitting) {
  std::string buses;
  bool serials_differ = true;
  for (const Candidate* candidate : fitting) {
    buses += (buses.empty() ? "bus " : ", bus ") + std::to_string(candidate->bus);
    if (!candidate->connector.empty()) buses += " " + candidate->connector;
    for (const Candidate* other : fitting) {
      const bool same = other->edid->serial == candidate->edid->serial &&
                        other->edid->serial_number == candidate->edid->serial_number;
      if (other != candidate && same) serials_differ = false;
    }
  }
  return "matches " + std::to_string(fitting.size()) + " monitors (" + buses + "): add " +
         (serials_differ ? "serial or connector" : "connector, their serials are the same");
}

Assignment assign_one(const MonitorSpec& spec, const std::vector<Candidate>& candidates,
                      bool looking) {
  const Candidates fitting = showing(spec, candidates);
  if (fitting.size() == 1) return {fitting.front()->bus, true, ""};
  if (fitting.size() > 1) return {{}, false, ambiguous(fitting)};
  if (const Candidate* place = asleep(spec, candidates)) {
    return {
        place->bus, false,
        "does not show itself on bus " + std::to_string(place->bus) + ": is it off or unplugged?"};
  }
  return {{}, false, looking ? "still looking for it" : not_found(candidates)};
}

}  // namespace

std::vector<Assignment> assign(const std::vector<MonitorSpec>& specs,
                               const std::vector<Candidate>& candidates, bool looking) {
  std::vector<Assignment> assignments;
  for (const MonitorSpec& spec : specs) {
    Assignment mine = assign_one(spec, candidates, looking);
    for (std::size_t i = 0; mine.bus && i < assignments.size(); ++i) {
      if (assignments[i].bus != mine.bus) continue;
      mine = {{},
              false,
              "is the same monitor as " + specs[i].name.str() + " (bus " +
                  std::to_string(*mine.bus) + "): make their match differ"};
    }
    assignments.push_back(std::move(mine));
  }
  return assignments;
}

}  // namespace hotseat::adapters

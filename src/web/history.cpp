#include "web/history.h"

namespace hotseat::web {

namespace {

constexpr std::size_t kKept = 20;

// In one line, what there is to say of how it ended.
std::string message_of(const Json& report) {
  const Json& refusal = report.at("refusal");
  if (!refusal.is_null()) return refusal.at("reason");
  const Json& problems = report.at("problems");
  if (!problems.empty()) return problems.front().at("reason");
  const Json& warnings = report.at("warnings");
  return warnings.empty() ? "" : warnings.front().get<std::string>();
}

Json summary(const Json& report, Date ended) {
  Json entry = Json::object();
  for (const char* key : {"id", "from", "to", "owner", "cause", "who", "outcome"}) {
    entry[key] = report.at(key);
  }
  entry["message"] = message_of(report);
  entry["took_ms"] = report.at("took_ms");
  entry["input_moved_ms"] = report.at("input_moved_ms");
  entry["ended"] = ended.count();
  return entry;
}

}  // namespace

void History::add(const Json& report, Date ended) {
  try {
    Json entry = summary(report, ended);
    if (!entries_.empty() && entries_.front().at("id") == entry.at("id") &&
        entries_.front().at("took_ms") == entry.at("took_ms")) {
      return;
    }
    entries_.push_front(std::move(entry));
  } catch (const Json::exception&) {
    return;  // of a hotseatd whose reports look otherwise
  }
  if (entries_.size() > kKept) entries_.pop_back();
}

Json History::to_json() const {
  Json list = Json::array();
  for (const Json& entry : entries_) list.push_back(entry);
  return list;
}

}  // namespace hotseat::web

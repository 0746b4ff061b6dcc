// web.toml as it is put together from what another program was told.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "importers/draft.h"
#include "importers/imported.h"

namespace hotseat::importers {

class WebDraft {
 public:
  // `source` is what the text says of itself at its top. What web.toml cannot hold is reported to
  // `draft`, which outlives this.
  WebDraft(std::string source, Draft& draft) : source_(std::move(source)), draft_(draft) {}

  void set_address(const std::string& address, const Origin& at);  // "192.168.1.2:5001"
  // Never said in a message.
  void set_secret(const std::string& secret, const Origin& at);
  void set_guest(std::string name) { guest_ = std::move(name); }

  // Empty when nothing was set. Fails on a mistake of this program alone.
  Expected<std::string> text() const;
  std::vector<Choice> choices() const;

 private:
  std::string source_;
  Draft& draft_;
  std::vector<std::string> listen_;
  bool others_reach_it_ = false;
  std::string secret_;
  std::string guest_;
};

}  // namespace hotseat::importers

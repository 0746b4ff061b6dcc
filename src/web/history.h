// The last switches that were seen, newest first.
#pragma once

#include <deque>
#include <nlohmann/json.hpp>
#include <string>

#include "web/answers.h"
#include "web/moment.h"

namespace hotseat::web {

class History {
 public:
  // A switch ended; `report` is hotseatd's. What is no report is left out. A switch that is told
  // of twice is kept once.
  void add(const Json& report, Date ended);

  // [{"id","from","to","owner","cause","who","outcome","message","took_ms","input_moved_ms","ended"}]
  Json to_json() const;

 private:
  std::deque<Json> entries_;
};

}  // namespace hotseat::web

// What every contract suite needs of the thing under test: a loop that turns until something is so.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "ports/completion.h"

namespace hotseat::contract {

class Rig {
 public:
  Rig() = default;
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;
  virtual ~Rig() = default;

  // Turns the loop until the condition holds; false when patience ran out first.
  virtual bool run_until(const std::function<bool()>& condition) = 0;
  // Turns it for as long as a stray second callback would need.
  virtual void run_a_while() = 0;
};

// Makes a fresh rig for one test. `name` becomes part of the test's name.
template <typename RigType>
struct RigMaker {
  std::string name;
  std::function<std::unique_ptr<RigType>()> make;
};

template <typename RigType>
void PrintTo(const RigMaker<RigType>& maker, std::ostream* out) {
  *out << maker.name;
}

// Holds the answer to one operation. Outlives the rig's loop turns it is waited for in.
class Answer {
 public:
  ports::Done taker() {
    return [state = state_](const Expected<void>& result) {
      ++state->count;
      state->result = result;
    };
  }
  bool came() const { return state_->count > 0; }
  int count() const { return state_->count; }
  bool ok() const { return came() && state_->result->has_value(); }
  Error error() const {
    return came() && !*state_->result ? state_->result->error() : Error{"", "", "no error", ""};
  }

 private:
  struct State {
    int count = 0;
    std::optional<Expected<void>> result;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace hotseat::contract

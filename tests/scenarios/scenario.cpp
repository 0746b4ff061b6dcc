#include "tests/scenarios/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "tests/scenarios/desk.h"

namespace hotseat::testing {

namespace {

using Words = std::vector<std::string>;

Words split(const std::string& line) {
  std::istringstream stream(line);
  Words words;
  for (std::string word; stream >> word && word[0] != '#';) words.push_back(word);
  return words;
}

std::string rest(const Words& words, std::size_t from) {
  std::string text;
  for (std::size_t index = from; index < words.size(); ++index) {
    text += (text.empty() ? "" : " ") + words[index];
  }
  return text;
}

std::chrono::milliseconds duration(const std::string& text) {
  std::size_t used = 0;
  const long count = std::stol(text, &used);
  const std::string unit = text.substr(used);
  if (unit == "ms") return std::chrono::milliseconds(count);
  if (unit == "s") return std::chrono::seconds(count);
  throw std::invalid_argument("not a duration: " + text);
}

sim::Operation operation(const std::string& word) {
  static const std::map<std::string, sim::Operation> names{{"start", sim::Operation::start},
                                                           {"attach", sim::Operation::attach},
                                                           {"detach", sim::Operation::detach}};
  return names.at(word);
}

sim::Fault fault(const Words& words, std::size_t from) {
  using Kind = sim::Fault::Kind;
  static const std::map<std::string, Kind> names{{"refused", Kind::refused},
                                                 {"lost", Kind::lost},
                                                 {"stuck", Kind::stuck},
                                                 {"late", Kind::late},
                                                 {"unanswered", Kind::unanswered}};
  sim::Fault made;
  made.kind = names.at(words.at(from));
  if (words.size() > from + 1) made.delay = duration(words[from + 1]);
  return made;
}

class Interpreter {
 public:
  void run(const Words& words) {
    const std::string& verb = words.at(0);
    if (verb == "expect") return expect(words);
    auto found = actions_.find(verb);
    if (found == actions_.end()) throw std::invalid_argument("no such step: " + verb);
    found->second(words);
  }

  void finish() {
    desk_.settle();
    EXPECT_EQ(desk_.answered(), desk_.asked()) << "every request is answered, once";
    EXPECT_THAT(desk_.workstation().violations(), ::testing::IsEmpty());
  }

 private:
  using Action = std::function<void(const Words&)>;

  DomainName domain(const Words& words) const { return DomainName{words.at(1)}; }
  sim::Machines& machines() { return desk_.workstation().machines(); }
  sim::Libvirtd& libvirtd() { return desk_.workstation().libvirtd(); }
  sim::UsbBus& usb() { return desk_.workstation().usb(); }

  void monitor(const Words& words) {
    const std::string& name = words.at(1);
    const std::string& how = words.at(2);
    sim::Screens& screens = desk_.workstation().screens();
    if (how == "unplugged") return screens.unplug(name);
    if (how == "plugged") return screens.plug(name);
    sim::ScreenFaults& faults = screens.faults(name);
    faults = {};
    if (how == "deaf") faults.nack_always = true;
    if (how == "mute") faults.mute = true;
    if (how == "ignores") faults.ignore_writes = true;
    if (how == "slow") faults.slow = duration(words.at(3));
  }

  void runs(const Words& words) {  // on-enter win11 /bin/x [required]
    const TargetName name{words.at(1)};
    const CommandSpec command{{words.at(2)}, std::chrono::seconds(5), words.size() > 3};
    TargetSpec* target = &desk_.config().host;
    for (GuestSpec& guest : desk_.config().guests) {
      if (guest.name == name) target = &guest;
    }
    (words[0] == "on-enter" ? target->on_enter : target->on_leave).push_back(command);
  }

  void program(const Words& words) {
    using Behaviour = sim::Programs::Behaviour;
    static const std::map<std::string, Behaviour> names{
        {"fails", Behaviour::fails}, {"hangs", Behaviour::hangs}, {"missing", Behaviour::missing}};
    desk_.workstation().programs().make(words.at(1), names.at(words.at(2)));
  }

  void expect(const Words& words) {
    const std::string& what = words.at(1);
    const app::Status status = desk_.hotseatd().status();
    if (what == "owner") {
      EXPECT_EQ(status.world.owner.str(), words.at(2));
    } else if (what == "device") {
      EXPECT_EQ(desk_.device_is_with(words.at(2)), words.at(4));
    } else if (what == "monitor") {
      expect_monitor(words, status);
    } else if (what == "outcome") {
      EXPECT_EQ(std::string(to_string(desk_.answer().outcome)), words.at(2));
    } else if (what == "rule") {
      ASSERT_TRUE(desk_.answer().refusal);
      EXPECT_EQ(std::string(to_string(desk_.answer().refusal->rule)), words.at(2));
    } else if (what == "warning") {
      EXPECT_THAT(desk_.answer().warnings,
                  ::testing::Contains(::testing::HasSubstr(rest(words, 2))));
    } else if (what == "reason") {
      std::vector<std::string> reasons;
      for (const Error& problem : desk_.answer().problems) reasons.push_back(to_string(problem));
      EXPECT_THAT(reasons, ::testing::Contains(::testing::HasSubstr(rest(words, 2))));
    } else if (what == "problem") {
      EXPECT_THAT(status.problems, ::testing::Contains(::testing::HasSubstr(rest(words, 2))));
    } else if (what == "no-problem") {
      EXPECT_THAT(status.problems, ::testing::IsEmpty());
    } else if (what == "ran") {
      expect_ran(words.at(2), true);
    } else if (what == "not-ran") {
      expect_ran(words.at(2), false);
    } else if (what == "input-moved-within") {
      EXPECT_LE(desk_.answer().input_moved, duration(words.at(2)));
      EXPECT_GT(desk_.answer().input_moved.count(), 0);
    } else {
      throw std::invalid_argument("no such expectation: " + what);
    }
  }

  void expect_monitor(const Words& words, const app::Status& status) {
    const std::string& name = words.at(2);
    if (words.at(3) == "shows") {
      EXPECT_EQ(desk_.monitor_shows(name), words.at(4));
    } else {
      EXPECT_EQ(std::string(to_string(status.world.monitor(MonitorName{name})->certainty)),
                words.at(4));
    }
  }

  void expect_ran(const std::string& program, bool wanted) {
    bool ran = false;
    for (const auto& run : desk_.workstation().programs().runs()) ran |= run.argv[0] == program;
    EXPECT_EQ(ran, wanted) << program;
  }

  Desk desk_;
  const std::map<std::string, Action> actions_{
      {"hotseatd-starts",
       [this](const Words&) {
         desk_.start_hotseatd();
         desk_.settle();
       }},
      {"hotseatd-is-killed", [this](const Words&) { desk_.kill_hotseatd(); }},
      {"expect-driven",
       [this](const Words& words) {
         EXPECT_EQ(desk_.is_driven(words.at(1)) ? "yes" : "no", words.at(2));
       }},
      {"reload", [this](const Words&) { EXPECT_TRUE(desk_.hotseatd().reload()); }},
      {"ask", [this](const Words& words) { desk_.ask(words.at(1)); }},
      {"ask-next", [this](const Words&) { desk_.ask_next(); }},
      {"ask-release", [this](const Words&) { desk_.ask_release(); }},
      {"switch",
       [this](const Words& words) {
         desk_.ask(words.at(1));
         desk_.settle();
       }},
      {"next",
       [this](const Words&) {
         desk_.ask_next();
         desk_.settle();
       }},
      {"release",
       [this](const Words&) {
         desk_.ask_release();
         desk_.settle();
       }},
      {"settle", [this](const Words&) { desk_.settle(); }},
      {"pass", [this](const Words& words) { desk_.pass(duration(words.at(1))); }},
      {"plug", [this](const Words& words) { usb().plug(words.at(1)); }},
      {"unplug", [this](const Words& words) { usb().unplug(words.at(1)); }},
      {"replug", [this](const Words& words) { usb().replug(words.at(1)); }},
      {"boot", [this](const Words& words) { machines().boot(domain(words)); }},
      {"kill", [this](const Words& words) { machines().kill(domain(words)); }},
      {"destroy", [this](const Words& words) { machines().destroy(domain(words)); }},
      {"shut-down", [this](const Words& words) { machines().shut_down(domain(words)); }},
      {"pause", [this](const Words& words) { machines().pause(domain(words)); }},
      {"undefine", [this](const Words& words) { machines().remove(domain(words)); }},
      {"by-hand",  // by-hand keyboard zorg
       [this](const Words& words) {
         EXPECT_TRUE(desk_.workstation().attach_by_hand(words.at(1), DomainName{words.at(2)}));
       }},
      {"libvirt-stops", [this](const Words&) { libvirtd().go_down(); }},
      {"libvirt-starts", [this](const Words&) { libvirtd().come_up(); }},
      {"libvirt-restarts", [this](const Words&) { libvirtd().restart(); }},
      {"fault",  // fault attach refused
       [this](const Words& words) {
         libvirtd().fault_next(operation(words.at(1)), fault(words, 2));
       }},
      {"monitor", [this](const Words& words) { monitor(words); }},
      {"program", [this](const Words& words) { program(words); }},
      {"on-enter", [this](const Words& words) { runs(words); }},
      {"on-leave", [this](const Words& words) { runs(words); }},
  };
};

}  // namespace

void run_scenario(const std::string& path) {
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  Interpreter interpreter;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const Words words = split(line);
    if (words.empty()) continue;
    SCOPED_TRACE(path + ":" + std::to_string(number) + ": " + line);
    try {
      interpreter.run(words);
    } catch (const std::exception& error) {
      FAIL() << error.what();
    }
  }
  interpreter.finish();
}

}  // namespace hotseat::testing

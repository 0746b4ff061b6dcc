#include "importers/ddcutil_call.h"

#include <gtest/gtest.h>

#include <sstream>

namespace hotseat::importers {
namespace {

std::optional<DdcutilCall> parse(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  std::string fault;
  const auto call = parse_ddcutil(words, fault);
  EXPECT_EQ(fault.empty(), call.has_value()) << text << ": " << fault;
  return call;
}

TEST(DdcutilCall, ReadsNumbersAsDdcutilDoes) {
  for (const char* value : {"15", "0x0f", "x0F", "fh"}) {
    const auto call = parse(std::string("setvcp 60 ") + value + " --bus=3");
    ASSERT_TRUE(call) << value;
    EXPECT_EQ(call->value, 15) << value;
    EXPECT_EQ(call->feature, 0x60);
  }
  for (const char* feature : {"f4", "0xF4", "xf4"}) {
    EXPECT_EQ(parse(std::string("setvcp ") + feature + " 1 --bus=3")->feature, 0xf4) << feature;
  }
}

TEST(DdcutilCall, FindsTheMonitor) {
  for (const char* bus : {"--bus=3", "--bus 3", "-b 3", "-b3"}) {
    EXPECT_EQ(parse(std::string(bus) + " setvcp 60 1 --noverify")->match.bus, 3) << bus;
  }
  const auto named = parse("--mfg HPN --model 24o --sn=A1 setvcp 60 1");
  EXPECT_EQ(named->match.manufacturer, "HPN");
  EXPECT_EQ(named->match.model, "24o");
  EXPECT_EQ(named->match.serial, "A1");
}

TEST(DdcutilCall, RefusesOtherCalls) {
  for (const char* text : {"", "detect", "getvcp 60 --bus=3", "setvcp 60 1", "setvcp 60 1 -d 1",
                           "setvcp 60 1 --display=2", "setvcp 60 256 --bus=3", "setvcp zz 1 -b 3",
                           "setvcp 10 50 --bus=3", "setvcp 60 1 10 2 --bus=3",
                           "setvcp 60 + 1 --bus=3", "setvcp 60 1 --bus=x"}) {
    EXPECT_FALSE(parse(text)) << text;
  }
}

}  // namespace
}  // namespace hotseat::importers

#include "wire/hook_frame.h"

#include <gtest/gtest.h>

namespace hotseat::wire {
namespace {

const HookEvent kEvent{"Windows 11", "prepare", "begin", "-", "<domain/>"};

std::string header_of(const std::string& frame) {
  return frame.substr(0, kHookHeader);
}

TEST(HookFrame, ComesBackAsItWasSent) {
  const std::string frame = encode(kEvent);
  EXPECT_EQ(body_length(header_of(frame)), frame.size() - kHookHeader);
  EXPECT_EQ(decode_event(frame.substr(kHookHeader)), kEvent);
}

TEST(HookFrame, HoldsTheLargestDescription) {
  HookEvent large = kEvent;
  large.xml.assign(kMaxHookXml, 'x');
  const std::string frame = encode(large);
  ASSERT_TRUE(body_length(header_of(frame)));
  EXPECT_EQ(decode_event(frame.substr(kHookHeader)), large);
}

TEST(HookFrame, AnnouncesNothingThatIsTooLong) {
  EXPECT_FALSE(body_length(std::string("hotseat1\xff\xff\xff\xff", kHookHeader)));
  EXPECT_FALSE(body_length(std::string("hotseat1\0\0\0\0", kHookHeader)));
  HookEvent large = kEvent;
  large.xml.assign(kMaxHookXml + 5000, 'x');
  EXPECT_FALSE(body_length(header_of(encode(large))));
}

TEST(HookFrame, RefusesWhatIsNoFrame) {
  EXPECT_FALSE(body_length("GET / HTTP/1"));
  EXPECT_FALSE(body_length("hotseat1"));
  EXPECT_FALSE(decode_event(""));
  EXPECT_FALSE(decode_event(std::string("a\0b\0c\0d\0", 8)));       // four parts
  EXPECT_FALSE(decode_event(std::string("a\0b\0c\0d\0e", 9)));      // the last has no end
  EXPECT_FALSE(decode_event(std::string("a\0b\0c\0d\0e\0f", 11)));  // something behind it
  EXPECT_FALSE(decode_event(std::string("\0b\0c\0d\0e\0", 9)));     // nobody's
}

TEST(HookFrame, AnswersComeBackAsTheyWereSent) {
  const HookAnswer no{false, "mouse is not plugged in"};
  EXPECT_EQ(decode_answer(encode(no)), no);
  EXPECT_EQ(decode_answer(encode(HookAnswer{})), HookAnswer{});
  EXPECT_FALSE(decode_answer(""));
  EXPECT_FALSE(decode_answer("yes"));
}

}  // namespace
}  // namespace hotseat::wire

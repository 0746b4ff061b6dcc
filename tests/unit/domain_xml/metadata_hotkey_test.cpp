#include "domain_xml/metadata_hotkey.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "domain_xml/definition.h"

namespace hotseat::domain_xml {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kVfioKvm = "https://kvm.vfio/xmlns/libvirt/domain/1.0";
const std::string kAkeydo = "https://dev.akeydo/xmlns/libvirt/domain/1.0";

std::vector<std::string> hotkey_in(const std::string& metadata) {
  const auto read = read_definition("<domain><metadata>" + metadata + "</metadata></domain>");
  if (!read) throw std::runtime_error(read.error().reason);
  return read->hotkey;
}

std::string settings(const std::string& prefix, const std::string& uri, const std::string& keys) {
  return "<" + prefix + ":settings xmlns:" + prefix + "='" + uri + "'><" + prefix + ":hotkey>" +
         keys + "</" + prefix + ":hotkey></" + prefix + ":settings>";
}

TEST(MetadataHotkey, IsReadInBothNamespacesUnderAnyPrefix) {
  for (const auto& uri : {kVfioKvm, kAkeydo}) {
    EXPECT_THAT(hotkey_in(settings("a", uri, "<a:key value='KEY_KP1'/><a:key value='KEY_A'/>")),
                ElementsAre("KEY_KP1", "KEY_A"))
        << uri;
  }
}

TEST(MetadataHotkey, GoesByTheUsualPrefixWhereNoneIsDeclared) {
  EXPECT_THAT(hotkey_in("<vfiokvm:settings><vfiokvm:hotkey><vfiokvm:key value='KEY_A'/>"
                        "</vfiokvm:hotkey></vfiokvm:settings>"),
              ElementsAre("KEY_A"));
}

// `virsh metadata --uri … --key vfiokvm --set '<settings>…'` stores this.
TEST(MetadataHotkey, MayHaveTheNamespaceOnTheOutermostElementOnly) {
  EXPECT_THAT(hotkey_in("<vfiokvm:settings xmlns:vfiokvm='" + kVfioKvm +
                        "'><hotkey><key value='KEY_A'/></hotkey></vfiokvm:settings>"),
              ElementsAre("KEY_A"));
}

TEST(MetadataHotkey, OfTheSuccessorWins) {
  EXPECT_THAT(hotkey_in(settings("a", kVfioKvm, "<a:key value='KEY_A'/>") +
                        settings("b", kAkeydo, "<b:key value='KEY_B'/>")),
              ElementsAre("KEY_B"));
  EXPECT_THAT(
      hotkey_in(settings("b", kAkeydo, "") + settings("a", kVfioKvm, "<a:key value='KEY_A'/>")),
      ElementsAre("KEY_A"));
}

TEST(MetadataHotkey, IsNotReadAnywhereElse) {
  EXPECT_THAT(hotkey_in(""), IsEmpty());
  EXPECT_THAT(hotkey_in(settings("a", "https://example.org", "<a:key value='KEY_A'/>")), IsEmpty());
  EXPECT_THAT(hotkey_in("<other>" + settings("a", kVfioKvm, "<a:key value='KEY_A'/>") + "</other>"),
              IsEmpty());
  EXPECT_THAT(hotkey_in("<settings><hotkey><key value='KEY_A'/></hotkey></settings>"), IsEmpty());
}

}  // namespace
}  // namespace hotseat::domain_xml

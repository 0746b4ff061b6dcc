#include "apps/import/requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hotseat::importing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

std::string path(const std::string& name) {
  return std::string(HOTSEAT_IMPORT_SAMPLES) + "/" + name;
}

Json ask(const Json& request, int status) {
  const Reply reply = answer(request.dump());
  EXPECT_EQ(reply.status, status) << reply.document;
  return Json::parse(reply.document);
}

TEST(ImportRequests, AnswersWithTheTextAndWhatIsNotInIt) {
  const Json answer = ask({{"from", "virtkvm"}, {"path", path("virtkvm.yaml")}}, 0);
  EXPECT_THAT(answer["toml"].get<std::string>(), HasSubstr("[guest.win10]"));
  EXPECT_EQ(answer["not_carried"][0]["key"], "http.address");
  EXPECT_EQ(answer["not_carried"][0]["line"], 8);
  EXPECT_EQ(answer["not_carried"][0]["file"], path("virtkvm.yaml"));
  EXPECT_FALSE(answer["choices"].empty());
}

TEST(ImportRequests, ReadsEverythingThatIsImported) {
  ask({{"from", "vfio-kvm"}, {"path", path("vfio-kvm.yaml")}, {"domains", {path("win10.xml")}}}, 0);
  const Json script =
      ask({{"from", "vm-attach.sh"}, {"path", path("vm-attach-own.sh")}, {"guests", {"a"}}}, 0);
  EXPECT_THAT(script["toml"].get<std::string>(), HasSubstr("\"usb-pad\""));
  EXPECT_THAT(script["not_carried"].dump(), Not(HasSubstr("linux.xml")));
  ask({{"from", "usbserver"}, {"path", path("usbserver.sh")}}, 0);
  const Json aid = ask({{"from", "virt-aid"}, {"path", path("virt-aid")}}, 0);
  EXPECT_THAT(aid["toml"].get<std::string>(), HasSubstr("046d:c31c"));
}

TEST(ImportRequests, RefusesWhatCannotBeRead) {
  EXPECT_EQ(ask({{"from", "virtkvm"}, {"path", path("nowhere")}}, 2)["error"]["object"],
            path("nowhere"));
  EXPECT_EQ(ask({{"from", "virtkvm"}, {"path", path("virt-aid")}}, 2)["error"]["reason"],
            "is a directory");
  ask({{"from", "virtkvm"}, {"path", "/dev/zero"}}, 2);
  ask({{"from", "virt-aid"}, {"path", path("virtkvm.yaml")}}, 2);
  ask({{"from", "virt-aid"}, {"path", path("..")}}, 2);
  ask({{"from", "vfio-kvm"}, {"path", path("vfio-kvm.yaml")}, {"domains", {"/nowhere"}}}, 2);
  ask({{"from", "synergy"}, {"path", path("virtkvm.yaml")}}, 2);
  EXPECT_EQ(answer("nonsense").status, 2);
}

}  // namespace
}  // namespace hotseat::importing

// hotseat import as a person runs it: what goes where, and with which status it ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "config/config.h"

namespace hotseat {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Ended {
  int status = -1;
  std::string output;
};

// One of its two outputs, the other one closed.
Ended import(const std::string& arguments, const char* which = "2>/dev/null") {
  const std::string command = "cd '" HOTSEAT_IMPORT_SAMPLES "' && '" HOTSEAT_PROGRAM "' import " +
                              arguments + " " + which + " </dev/null";
  Ended ended;
  FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) return ended;
  std::array<char, 4096> chunk{};
  for (std::size_t got = 0; (got = fread(chunk.data(), 1, chunk.size(), output)) > 0;) {
    ended.output.append(chunk.data(), got);
  }
  ended.status = WEXITSTATUS(pclose(output));
  return ended;
}

constexpr const char* kErrors = "2>&1 >/dev/null";

TEST(ImportProgram, WritesWhatTheConfigurationTakes) {
  for (const char* arguments :
       {"virtkvm virtkvm.yaml", "virtkvm virtkvm-rokups.yaml",
        "vfio-kvm vfio-kvm.yaml --domain win10.xml --domain linux.xml", "vfio-kvm akeydo.conf",
        "virt-aid virt-aid", "vm-attach.sh vm-attach.sh --guest win10",
        "vm-attach.sh vm-attach-own.sh", "usbserver usbserver.sh", "usbserver detach.ps1"}) {
    const Ended ended = import(arguments);
    EXPECT_EQ(ended.status, 0) << arguments;
    const auto seat = config::parse(ended.output, arguments);
    ASSERT_TRUE(seat) << to_string(seat.error());
    EXPECT_FALSE(seat->devices.empty()) << arguments;
    EXPECT_FALSE(seat->guests.empty()) << arguments;
  }
}

TEST(ImportProgram, TellsOnStandardErrorWhatItLeftOut) {
  const Ended ended = import("virtkvm virtkvm.yaml", kErrors);
  EXPECT_THAT(ended.output, HasSubstr("virtkvm.yaml:8: http.address\n"));
  EXPECT_THAT(ended.output, HasSubstr("carried over: 1 guest, 3 devices, 2 monitors"));
  EXPECT_THAT(ended.output, Not(HasSubstr("horse")));
}

TEST(ImportProgram, PrintsOneObjectWithJson) {
  const auto answer = nlohmann::json::parse(import("virtkvm virtkvm.yaml --json").output);
  EXPECT_EQ(answer.size(), 3U);
  EXPECT_TRUE(answer.contains("toml") && answer.contains("choices"));
  EXPECT_EQ(answer["not_carried"][3]["key"], "kvm.usesudo");
  EXPECT_EQ(import("virtkvm virtkvm.yaml --json", kErrors).output, "");
}

TEST(ImportProgram, FailsWhenItsOutputCannotBeWritten) {
  const Ended ended = import("virtkvm virtkvm.yaml", "2>&1 >/dev/full");
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.output, HasSubstr("hotseat: write the output: No space left on device\n"));
}

TEST(ImportProgram, SaysNothingOfAReaderWhoHasGone) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  const Ended ended = import("--help", ("2>&1 >&" + std::to_string(ends[1])).c_str());
  std::signal(SIGPIPE, before);
  ::close(ends[1]);
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.output, "");
}

class WebToml : public ::testing::Test {
 protected:
  WebToml() {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("mkdtemp");
  }
  ~WebToml() override { std::filesystem::remove_all(folder_); }
  std::string command(const std::string& more = "") const {
    return "virtkvm virtkvm.yaml --web-toml " + path() + more;
  }
  std::string path() const { return folder_ + "/web.toml"; }
  std::string text() const {
    std::ifstream file(path());
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string folder_ = std::filesystem::temp_directory_path() / "hotseat-import-XXXXXX";
};

TEST_F(WebToml, IsWrittenForItsOwnerAlone) {
  const auto umask_before = ::umask(0);
  const Ended ended = import(command());
  ::umask(umask_before);
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.output, HasSubstr("\"web:virtkvm\" = [\"switch:host\", \"switch:win10\"]"));
  EXPECT_EQ(std::filesystem::status(path()).permissions(), std::filesystem::perms(0600));
  EXPECT_THAT(text(), HasSubstr("secret = \"correct horse battery staple\""));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(WebToml, WhatIsThereStaysUnlessTold) {
  std::ofstream(path()) << "mine";
  const Ended refused = import(command(), kErrors);
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.output, HasSubstr("is there already\n  --force writes over it"));
  EXPECT_EQ(text(), "mine");
  EXPECT_EQ(import(command(" --force")).status, 0);
  EXPECT_THAT(text(), HasSubstr("[virtkvm]"));
  EXPECT_EQ(std::filesystem::status(path()).permissions(), std::filesystem::perms(0600));
}

TEST_F(WebToml, TheSecretIsNeverPrinted) {
  EXPECT_THAT(import(command(" --json")).output, Not(HasSubstr("horse")));
  EXPECT_THAT(import(command(" --force"), kErrors).output, Not(HasSubstr("horse")));
}

TEST_F(WebToml, IsForVirtkvmAlone) {
  EXPECT_EQ(import("usbserver usbserver.sh --web-toml " + path()).status, 2);
  EXPECT_EQ(import("virtkvm virtkvm.yaml --force").status, 2);
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST(ImportProgram, EndsWithTwoWhenItCannotReadOrUnderstand) {
  for (const char* arguments :
       {"virtkvm nowhere.yaml", "virtkvm win10.xml", "vfio-kvm README.md", "virt-aid virtkvm.yaml",
        "synergy x", "virtkvm", "virtkvm virtkvm.yaml --guest a",
        "usbserver usbserver.sh --domain linux.xml"}) {
    const Ended ended = import(arguments, kErrors);
    EXPECT_EQ(ended.status, 2) << arguments;
    EXPECT_THAT(ended.output, StartsWith("hotseat: ")) << arguments;
  }
}

}  // namespace
}  // namespace hotseat

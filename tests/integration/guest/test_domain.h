// A domain of libvirt's test driver, which lives inside the client library, and a place for
// backups.
#pragma once

#include <gtest/gtest.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace hotseat::guest {

constexpr const char* kUri = "test:///default";
constexpr const char* kMouse = "/dev/input/by-id/zorg's <VM>-mouse";
constexpr const char* kKeyboard = "/dev/input/by-id/zorg's <VM>-keyboard";

class TestDomain : public testing::Test {
 protected:
  TestDomain() {
    std::string pattern = std::filesystem::temp_directory_path() / "hotseat-guest-XXXXXX";
    directory_ = mkdtemp(pattern.data());
    define("");
  }
  ~TestDomain() override {
    virDomainUndefine(domain_.get());
    std::filesystem::remove_all(directory_);
  }

  // Under a name that needs care everywhere.
  void define(const std::string& devices) {
    const std::string xml =
        "<domain type='test'><name>zorg&apos;s &lt;VM&gt;</name>"
        "<uuid>6b8e04b2-1111-4c6e-9f1d-000000000001</uuid>"
        "<memory>8192</memory><os><type>hvm</type></os><devices>"
        "<graphics type='vnc' port='5900' passwd='secret'/>" +
        devices + "</devices></domain>";
    domain_.reset(virDomainDefineXML(connection_.get(), xml.c_str()));
    ASSERT_TRUE(domain_) << virGetLastErrorMessage();
  }
  std::string now() const {
    const std::unique_ptr<char, decltype(&std::free)> xml(
        virDomainGetXMLDesc(domain_.get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE),
        &std::free);
    return xml.get();
  }
  virDomainPtr domain() const { return domain_.get(); }
  std::string backups() const { return directory_ / "backups"; }
  bool has_backups() const {
    return std::filesystem::exists(backups()) && !std::filesystem::is_empty(backups());
  }

  const std::string name_ = "zorg's <VM>";

 private:
  struct Free {
    void operator()(virConnectPtr connection) const { virConnectClose(connection); }
    void operator()(virDomainPtr domain) const { virDomainFree(domain); }
  };
  std::filesystem::path directory_;
  std::unique_ptr<virConnect, Free> connection_{virConnectOpen(kUri)};
  std::unique_ptr<virDomain, Free> domain_;
};

}  // namespace hotseat::guest

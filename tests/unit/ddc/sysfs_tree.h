// A directory tree that looks like the kernel's sysfs, as far as I2C buses and connectors go.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "adapters/ddc/discovery.h"

namespace hotseat::adapters::testing {

class SysfsTree {
 public:
  SysfsTree() {
    std::string pattern = (std::filesystem::path(::testing::TempDir()) / "sysfs-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    std::filesystem::create_directories(paths().sys_i2c);
    std::filesystem::create_directories(paths().sys_drm);
  }
  ~SysfsTree() { std::filesystem::remove_all(root_); }
  SysfsTree(const SysfsTree&) = delete;
  SysfsTree& operator=(const SysfsTree&) = delete;

  DdcPaths paths() const { return {root_ / "dev", root_ / "bus/i2c/devices", root_ / "class/drm"}; }

  // A PCI device, "0x030000" for a graphics card. Returns where others can be put below.
  std::string pci(const std::string& name, const std::string& code) {
    write("devices/pci0/" + name + "/class", code + "\n");
    return "devices/pci0/" + name;
  }

  void bus(int number, const std::string& name, const std::string& parent = "devices") {
    const std::string node = "i2c-" + std::to_string(number);
    write(parent + "/" + node + "/name", name + "\n");
    std::filesystem::create_directory_symlink(root_ / parent / node, paths().sys_i2c / node);
  }

  void remove_bus(int number) {
    const auto link = paths().sys_i2c / ("i2c-" + std::to_string(number));
    std::filesystem::remove_all(std::filesystem::canonical(link));
    std::filesystem::remove(link);
  }

  // As the kernel does when it is unplugged and plugged in: everything is as it was but the inode.
  void replace_bus(int number) {
    const auto link = paths().sys_i2c / ("i2c-" + std::to_string(number));
    const auto directory = std::filesystem::canonical(link);
    const auto before = root_ / ("before-" + std::to_string(++replaced_));
    std::filesystem::rename(directory, before);  // stays, so that its inode is not used again
    std::filesystem::copy(before, directory, std::filesystem::copy_options::recursive);
  }

  // Returns its directory, where its AUX bus belongs.
  std::string connector(const std::string& card, const std::string& name) {
    std::string directory = card + "/drm/card0/" + name;
    std::filesystem::create_directories(root_ / directory);
    std::filesystem::create_directory_symlink(root_ / directory, paths().sys_drm / name);
    return directory;
  }

  void ddc_link(const std::string& connector, const std::string& bus) {
    std::filesystem::create_directory_symlink(root_ / bus, root_ / connector / "ddc");
  }

  void edid(const std::string& connector, const std::vector<std::uint8_t>& bytes) {
    write(connector + "/edid", std::string(bytes.begin(), bytes.end()));
  }

 private:
  void write(const std::string& file, const std::string& text) {
    std::filesystem::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
  }

  std::filesystem::path root_;
  int replaced_ = 0;
};

}  // namespace hotseat::adapters::testing

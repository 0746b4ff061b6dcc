#include "src/apps/probe/connectors.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace hotseat::probe {
namespace {

namespace fs = std::filesystem;

class Connectors : public testing::Test {
 public:
  Connectors() {
    std::string pattern = (fs::path(testing::TempDir()) / "drm-XXXXXX").string();
    drm_ = mkdtemp(pattern.data());
  }
  ~Connectors() override { fs::remove_all(drm_); }
  Connectors(const Connectors&) = delete;
  Connectors& operator=(const Connectors&) = delete;

 protected:
  void connector(const char* name, const std::string& edid) {
    fs::create_directories(drm_ / name);
    std::ofstream(drm_ / name / "edid") << edid;
  }

  std::string find(std::optional<int> bus) const { return connector_of(drm_, bus, edid_); }

  fs::path drm_;
  const std::vector<std::uint8_t> edid_{'a', 'b', 'c'};
};

TEST_F(Connectors, OwnTheirAuxBus) {
  connector("card0-DP-1", "abc");
  connector("card0-DP-2", "abc");
  fs::create_directories(drm_ / "card0-DP-2/i2c-7");
  EXPECT_EQ(find(7), "card0-DP-2");
}

TEST_F(Connectors, OwnTheBusOfTheirDdcPins) {
  connector("card0-HDMI-A-1", "");
  fs::create_directories(drm_ / "adapters/i2c-3");
  fs::create_directory_symlink(drm_ / "adapters/i2c-3", drm_ / "card0-HDMI-A-1/ddc");
  EXPECT_EQ(find(3), "card0-HDMI-A-1");
}

TEST_F(Connectors, AreKnownByTheirEdidElse) {
  connector("card0-DP-1", "abc and extensions");
  connector("card0-DP-2", "other");
  connector("card0-DP-3", "ab");
  EXPECT_EQ(find(5), "card0-DP-1");
  EXPECT_EQ(find(std::nullopt), "card0-DP-1");
}

TEST_F(Connectors, AreNotGuessedBetweenIdenticalMonitors) {
  connector("card0-DP-1", "abc");
  connector("card0-DP-2", "abc");
  EXPECT_EQ(find(5), "");
}

TEST_F(Connectors, NeedNotExist) {
  EXPECT_EQ(connector_of("/nowhere", 3, edid_), "");
}

}  // namespace
}  // namespace hotseat::probe

#include "apps/cli/render_import.h"

#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

TEST(RenderImport, TellsEverythingThatWasNotCarriedWithItsPlace) {
  const Json imported = {{"toml", "[guest.win10]\n"},
                         {"not_carried",
                          {{{"file", "config.yaml"},
                            {"line", 8},
                            {"key", "http.address"},
                            {"reason", "hotseat has no HTTP server"},
                            {"hint", "use ssh"}},
                           {{"file", "pad.xml"},
                            {"line", 0},
                            {"key", "pad\x1b[31m"},
                            {"reason", "is no device"},
                            {"hint", ""}}}},
                         {"choices", {{{"at", ""}, {"text", "x"}}}}};
  EXPECT_EQ(
      render_import(imported, Style(false)),
      "not carried over:\n"
      "config.yaml:8: http.address\n"
      "    hotseat has no HTTP server\n"
      "    -> use ssh\n"
      "pad.xml: pad?[31m\n"
      "    is no device\n"
      "carried over: 1 guest, 0 devices, 0 monitors; 1 choice to look at (\"# choice:\"); not "
      "carried over: 2\n");
}

}  // namespace
}  // namespace hotseat::cli

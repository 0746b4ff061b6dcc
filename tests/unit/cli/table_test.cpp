#include "apps/cli/table.h"

#include <gtest/gtest.h>

namespace hotseat::cli {
namespace {

const Style kPlain(false);
const Style kColour(true);

TEST(Table, LinesUpItsColumns) {
  Table table({"NAME", "STATE"});
  table.add({{"win11"}, {"running"}});
  table.add({{"a"}, {"shutoff"}});
  EXPECT_EQ(table.render(kPlain),
            "  NAME   STATE\n"
            "  win11  running\n"
            "  a      shutoff\n");
}

TEST(Table, CountsCharactersAndNotBytes) {
  Table table({"NAME", "X"});
  table.add({{"Größe"}, {"1"}});
  table.add({{"Grosse"}, {"2"}});
  EXPECT_EQ(table.render(kPlain),
            "  NAME    X\n"
            "  Größe   1\n"
            "  Grosse  2\n");
}

TEST(Table, LinesUpPaintedCellsToo) {
  Table table({"A", "B"});
  table.add({{"x", Paint::good}, {"y"}});
  EXPECT_EQ(table.render(kColour),
            "  \033[2mA\033[0m  \033[2mB\033[0m\n"
            "  \033[32mx\033[0m  y\n");
}

TEST(Table, LeavesNoBlanksAtTheEndOfALine) {
  Table table({"A", "B", "C"});
  table.add({{"x"}, {""}, {""}});
  table.add({{"x"}, {""}, {"z"}});
  EXPECT_EQ(table.render(kPlain), "  A  B  C\n  x\n  x     z\n");
}

TEST(Table, IsNothingWithoutRows) {
  EXPECT_EQ(Table({"A"}).render(kPlain), "");
}

TEST(Printable, TakesTheTeethOutOfEscapeSequences) {
  EXPECT_EQ(printable("a\033[2Jb\nc\x7f"), "a?[2Jb?c?");
  EXPECT_EQ(printable("Größe"), "Größe");
}

}  // namespace
}  // namespace hotseat::cli

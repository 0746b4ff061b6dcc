// Columns that line up.
#pragma once

#include <string>
#include <vector>

#include "apps/cli/terminal.h"

namespace hotseat::cli {

struct Cell {
  std::string text;
  Paint paint = Paint::none;
};

class Table {
 public:
  // Column titles; a table without rows renders as nothing.
  explicit Table(std::vector<std::string> titles);
  void add(std::vector<Cell> row);
  // A line each, indented by two columns, no blanks at the end.
  std::string render(const Style& style) const;

 private:
  std::vector<std::vector<Cell>> rows_;  // the titles first
};

}  // namespace hotseat::cli

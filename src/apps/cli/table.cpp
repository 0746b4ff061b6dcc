#include "apps/cli/table.h"

#include <algorithm>
#include <utility>

namespace hotseat::cli {

Table::Table(std::vector<std::string> titles) {
  std::vector<Cell> row;
  row.reserve(titles.size());
  for (std::string& title : titles) row.push_back({std::move(title), Paint::dim});
  rows_.push_back(std::move(row));
}

void Table::add(std::vector<Cell> row) {
  rows_.push_back(std::move(row));
}

std::string Table::render(const Style& style) const {
  if (rows_.size() == 1) return "";
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], width(row[i].text));
    }
  }
  std::string text;
  for (const auto& row : rows_) {
    std::size_t blanks = 2;  // printed only when something follows
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!row[i].text.empty()) {
        text += std::string(blanks, ' ') + style.paint(row[i].paint, row[i].text);
        blanks = 0;
      }
      blanks += widths[i] - width(row[i].text) + 2;
    }
    text += '\n';
  }
  return text;
}

}  // namespace hotseat::cli

#include "apps/cli/qr_code.h"

#include <qrencode.h>

#include <memory>

namespace hotseat::cli {

namespace {

constexpr int kQuiet = 2;  // ISO/IEC 18004 asks for 4; every scanner takes 2, and it fits 80 x 24
constexpr const char* kBlackOnWhite = "\x1b[38;5;16;48;5;231m";
constexpr const char* kReset = "\x1b[0m";

class Modules {
 public:
  explicit Modules(const QRcode& code) : code_(code) {}
  int end() const { return code_.width + kQuiet; }
  bool dark(int x, int y) const {
    if (x < 0 || y < 0 || x >= code_.width || y >= code_.width) return false;
    return (code_.data[y * code_.width + x] & 1U) != 0;
  }

 private:
  const QRcode& code_;
};

const char* half_blocks(bool upper, bool lower) {
  if (upper) return lower ? "█" : "▀";
  return lower ? "▄" : " ";
}

}  // namespace

std::string qr_code(const std::string& text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_L), QRcode_free);
  if (!code) return "";
  const Modules modules(*code);
  std::string lines;
  for (int y = -kQuiet; y < modules.end(); y += 2) {
    lines += kBlackOnWhite;
    for (int x = -kQuiet; x < modules.end(); ++x) {
      lines += half_blocks(modules.dark(x, y), modules.dark(x, y + 1));
    }
    lines += std::string(kReset) + "\n";
  }
  return lines;
}

}  // namespace hotseat::cli

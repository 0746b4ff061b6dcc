#include "apps/cli/menu_entries.h"

namespace hotseat::cli {

namespace {

constexpr std::string_view kPrefix = "hotseat-switch-";
constexpr std::string_view kSuffix = ".desktop";
constexpr std::string_view kMark = "X-Hotseat-Target=";

// A target's name is plain (hotseat.toml(5)): nothing in it has to be quoted.
MenuEntry entry_for(const std::string& target, bool is_host) {
  const std::string machine = is_host ? "this machine" : target;
  // Back to the host has to work whatever goes on: that is `release`.
  const std::string command = is_host ? "release" : "switch " + target;
  return {std::string(kPrefix) + target + std::string(kSuffix),
          "[Desktop Entry]\n"
          "Type=Application\n"
          "Version=1.4\n"
          "Name=Switch to " +
              machine +
              "\n"
              "GenericName=KVM switch\n"
              "Comment=Keyboard, mouse and monitors go to " +
              machine +
              "\n"
              "Icon=hotseat\n"
              "Exec=hotseat " +
              command +
              "\n"
              "Terminal=false\n"
              "Categories=System;\n"
              "Keywords=kvm;seat;virtual machine;monitor;input;\n" +
              std::string(kMark) + target + "\n"};
}

}  // namespace

std::vector<MenuEntry> menu_entries(const Json& status) {
  std::vector<MenuEntry> entries;
  for (const Json& target : status.at("targets")) {
    entries.push_back(entry_for(text_of(target, "name"), text_of(target, "kind") == "host"));
  }
  return entries;
}

bool is_entry_name(std::string_view file) {
  return file.starts_with(kPrefix) && file.ends_with(kSuffix);
}

bool is_entry_text(std::string_view text) {
  return text.find("\n" + std::string(kMark)) != std::string_view::npos;
}

}  // namespace hotseat::cli

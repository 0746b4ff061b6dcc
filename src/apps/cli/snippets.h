// Ready-made text for a guest that asks for a switch without any program of ours in it.
#pragma once

#include <string>

namespace hotseat::cli {

struct SnippetFacts {
  std::string guest;   // the target's name
  std::string domain;  // libvirt's
  std::string url;     // of hotseat-web as the guest reaches it: "https://192.168.122.1:8674"
  std::string token;   // what hotseat-web knows it by; empty: it has none yet
};

// Sections with a heading each; what has to be filled in is said.
std::string snippets(const SnippetFacts& facts);

}  // namespace hotseat::cli

#include "web/config.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "config/toml/document.h"
#include "config/toml/field.h"
#include "config/toml/problem.h"
#include "config/toml/words.h"

namespace hotseat::web {

namespace {

using config::Field;
using config::Section;

constexpr const char* kListenExample = "listen = [\"127.0.0.1:8674\", \"[::1]:8674\"]";
constexpr std::size_t kMostAddresses = 16;
// Shorter ones can be guessed; they are taken all the same, since users of virtkvm bring theirs.
constexpr std::size_t kGoodSecret = 16;
// Browsers keep no cookie for longer (RFC 6265bis, section 5.5).
constexpr std::int64_t kLongestSessionDays = 400;

// What is said without encryption is heard by the whole network: the secret, too.
void check_exposure(const Field& field, const ListenAddress& address) {
  if (is_loopback(address.host)) return;
  field.report("listens on " + to_string(address) + ", which others reach, without TLS",
               "add a [tls] table; left empty, a certificate is made at the first start");
}

std::optional<ListenAddress> read_address(const Field& field, bool encrypted) {
  const auto word = field.word();
  if (!word) return std::nullopt;
  auto address = parse_listen_address(*word);
  if (!address) {
    field.mismatch("an address and a port such as \"127.0.0.1:8674\" or \"[::1]:8674\"",
                   "names are not taken; 0.0.0.0 and [::] stand for every address");
  } else if (!encrypted) {
    check_exposure(field, *address);
  }
  return address;
}

std::vector<ListenAddress> read_listen(const Field& field, bool encrypted) {
  std::vector<ListenAddress> addresses;
  const auto items = field.items(kListenExample);
  if (!items) return addresses;
  if (items->empty() || items->size() > kMostAddresses) {
    field.report("expected 1 to " + std::to_string(kMostAddresses) + " addresses, found " +
                     std::to_string(items->size()),
                 std::string("write ") + kListenExample + ", or leave it out");
  }
  for (const Field& item : *items) {
    auto address = read_address(item, encrypted);
    if (address) addresses.push_back(std::move(*address));
  }
  return addresses;
}

bool is_host_name(std::string_view name) {
  return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

std::optional<std::string> read_host(const Field& field) {
  auto name = field.word();
  if (!name) return std::nullopt;
  std::transform(name->begin(), name->end(), name->begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  if (is_host_name(*name)) return name;
  field.mismatch("a host name such as \"workstation.lan\"",
                 "without http://, port or path; addresses need not be listed");
  return std::nullopt;
}

void read_session(const Field& field, Config& config) {
  const auto days = field.whole(1, kLongestSessionDays);
  if (days) config.session = std::chrono::hours(24 * *days);
}

void read_http(const Field& field, Config& config) {
  const auto section = Section::open(field, "[http]", {"listen", "hosts", "session_days"});
  if (!section) return;
  if (const auto listen = section->find("listen")) {
    config.listen = read_listen(*listen, config.tls.has_value());
  }
  if (const auto days = section->find("session_days")) read_session(*days, config);
  const auto hosts = section->find("hosts");
  const auto items = hosts ? hosts->items("hosts = [\"workstation.lan\"]") : std::nullopt;
  if (!items) return;
  for (const Field& item : *items) {
    if (auto host = read_host(item)) config.hosts.push_back(std::move(*host));
  }
}

void read_tls(const Field& field, Config& config) {
  const auto section = Section::open(field, "[tls]", {"certificate", "key"});
  if (!section) return;
  config.tls.emplace();
  const auto certificate = section->find("certificate");
  const auto key = section->find("key");
  if (certificate) config.tls->certificate = certificate->word().value_or("");
  if (key) config.tls->key = key->word().value_or("");
  if (certificate && !key) {
    certificate->report("comes without its key", "add key = \"FILE\", a PEM file");
  }
  if (key && !certificate) {
    key->report("comes without its certificate", "add certificate = \"FILE\", a PEM file");
  }
}

void read_virtkvm(const Field& field, Config& config) {
  const auto section = Section::open(field, "[virtkvm]", {"secret", "guest"});
  if (!section) return;
  VirtkvmConfig virtkvm;
  const auto secret =
      section->require("secret", "write secret = \"…\", the one that clients send as X-Secret");
  if (secret) virtkvm.secret = secret->word().value_or("");
  if (secret && !virtkvm.secret.empty() && virtkvm.secret.size() < kGoodSecret) {
    config.notes.push_back(
        "virtkvm.secret is short enough to be guessed; make a longer one: "
        "openssl rand -hex 16");
  }
  if (const auto guest = section->find("guest")) virtkvm.guest = guest->word().value_or("");
  config.virtkvm = std::move(virtkvm);
}

}  // namespace

Expected<Config> parse_config(std::string_view text, const std::string& file_name) {
  config::Problems problems;
  const auto document = config::parse_document(text);
  if (!document) {
    problems.add(document.error());
    return fail(problems.to_error(file_name));
  }
  Config config;
  const Field root(*document, "", problems);
  if (const auto section = Section::open(root, "[http]", {"http", "tls", "virtkvm"})) {
    // Before the addresses, which may be anything only with it.
    if (const auto tls = section->find("tls")) read_tls(*tls, config);
    if (const auto http = section->find("http")) read_http(*http, config);
    if (const auto virtkvm = section->find("virtkvm")) read_virtkvm(*virtkvm, config);
  }
  if (!problems.empty()) return fail(problems.to_error(file_name));
  return config;
}

}  // namespace hotseat::web

#include "importers/web_draft.h"

#include <string_view>

#include "importers/toml_text.h"
#include "web/config.h"
#include "web/listen_address.h"

namespace hotseat::importers {

namespace {

constexpr const char* kEncrypted =
    "others reach this address, so that what they say is encrypted: http:// becomes https:// in "
    "what you have, and curl needs --insecure, PowerShell -SkipCertificateCheck, or a certificate "
    "of yours here.";
constexpr const char* kNoSecret =
    "there was no secret; POST /switch is closed without one. Make it with openssl rand -hex 16.";

}  // namespace

void WebDraft::set_address(const std::string& address, const Origin& at) {
  constexpr std::string_view kLocal = "localhost:";
  std::vector<std::string> wanted{address};
  if (address.starts_with(kLocal)) {
    const std::string port = address.substr(kLocal.size());
    wanted = {"127.0.0.1:" + port, "[::1]:" + port};
  }
  for (const std::string& text : wanted) {
    const auto parsed = web::parse_listen_address(text);
    if (!parsed) {
      draft_.leave_out(at, "is no address with a port, such as 192.168.1.2:5001 or [::1]:5001",
                       "write listen under [http] in web.toml; ip address shows this machine's");
      return;
    }
    listen_.push_back(web::to_string(*parsed));
    others_reach_it_ = others_reach_it_ || !web::is_loopback(parsed->host);
  }
}

void WebDraft::set_secret(const std::string& secret, const Origin& at) {
  if (web::parse_config("[virtkvm]\nsecret = " + toml_string(secret) + "\n", "web.toml")) {
    secret_ = secret;
    return;
  }
  draft_.leave_out(at, "is none that web.toml takes",
                   "make another for [virtkvm] there and for what sends it: openssl rand -hex 16");
}

Expected<std::string> WebDraft::text() const {
  if (listen_.empty() && secret_.empty() && guest_.empty()) return std::string();
  std::string text = toml_comment("Made from " + source_ +
                                  " by hotseat import. It holds a secret: only root should be "
                                  "able to read it. What the settings mean: hotseat-web(8).");
  if (!listen_.empty()) text += "\n[http]\nlisten = " + toml_array(listen_) + "\n";
  if (others_reach_it_) {
    text += "\n" + toml_comment(std::string("choice: ") + kEncrypted) + "[tls]\n";
  }
  if (secret_.empty()) {
    text +=
        "\n" + toml_comment(std::string("choice: ") + kNoSecret) + "#[virtkvm]\n#secret = \"\"\n";
  } else {
    text += "\n[virtkvm]\nsecret = " + toml_string(secret_) + "\n";
    if (!guest_.empty()) text += "guest = " + toml_string(guest_) + "\n";
  }
  if (const auto taken = web::parse_config(text, "web.toml"); !taken) {
    return fail({"import", source_, "what was written for hotseat-web is not valid",
                 "this is a mistake in hotseat"});
  }
  return text;
}

std::vector<Choice> WebDraft::choices() const {
  std::vector<Choice> all;
  if (others_reach_it_) all.push_back({"web.toml: tls", kEncrypted});
  const bool any = !listen_.empty() || !guest_.empty();
  if (any && secret_.empty()) all.push_back({"web.toml: virtkvm", kNoSecret});
  return all;
}

}  // namespace hotseat::importers

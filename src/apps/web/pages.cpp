#include "pages.h"

#include <string>
#include <string_view>

#include "embedded.h"
#include "web/secret.h"

namespace hotseat::web {

namespace {

std::string with(std::string page, std::string_view mark, std::string_view text) {
  page.replace(page.find(mark), mark.size(), text);
  return page;
}

// A page is one answer: its style and its script stand in it, and the policy allows these two
// texts, by their hashes, and no other.
Asset page(std::string_view html, std::string_view script) {
  const std::string policy =
      "default-src 'none'; script-src 'sha256-" + sha256_base64(script) + "'; style-src 'sha256-" +
      sha256_base64(kStyleCss) +
      "'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'";
  return make_asset("text/html; charset=utf-8",
                    with(with(std::string(html), "{{style}}", kStyleCss), "{{script}}", script),
                    {{"Content-Security-Policy", policy}});
}

}  // namespace

const Asset& dashboard_page() {
  static const Asset made = page(kDashboardHtml, kDashboardJs);
  return made;
}

const Asset& pairing_page() {
  static const Asset made = page(kPairHtml, kPairJs);
  return made;
}

const Asset& openapi_document() {
  static const Asset made = make_asset("application/json", std::string(kOpenapiJson));
  return made;
}

}  // namespace hotseat::web

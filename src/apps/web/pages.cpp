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
Response page(std::string_view html, std::string_view script) {
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = with(with(std::string(html), "{{style}}", kStyleCss), "{{script}}", script);
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'sha256-" + sha256_base64(script) + "'; style-src 'sha256-" +
          sha256_base64(kStyleCss) +
          "'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          "frame-ancestors 'none'");
  return response;
}

}  // namespace

Response dashboard_page() {
  static const Response made = page(kDashboardHtml, kDashboardJs);
  return made;
}

Response pairing_page() {
  static const Response made = page(kPairHtml, kPairJs);
  return made;
}

Response openapi_document() {
  Response response;
  response.body = kOpenapiJson;
  return response;
}

}  // namespace hotseat::web

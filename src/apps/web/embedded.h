// The files of web/, put into the program by cmake/embed.cmake.
#pragma once

#include <string_view>

namespace hotseat::web {

extern const std::string_view kDashboardHtml;
extern const std::string_view kDashboardJs;
extern const std::string_view kPairHtml;
extern const std::string_view kPairJs;
extern const std::string_view kStyleCss;
extern const std::string_view kOpenapiJson;

}  // namespace hotseat::web

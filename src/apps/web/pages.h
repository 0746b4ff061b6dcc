// The two pages and the description of the API, as they were built in (web/).
#pragma once

#include "web/asset.h"

namespace hotseat::web {

const Asset& dashboard_page();
const Asset& pairing_page();
const Asset& openapi_document();

}  // namespace hotseat::web

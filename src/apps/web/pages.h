// The two pages and the description of the API, as they were built in (web/).
#pragma once

#include "web/message.h"

namespace hotseat::web {

Response dashboard_page();
Response pairing_page();
Response openapi_document();

}  // namespace hotseat::web

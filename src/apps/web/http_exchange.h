// One request and its answer, between libmicrohttpd's callbacks and the handler.
#pragma once

#include <microhttpd.h>

#include <memory>
#include <optional>

#include "http_server.h"

namespace hotseat::web {

struct HttpExchange {
  HttpServer* server = nullptr;
  MHD_Connection* connection = nullptr;  // null once it is over
  ConnectionId id = 0;
  Request request;
  std::size_t received = 0;  // bytes of body, those that were thrown away too
  bool handled = false;      // the handler has been called
  bool suspended = false;
  std::optional<Reply> reply;
};

// The functions libmicrohttpd calls; `self` is the HttpServer.
struct HttpCallbacks {
  static MHD_Result handle(void* self, MHD_Connection* connection, const char* url,
                           const char* method, const char* version, const char* upload,
                           std::size_t* upload_size, void** exchange);
  static void completed(void* self, MHD_Connection* connection, void** exchange,
                        MHD_RequestTerminationCode code);
  static void connection_changed(void* self, MHD_Connection* connection, void** id,
                                 MHD_ConnectionNotificationCode code);
  static void wake(HttpServer& server);  // a connection was resumed

 private:
  static MHD_Result begin(HttpServer& server, MHD_Connection* connection, const char* url,
                          const char* method, void** exchange);
  static MHD_Result receive(HttpExchange& exchange, const char* upload, std::size_t* size);
  static MHD_Result dispatch(const std::shared_ptr<HttpExchange>& exchange);
  static MHD_Result send(const std::shared_ptr<HttpExchange>& exchange);
};

}  // namespace hotseat::web

#include "http_exchange.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include "web/answers.h"

namespace hotseat::web {

namespace {

using ExchangePtr = std::shared_ptr<HttpExchange>;
using ResponsePtr = std::unique_ptr<MHD_Response, decltype(&MHD_destroy_response)>;

// So much of a body that is too large is read and thrown away, since a client that is cut off while
// it sends does not read why.
constexpr std::size_t kMostSwallowed = 65'536;
constexpr std::size_t kStreamBlock = 1024;

std::string address_text(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* bytes = nullptr;
  if (address->sa_family == AF_INET) {
    bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  } else {
    bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  }
  inet_ntop(address->sa_family, bytes, text.data(), text.size());
  return text.data();
}

std::string peer_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info == nullptr ? "" : address_text(info->client_addr);
}

ConnectionId id_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? 0 : reinterpret_cast<ConnectionId>(info->socket_context);
}

MHD_Result keep_header(void* request, MHD_ValueKind, const char* name, const char* value) {
  std::string key = name;
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  static_cast<Request*>(request)->headers.emplace_back(std::move(key),
                                                       value == nullptr ? "" : value);
  return MHD_YES;
}

// Announced, it need not even be waited for.
bool announces_too_much(const Request& request) {
  const std::string* length = request.header("content-length");
  if (length == nullptr) return false;
  std::size_t bytes = 0;
  const auto [end, error] = std::from_chars(length->data(), length->data() + length->size(), bytes);
  return error != std::errc{} || bytes > kMostSwallowed;
}

// A stream and the connection it goes out on.
struct Pump {
  std::shared_ptr<EventStream> stream;
  ExchangePtr exchange;
};

ssize_t pump(void* cls, std::uint64_t, char* to, std::size_t most) {
  auto& exchange = *static_cast<Pump*>(cls)->exchange;
  EventStream& stream = *static_cast<Pump*>(cls)->stream;
  const std::size_t count = stream.read(to, most);
  if (count > 0) return static_cast<ssize_t>(count);
  if (stream.ended()) return MHD_CONTENT_READER_END_OF_STREAM;
  exchange.suspended = true;
  MHD_suspend_connection(exchange.connection);
  return 0;
}

// Whoever waits for more is gone with the connection.
void end_pump(void* cls) {
  const std::unique_ptr<Pump> owned(static_cast<Pump*>(cls));
  owned->stream->on_more(nullptr);
  owned->stream->end();
}

ResponsePtr stream_response(const std::shared_ptr<EventStream>& stream,
                            const ExchangePtr& exchange) {
  auto pumping = std::make_unique<Pump>(Pump{stream, exchange});
  ResponsePtr response(MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlock, pump,
                                                         pumping.get(), end_pump),
                       MHD_destroy_response);
  if (!response) return response;
  pumping.release();  // NOLINT(bugprone-unused-return-value): the response's now
  stream->on_more([exchange] {
    if (!exchange->suspended || exchange->connection == nullptr) return;
    exchange->suspended = false;
    MHD_resume_connection(exchange->connection);
    HttpCallbacks::wake(*exchange->server);
  });
  return response;
}

ResponsePtr whole_response(const std::string& body) {
  // Copied by the library, which does not write to it.
  auto* bytes = const_cast<char*>(body.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  return {MHD_create_response_from_buffer(body.size(), bytes, MHD_RESPMEM_MUST_COPY),
          MHD_destroy_response};
}

}  // namespace

void HttpCallbacks::wake(HttpServer& server) {
  server.run_soon();
}

MHD_Result HttpCallbacks::handle(void* self, MHD_Connection* connection, const char* url,
                                 const char* method, const char*, const char* upload,
                                 std::size_t* upload_size, void** exchange) {
  auto& server = *static_cast<HttpServer*>(self);
  if (*exchange == nullptr) return begin(server, connection, url, method, exchange);
  const ExchangePtr& its = *static_cast<ExchangePtr*>(*exchange);
  if (*upload_size > 0) return receive(*its, upload, upload_size);
  return dispatch(its);
}

MHD_Result HttpCallbacks::begin(HttpServer& server, MHD_Connection* connection, const char* url,
                                const char* method, void** exchange) {
  auto made = std::make_shared<HttpExchange>();
  made->server = &server;
  made->connection = connection;
  made->id = id_of(connection);
  made->request.method = std::string_view(method) == "HEAD" ? "GET" : method;
  made->request.path = url;
  made->request.peer = peer_of(connection);
  made->request.encrypted = server.encrypted_;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_header, &made->request);
  made->request.body_too_large = announces_too_much(made->request);
  *exchange = new ExchangePtr(made);  // NOLINT(cppcoreguidelines-owning-memory)
  return made->request.body_too_large ? dispatch(made) : MHD_YES;
}

MHD_Result HttpCallbacks::receive(HttpExchange& exchange, const char* upload, std::size_t* size) {
  const std::size_t count = std::exchange(*size, 0);
  if (exchange.handled) return MHD_YES;  // answered by its headers already
  exchange.received += count;
  if (exchange.received > kMostSwallowed) return MHD_NO;
  if (exchange.received > kLargestBody) {
    exchange.request.body_too_large = true;
  } else {
    exchange.request.body.append(upload, count);
  }
  return MHD_YES;
}

MHD_Result HttpCallbacks::dispatch(const ExchangePtr& exchange) {
  if (!exchange->handled) {
    exchange->handled = true;
    HttpServer& server = *exchange->server;
    server.connections_.asked(exchange->id);
    server.handler_(exchange->request, [exchange](Reply reply) {
      exchange->reply = std::move(reply);
      if (!exchange->suspended || exchange->connection == nullptr) return;
      exchange->suspended = false;
      MHD_resume_connection(exchange->connection);
      exchange->server->run_soon();
    });
  }
  if (exchange->reply) return send(exchange);
  exchange->suspended = true;
  MHD_suspend_connection(exchange->connection);
  return MHD_YES;
}

MHD_Result HttpCallbacks::send(const ExchangePtr& exchange) {
  Reply reply = *std::exchange(exchange->reply, std::nullopt);
  add_security_headers(reply.response);
  const ResponsePtr response =
      reply.stream ? stream_response(reply.stream, exchange) : whole_response(reply.response.body);
  if (!response) return MHD_NO;
  MHD_add_response_header(response.get(), "Content-Type", reply.response.type.c_str());
  for (const auto& [name, value] : reply.response.headers) {
    MHD_add_response_header(response.get(), name.c_str(), value.c_str());
  }
  return MHD_queue_response(exchange->connection, reply.response.status, response.get());
}

void HttpCallbacks::completed(void* self, MHD_Connection*, void** exchange,
                              MHD_RequestTerminationCode) {
  const std::unique_ptr<ExchangePtr> owned(static_cast<ExchangePtr*>(*exchange));
  *exchange = nullptr;
  if (!owned) return;
  (*owned)->connection = nullptr;
  auto& server = *static_cast<HttpServer*>(self);
  server.connections_.answered((*owned)->id, server.loop_.now());
}

void HttpCallbacks::connection_changed(void* self, MHD_Connection* connection, void** id,
                                       MHD_ConnectionNotificationCode code) {
  auto& server = *static_cast<HttpServer*>(self);
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    server.connection_closed(reinterpret_cast<ConnectionId>(*id));
    return;
  }
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  const ConnectionId opened = server.connection_opened(info->connect_fd, peer_of(connection));
  *id = reinterpret_cast<void*>(opened);  // NOLINT(performance-no-int-to-ptr): a number to carry
}

}  // namespace hotseat::web

#include "adapters/libvirt/libvirt_gateway.h"

#include <utility>

#include "adapters/libvirt/calls.h"
#include "adapters/libvirt/client_library.h"
#include "adapters/libvirt/connection.h"

namespace hotseat::adapters::libvirt {
namespace {

class LibvirtSession : public Session {
 public:
  explicit LibvirtSession(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Expected<std::vector<DomainSnapshot>> read_all() override {
    const Connection::Call call(*connection_);
    return libvirt::read_all(*connection_);
  }

  Reading read(const std::string& uuid) override {
    const Connection::Call call(*connection_);
    return read_domain(*connection_, uuid);
  }

  Answer start(const DomainName& name, const Progress& progress) override {
    const Connection::Call call(*connection_);
    return start_domain(*connection_, name, progress);
  }

  Answer attach(const DomainName& name, const UsbAddress& address,
                const std::string& alias) override {
    const Connection::Call call(*connection_);
    return libvirt::attach(*connection_, name, address, alias);
  }

  Answer detach(const DomainName& name, const std::string& alias) override {
    const Connection::Call call(*connection_);
    return libvirt::detach(*connection_, name, alias);
  }

  bool alive() const override { return connection_->alive(); }

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

Expected<std::shared_ptr<Session>> LibvirtGateway::open(Listener listener) {
  auto socket = std::make_shared<Socket>(is_local(uri_));
  {
    const std::lock_guard lock(mutex_);
    socket_ = socket;
  }
  auto connection = Connection::open(uri_, loop_, std::move(socket), std::move(listener));
  if (!connection) return fail(connection.error());
  return std::make_shared<LibvirtSession>(std::move(*connection));
}

void LibvirtGateway::interrupt() {
  const std::lock_guard lock(mutex_);
  if (socket_) socket_->interrupt();
}

}  // namespace hotseat::adapters::libvirt

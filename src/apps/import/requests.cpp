#include "apps/import/requests.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "apps/import/files.h"
#include "base/error.h"
#include "importers/usbserver.h"
#include "importers/vfio_kvm.h"
#include "importers/virt_aid.h"
#include "importers/virtkvm.h"
#include "importers/vm_attach.h"

namespace hotseat::importing {

namespace {

using importers::File;
using importers::Imported;
using Json = nlohmann::ordered_json;
using Names = std::vector<std::string>;

Expected<std::vector<File>> read_all(const Names& paths) {
  std::vector<File> files;
  for (const std::string& path : paths) {
    auto file = read(path);
    if (!file) return fail(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

Expected<Imported> from_vfio_kvm(const File& file, const Names& domains) {
  const auto files = read_all(domains);
  if (!files) return fail(files.error());
  return importers::import_vfio_kvm(file, *files);
}

Expected<Imported> from_vm_attach(const File& file, const Names& guests) {
  const auto beside = read_xml_beside(file);
  if (!beside) return fail(beside.error());
  return importers::import_vm_attach(file, *beside, guests);
}

Expected<Imported> from_virt_aid(const std::string& folder) {
  const auto files = read_virt_aid(folder);
  if (!files) return fail(files.error());
  return importers::import_virt_aid(folder, *files);
}

Expected<Imported> carry_out(const Json& request) {
  const std::string from = request.at("from");
  const std::string path = request.at("path");
  if (from == "virt-aid") return from_virt_aid(path);
  const auto file = read(path);
  if (!file) return fail(file.error());
  if (from == "virtkvm") return importers::import_virtkvm(*file, request.value("web", false));
  if (from == "vfio-kvm") return from_vfio_kvm(*file, request.value("domains", Names{}));
  if (from == "vm-attach.sh") return from_vm_attach(*file, request.value("guests", Names{}));
  if (from == "usbserver") {
    return importers::import_usbserver(*file, request.value("guests", Names{}));
  }
  return fail({"import", from, "is nothing that can be imported", ""});
}

Json to_json(const Imported& imported) {
  Json not_carried = Json::array();
  for (const auto& left : imported.not_carried) {
    not_carried.push_back({{"file", left.at.file},
                           {"line", left.at.line},
                           {"key", left.at.key},
                           {"reason", left.reason},
                           {"hint", left.hint}});
  }
  Json choices = Json::array();
  for (const auto& choice : imported.choices) {
    choices.push_back({{"at", choice.at}, {"text", choice.text}});
  }
  return {{"toml", imported.toml},
          {"web_toml", imported.web_toml},
          {"not_carried", not_carried},
          {"choices", choices}};
}

Reply reply_with(int status, const Json& document) {
  return {status, document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"};
}

Reply reply_with(const Error& error) {
  return reply_with(2, {{"error",
                         {{"context", error.context},
                          {"object", error.object},
                          {"reason", error.reason},
                          {"hint", error.hint}}}});
}

}  // namespace

Reply answer(const std::string& request) {
  try {
    const auto imported = carry_out(Json::parse(request));
    return imported ? reply_with(0, to_json(*imported)) : reply_with(imported.error());
  } catch (const Json::exception& error) {
    return reply_with(Error{"understand the request", "", error.what(), ""});
  }
}

}  // namespace hotseat::importing

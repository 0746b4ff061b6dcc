#include "load_config.h"

#include <sys/stat.h>

#include "file.h"

namespace hotseat::web {

namespace {

bool everybody_may_read(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0;
}

}  // namespace

Expected<Config> load_config(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return fail(text.error());
  auto config = parse_config(text->value_or(""), path);
  if (config && config->virtkvm && everybody_may_read(path)) {
    return fail({"read the configuration", path, "holds a secret that everybody may read",
                 "chmod 600 '" + path + "'"});
  }
  return config;
}

}  // namespace hotseat::web

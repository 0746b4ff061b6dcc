#include "certificate.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>

#include "file.h"
#include "web/secret.h"

namespace hotseat::web {

namespace {

// Browsers refuse more than 825 days even of authorities they were told to trust (Apple HT210176).
constexpr std::time_t kLifetime = 800L * 24 * 3600;
constexpr std::time_t kRenewBefore = 30L * 24 * 3600;
constexpr std::time_t kClocksDiffer = 24L * 3600;

struct Deinit {
  void operator()(gnutls_x509_crt_t crt) const { gnutls_x509_crt_deinit(crt); }
  void operator()(gnutls_x509_privkey_t key) const { gnutls_x509_privkey_deinit(key); }
};
using Certificate = std::unique_ptr<gnutls_x509_crt_int, Deinit>;
using Key = std::unique_ptr<gnutls_x509_privkey_int, Deinit>;

struct Datum {
  gnutls_datum_t raw{};
  Datum() = default;
  Datum(const Datum&) = delete;
  Datum& operator=(const Datum&) = delete;
  ~Datum() { gnutls_free(raw.data); }
  std::string text() const { return {reinterpret_cast<const char*>(raw.data), raw.size}; }
};

Certificate parse_certificate(const std::string& pem) {
  gnutls_x509_crt_t raw = nullptr;
  if (gnutls_x509_crt_init(&raw) < 0) return nullptr;
  Certificate certificate(raw);
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(pem.data()));
  const gnutls_datum_t text{bytes, static_cast<unsigned>(pem.size())};
  if (gnutls_x509_crt_import(raw, &text, GNUTLS_X509_FMT_PEM) < 0) return nullptr;
  return certificate;
}

bool add_name(gnutls_x509_crt_t crt, const std::string& name) {
  return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name.data(),
                                              static_cast<unsigned>(name.size()),
                                              GNUTLS_FSAN_APPEND) >= 0;
}

bool add_address(gnutls_x509_crt_t crt, const std::string& ip) {
  std::array<unsigned char, 16> bytes{};
  const bool v6 = ip.find(':') != std::string::npos;
  if (inet_pton(v6 ? AF_INET6 : AF_INET, ip.c_str(), bytes.data()) != 1) return false;
  return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, bytes.data(), v6 ? 16 : 4,
                                              GNUTLS_FSAN_APPEND) >= 0;
}

// Everything it may be called by.
bool add_names(gnutls_x509_crt_t crt, const Config& config, const std::string& host_name) {
  bool well = add_name(crt, "localhost");
  if (!host_name.empty()) well = add_name(crt, host_name) && well;
  for (const std::string& name : config.hosts) well = add_name(crt, name) && well;
  for (const ListenAddress& address : config.listen) {
    if (!is_wildcard(address.host)) well = add_address(crt, address.host) && well;
  }
  return well;
}

bool fill(gnutls_x509_crt_t crt, gnutls_x509_privkey_t key, const Config& config,
          const std::string& host_name) {
  const std::string serial = "\x01" + random_bytes(15);
  const std::string common = "hotseat on " + (host_name.empty() ? "localhost" : host_name);
  const std::time_t now = std::time(nullptr);
  return gnutls_x509_crt_set_version(crt, 3) >= 0 &&
         gnutls_x509_crt_set_serial(crt, serial.data(), serial.size()) >= 0 &&
         gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, common.data(),
                                       static_cast<unsigned>(common.size())) >= 0 &&
         gnutls_x509_crt_set_activation_time(crt, now - kClocksDiffer) >= 0 &&
         gnutls_x509_crt_set_expiration_time(crt, now + kLifetime) >= 0 &&
         gnutls_x509_crt_set_key(crt, key) >= 0 &&
         gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE) >= 0 &&
         gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0) >= 0 &&
         gnutls_x509_crt_set_basic_constraints(crt, 0, -1) >= 0 &&
         add_names(crt, config, host_name);
}

std::optional<Identity> make_identity(const Config& config, const std::string& host_name) {
  gnutls_x509_privkey_t raw_key = nullptr;
  gnutls_x509_crt_t raw_crt = nullptr;
  if (gnutls_x509_privkey_init(&raw_key) < 0) return std::nullopt;
  const Key key(raw_key);
  if (gnutls_x509_crt_init(&raw_crt) < 0) return std::nullopt;
  const Certificate crt(raw_crt);
  constexpr auto kCurve = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
  Datum certificate_pem;
  Datum key_pem;
  if (gnutls_x509_privkey_generate(raw_key, GNUTLS_PK_ECDSA, kCurve, 0) < 0 ||
      !fill(raw_crt, raw_key, config, host_name) ||
      gnutls_x509_crt_sign2(raw_crt, raw_crt, raw_key, GNUTLS_DIG_SHA256, 0) < 0 ||
      gnutls_x509_crt_export2(raw_crt, GNUTLS_X509_FMT_PEM, &certificate_pem.raw) < 0 ||
      gnutls_x509_privkey_export2(raw_key, GNUTLS_X509_FMT_PEM, &key_pem.raw) < 0) {
    return std::nullopt;
  }
  return Identity{certificate_pem.text(), key_pem.text()};
}

bool has_run_out(const std::string& pem) {
  const Certificate certificate = parse_certificate(pem);
  if (!certificate) return true;
  return gnutls_x509_crt_get_expiration_time(certificate.get()) < std::time(nullptr) + kRenewBefore;
}

Expected<Identity> own_identity(const Config& config, const std::string& directory,
                                const std::string& host_name) {
  // Both in one file, so that they always go together.
  const std::string path = directory + "/identity.pem";
  constexpr const char* kKeyBegins = "-----BEGIN ";
  auto text = read_file(path);
  if (!text) return fail(text.error());
  if (*text && !has_run_out(**text)) {
    const auto end = (*text)->find(kKeyBegins, 1);
    if (end != std::string::npos) return Identity{(*text)->substr(0, end), (*text)->substr(end)};
  }
  auto made = make_identity(config, host_name);
  if (!made) return fail({"make a certificate", path, "GnuTLS refuses", "name one under [tls]"});
  if (auto kept = write_file(path, made->certificate + made->key); !kept) return fail(kept.error());
  return *made;
}

Expected<std::string> read_pem(const std::string& name, const std::string& directory) {
  const std::string path = name.front() == '/' ? name : directory + "/" + name;
  auto text = read_file(path);
  if (!text) return fail(text.error());
  if (!*text) {
    return fail({"read", path, "no such file",
                 "hotseat-web(8) tells how to hand it over (LoadCredential=)"});
  }
  return **text;
}

}  // namespace

Expected<Identity> load_identity(const Config& config, const std::string& config_directory,
                                 const std::string& state_directory, const std::string& host_name) {
  if (config.tls->certificate.empty()) return own_identity(config, state_directory, host_name);
  auto certificate = read_pem(config.tls->certificate, config_directory);
  if (!certificate) return fail(certificate.error());
  auto key = read_pem(config.tls->key, config_directory);
  if (!key) return fail(key.error());
  return Identity{*certificate, *key};
}

std::string fingerprint(const Identity& identity) {
  const Certificate certificate = parse_certificate(identity.certificate);
  if (!certificate) return "";
  std::array<unsigned char, 32> hash{};
  std::size_t size = hash.size();
  if (gnutls_x509_crt_get_fingerprint(certificate.get(), GNUTLS_DIG_SHA256, hash.data(), &size) <
      0) {
    return "";
  }
  std::string text;
  for (const unsigned char byte : hash) {
    std::array<char, 4> digits{};
    std::snprintf(digits.data(), digits.size(), text.empty() ? "%02X" : ":%02X", byte);
    text += digits.data();
  }
  return text;
}

}  // namespace hotseat::web

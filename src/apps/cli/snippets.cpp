#include "apps/cli/snippets.h"

#include <array>
#include <string_view>
#include <utility>

namespace hotseat::cli {

namespace {

constexpr std::string_view kText = R"(== The guest's serial port (needs no network) ==

1. On this machine, add to the domain (virsh edit '@DOMAIN@'), inside <devices>:

    <serial type='unix'>
      <source mode='connect' path='/run/hotseat/guests/@GUEST@.sock'>
        <reconnect enabled='yes' timeout='5'/>
      </source>
    </serial>

   The socket is the guest's identity: it may do what policy = [...] under [guest.@GUEST@] says,
   "switch:host" unless you say otherwise.

2. In Windows, as a shortcut or a batch file (the second serial port would be COM2):

    cmd /c "mode COM1 BAUD=115200 PARITY=n DATA=8 STOP=1 > nul & echo switch host > COM1"

   PowerShell:

    $port = New-Object System.IO.Ports.SerialPort COM1,115200,None,8,One
    $port.Open(); $port.WriteLine("switch host"); $port.ReadLine(); $port.Close()

   AutoHotkey v2, Ctrl+Alt+H:

    ^!h::Run('cmd /c "echo switch host > COM1"',, "Hide")

3. In Linux (as a member of group dialout; ttyS0 may be the console, then the next one is ttyS1):

    echo switch host > /dev/ttyS0

== Over HTTP (hotseat-web) ==

curl:

    curl @CURL_TLS@-X POST @URL@/api/v1/switch \
      -H 'Authorization: Bearer @TOKEN@' -H 'Content-Type: application/json' -d '{"to":"host"}'

PowerShell@POWERSHELL_VERSION@:

    Invoke-RestMethod @POWERSHELL_TLS@-Method Post -Uri @URL@/api/v1/switch `
      -Headers @{ Authorization = "Bearer @TOKEN@" } -ContentType application/json -Body '{"to":"host"}'

AutoHotkey v2, Ctrl+Alt+H:

    ^!h:: {
        request := ComObject("WinHttp.WinHttpRequest.5.1")
        request.Open("POST", "@URL@/api/v1/switch")
@AUTOHOTKEY_TLS@        request.SetRequestHeader("Authorization", "Bearer @TOKEN@")
        request.SetRequestHeader("Content-Type", "application/json")
        request.Send('{"to":"host"}')
    }
)";

constexpr std::string_view kIgnoreUnknownAuthority =
    "        request.Option[4] := 0x3300  ; the certificate is hotseat-web's own\n";

std::string filled_in(std::string text,
                      const std::array<std::pair<std::string_view, std::string>, 8>& values) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [name, value] : values) {
      if (text.compare(at, name.size(), name) != 0) continue;
      result += value;
      at += name.size();
      found = true;
      break;
    }
    if (!found) result += text[at++];
  }
  return result;
}

}  // namespace

std::string snippets(const SnippetFacts& facts) {
  const bool tls = facts.url.starts_with("https:");
  std::string text =
      filled_in(std::string(kText),
                {{{"@GUEST@", facts.guest},
                  {"@DOMAIN@", facts.domain},
                  {"@URL@", facts.url},
                  {"@TOKEN@", facts.token.empty() ? "TOKEN" : facts.token},
                  {"@CURL_TLS@", tls ? "--insecure " : ""},
                  {"@POWERSHELL_TLS@", tls ? "-SkipCertificateCheck " : ""},
                  {"@POWERSHELL_VERSION@", tls ? " 7" : ""},
                  {"@AUTOHOTKEY_TLS@", tls ? std::string(kIgnoreUnknownAuthority) : ""}}});
  if (facts.token.empty()) {
    text += "\nTOKEN is what `sudo hotseat web token " + facts.guest +
            "` prints; --token fills it in.\n";
  }
  return text;
}

}  // namespace hotseat::cli

#include "apps/cli/commands/web.h"

#include <unistd.h>

#include <ctime>

#include "apps/cli/qr_code.h"
#include "apps/cli/table.h"
#include "apps/cli/web_socket.h"

namespace hotseat::cli {

namespace {

const char* word_of(WebCommand::Verb verb) {
  switch (verb) {
    case WebCommand::Verb::pair:
      return "pair";
    case WebCommand::Verb::list:
      return "list";
    case WebCommand::Verb::unpair:
      return "unpair";
    case WebCommand::Verb::token:
      return "token";
  }
  return "";
}

std::string days_ago(long then, long now) {
  constexpr long kDay = 86400;
  const long days = now / kDay - then / kDay;
  if (days <= 0) return "today";
  return days == 1 ? "yesterday" : std::to_string(days) + " days ago";
}

std::string render_token(const Json& answer) {
  return text_of(answer, "token") +
         "\n"
         "It is shown this once. Send it as a header: Authorization: Bearer TOKEN\n";
}

}  // namespace

std::string render_pairing(const Json& answer, bool with_qr, const Style& style) {
  std::string text;
  const std::string url = text_of(answer, "url");
  if (with_qr) text += qr_code(url) + "\n";
  text += "  open  " + style.paint(Paint::strong, url) + "\n";
  text += "  code  " + style.paint(Paint::strong, text_of(answer, "code")) + "\n";
  const std::string fingerprint = text_of(answer, "fingerprint");
  if (!fingerprint.empty()) {
    text +=
        "\nThe browser will warn of a certificate that it does not know, unless it is yours.\n"
        "It is this server's when its SHA-256 is\n  " +
        fingerprint + "\n";
  }
  text += "\nGood once, for " + answer.at("minutes").dump() + " minutes, to pair \"" +
          text_of(answer, "name") + "\".\n";
  return text;
}

std::string render_clients(const Json& answer, long now, const Style& style) {
  const Json& clients = answer.at("clients");
  if (clients.empty()) return "nobody is paired; hotseat web pair begins\n";
  Table table({"NAME", "KIND", "SINCE", "SEEN"});
  for (const Json& client : clients) {
    table.add({{text_of(client, "name"), Paint::strong},
               {text_of(client, "kind")},
               {days_ago(client.at("created"), now), Paint::dim},
               {days_ago(client.at("seen"), now), Paint::dim}});
  }
  return table.render(style);
}

Result<ExitStatus> WebCommand::run(Console& console) {
  Json request = {{"do", word_of(verb_)}};
  if (!options_.name.empty()) request["name"] = options_.name;
  const auto answer = ask_web(options_.socket, request);
  if (!answer) return tl::make_unexpected(answer.error());
  if (console.settings.json) {
    console.out << answer->dump() << "\n";
  } else if (verb_ == Verb::pair) {
    const bool terminal = ::isatty(STDOUT_FILENO) == 1;
    console.out << render_pairing(*answer, options_.qr || terminal, console.style);
  } else if (verb_ == Verb::list) {
    console.out << render_clients(*answer, std::time(nullptr), console.style);
  } else if (verb_ == Verb::token) {
    console.out << render_token(*answer);
  } else {
    console.out << text_of(*answer, "name") << " is unpaired\n";
  }
  return ExitStatus::done;
}

}  // namespace hotseat::cli

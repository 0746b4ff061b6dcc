// Words for a person: quoting what a file says, naming the nearest known word.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hotseat::config {

// In double quotes, shortened when long; control characters become \xNN, since the text ends up on
// terminals and in logs.
std::string in_quotes(std::string_view text);

// "a, b, c"
std::string listed(std::span<const std::string> words);

// The known word that `word` is most likely a slip of; none when nothing is close. Case does not
// count.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> known);

// `did you mean "KNOWN"?`, or, when nothing is close, what to say otherwise.
std::string suggestion(std::string_view word, std::span<const std::string> known,
                       std::string otherwise);

}  // namespace hotseat::config

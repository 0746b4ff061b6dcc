#include "importers/shell.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/words.h"
#include "importers/file.h"

namespace hotseat::importers {

namespace {

struct Unclosed {
  int line;
  std::string what;
};

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_part(char c) {
  return is_name_start(c) || is_digit(c);
}

bool declares(const ShellCommand& command) {
  constexpr std::array kWords{"declare", "local", "export", "readonly", "typeset"};
  return command.words.empty() ||
         std::find(kWords.begin(), kWords.end(), command.words.front().text) != kWords.end();
}

class ShellReader {
 public:
  explicit ShellReader(std::string_view text) : text_(text) {}

  std::vector<ShellCommand> run() {
    while (!at_end()) step();
    end_command('\n');
    return std::move(commands_);
  }

 private:
  bool at_end(std::size_t ahead = 0) const { return at_ + ahead >= text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_end(ahead) ? '\0' : text_[at_ + ahead]; }
  char next() {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    return c;
  }
  bool skip(std::string_view part) {
    if (!text_.substr(at_).starts_with(part)) return false;
    for (std::size_t i = 0; i < part.size(); ++i) next();
    return true;
  }

  void end_command(char end) {
    command_.end = end;
    const bool any = !command_.words.empty() || !command_.assignments.empty() ||
                     !command_.targets.empty() || !command_.documents.empty();
    if (any) commands_.push_back(std::move(command_));
    command_ = {};
    command_.line = line_;
  }

  void step() {
    const char c = peek();
    if (c == ' ' || c == '\t' || c == '\r' || skip_continuation()) {
      if (c != '\\') next();
    } else if (c == '\n') {
      next();
      read_documents();
      end_command('\n');
    } else if (c == '#') {
      skip_comment();
    } else if (skip(";;")) {
      end_command('D');
    } else if (c == ';' || c == '(' || c == ')' || c == '|' || c == '&') {
      read_separator();
    } else if (c == '<' || c == '>') {
      read_redirection();
    } else {
      read_argument();
    }
  }

  bool skip_continuation() { return skip("\\\n") || skip("\\\r\n"); }

  void skip_comment() {
    while (!at_end() && peek() != '\n') next();
  }

  void read_separator() {
    const char c = next();
    if (c == '&' && peek() == '>') return;  // &> FILE
    if ((c == '&' || c == '|') && peek() == c) next();
    end_command(c);
  }

  // <, >, >>, >|, <&, >&, <<, <<-, <<<
  void read_redirection() {
    enum class Awaited { nothing, target, delimiter } awaited = Awaited::nothing;
    if (skip("<<<")) {
      awaited = Awaited::nothing;
    } else if (skip("<<-") || skip("<<")) {
      awaited = Awaited::delimiter;
    } else {
      if (next() == '>') awaited = Awaited::target;
      while (peek() == '>' || peek() == '&' || peek() == '|') next();
    }
    while (peek() == ' ' || peek() == '\t') next();
    ShellWord word = read_word();
    const bool nothing = word.text.empty() && !word.quoted;
    if (awaited == Awaited::delimiter && !nothing) {
      delimiters_.push_back(std::move(word));
    } else if (awaited == Awaited::target && !nothing && !is_descriptor(word)) {
      command_.targets.push_back(std::move(word));
    }
  }

  static bool is_descriptor(const ShellWord& word) {
    return word.text.size() == 1 && (word.text == "-" || is_digit(word.text.front()));
  }

  void read_argument() {
    if (auto assignment = read_assignment()) {
      command_.assignments.push_back(std::move(*assignment));
      return;
    }
    ShellWord word = read_word();
    // "2>" is no argument.
    if (is_descriptor(word) && (peek() == '<' || peek() == '>')) return;
    if (command_.words.empty() && command_.assignments.empty()) command_.line = word.line;
    command_.words.push_back(std::move(word));
  }

  std::optional<ShellAssignment> read_assignment() {
    if (!declares(command_)) return std::nullopt;
    std::size_t length = 0;
    while (is_name_part(peek(length))) ++length;
    const bool adds = peek(length) == '+';
    if (length == 0 || is_digit(peek()) || peek(length + (adds ? 1 : 0)) != '=') {
      return std::nullopt;
    }
    ShellAssignment assignment;
    assignment.name = text_.substr(at_, length);
    assignment.adds = adds;
    assignment.line = line_;
    at_ += length + (adds ? 2 : 1);
    if (command_.words.empty() && command_.assignments.empty()) command_.line = line_;
    assignment.is_array = peek() == '(';
    if (assignment.is_array) {
      assignment.values = read_array();
    } else {
      assignment.values.push_back(read_word());
    }
    return assignment;
  }

  std::vector<ShellWord> read_array() {
    const int begin = line_;
    std::vector<ShellWord> values;
    next();
    for (;;) {
      if (at_end()) throw Unclosed{begin, "parenthesis"};
      const char c = peek();
      if (c == ')') {
        next();
        return values;
      }
      if (c == '#') {
        skip_comment();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';' || c == '&' ||
                 c == '|' || c == '<' || c == '>' || c == '(') {
        next();
      } else if (!skip_continuation()) {
        values.push_back(read_word());
      }
    }
  }

  // Up to a blank or an operator. Empty where one stands right here.
  ShellWord read_word() {
    ShellWord word;
    word.line = line_;
    while (!at_end()) {
      const char c = peek();
      if (std::string_view(" \t\r\n;&|()<>").find(c) != std::string_view::npos) break;
      if (c == '\'') {
        read_single_quotes(word);
      } else if (c == '"') {
        read_double_quotes(word);
      } else if (c == '\\') {
        next();
        if (at_end()) break;
        const char escaped = next();
        if (escaped != '\n') word.text += escaped;
      } else if (c == '$' || c == '`') {
        read_expansion(word);
      } else {
        word.text += next();
      }
    }
    return word;
  }

  void read_single_quotes(ShellWord& word) {
    const int begin = line_;
    word.quoted = true;
    next();
    while (!at_end() && peek() != '\'') word.text += next();
    if (at_end()) throw Unclosed{begin, "quote"};
    next();
  }

  void read_double_quotes(ShellWord& word) {
    const int begin = line_;
    word.quoted = true;
    next();
    while (!at_end() && peek() != '"') {
      const char c = peek();
      if (c == '$' || c == '`') {
        read_expansion(word);
      } else if (c == '\\' && !at_end(1)) {
        next();
        const char escaped = next();
        if (std::string_view("\"\\$`").find(escaped) == std::string_view::npos) word.text += '\\';
        if (escaped != '\n') word.text += escaped;
      } else {
        word.text += next();
      }
    }
    if (at_end()) throw Unclosed{begin, "quote"};
    next();
  }

  // $NAME, $1, ${…}, $(…), $((…)), $'…', `…`: kept as it stands.
  void read_expansion(ShellWord& word) {
    const std::size_t begin = at_;
    const char first = next();
    if (first == '`') {
      skip_past('`', "backquote");
    } else if (peek() == '(') {
      skip_nested('(', ')');
    } else if (peek() == '{') {
      skip_nested('{', '}');
    } else if (peek() == '\'') {
      next();
      skip_past('\'', "quote");
    } else if (is_name_start(peek())) {
      while (is_name_part(peek())) next();
    } else if (!at_end() &&
               std::string_view("0123456789@*#?$!-").find(peek()) != std::string_view::npos) {
      next();
    } else {
      word.text += first;  // a dollar by itself
      return;
    }
    word.plain = false;
    word.text += text_.substr(begin, at_ - begin);
  }

  void skip_past(char end, const char* what) {
    const int begin = line_;
    while (!at_end() && peek() != end) {
      if (peek() == '\\' && !at_end(1)) next();
      next();
    }
    if (at_end()) throw Unclosed{begin, what};
    next();
  }

  // Up to the bracket that closes this one. Quotes in between hold no brackets that count.
  void skip_nested(char open, char close) {
    const int begin = line_;
    int depth = 0;
    while (!at_end()) {
      const char c = next();
      if (c == '\\' && !at_end()) {
        next();
      } else if (c == '\'' || c == '"') {
        skip_past(c, "quote");
      } else if (c == open) {
        ++depth;
      } else if (c == close && --depth == 0) {
        return;
      }
    }
    throw Unclosed{begin, open == '(' ? "parenthesis" : "brace"};
  }

  // What follows a line with << on it.
  void read_documents() {
    for (const ShellWord& delimiter : std::exchange(delimiters_, {})) {
      ShellWord document;
      document.line = line_;
      while (!at_end()) {
        const auto end = std::min(text_.find('\n', at_), text_.size());
        const auto line = text_.substr(at_, end - at_);
        at_ = end;
        if (!at_end()) next();
        if (trimmed(line, kBlanks) == delimiter.text) break;
        document.text += std::string(line) + "\n";
      }
      document.plain = delimiter.quoted || document.text.find_first_of("$`") == std::string::npos;
      command_.documents.push_back(std::move(document));
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::vector<ShellWord> delimiters_;
  ShellCommand command_;
  std::vector<ShellCommand> commands_;
};

}  // namespace

Expected<std::vector<ShellCommand>> parse_shell(const File& file) {
  if (auto checked = check(file); !checked) return fail(checked.error());
  try {
    return ShellReader(file.text).run();
  } catch (const Unclosed& unclosed) {
    return fail({"import", file.name + ":" + std::to_string(unclosed.line),
                 "the " + unclosed.what + " that begins here is never closed",
                 "expected a shell script; is it the right file?"});
  }
}

}  // namespace hotseat::importers

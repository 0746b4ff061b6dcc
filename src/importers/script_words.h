// Words of a shell script, by what they are for.
#pragma once

#include <string_view>
#include <vector>

#include "importers/shell.h"

namespace hotseat::importers {

// In front of a command that is meant: "then", "sudo".
bool is_prefix(std::string_view word);

// Of the script's own machinery, in which nothing is a setting: "if", "[", "return", "declare".
bool is_machinery(std::string_view word);

// Prints, or writes files: "echo".
bool is_writer(std::string_view word);

// A variable of that name holds the domain's: "vmname".
bool names_guest(std::string_view variable);

// One of that name may hold a list of devices.
bool names_devices(std::string_view variable);

// A command of virsh that changes nothing.
bool is_virsh_question(std::string_view word);

// Does it stand for something the script or function is called with: "$1", "${2//:/ }", "$@"?
bool uses_argument(std::string_view text);

std::string_view base_name(std::string_view path);

// As a person would recognise them, shortened when long.
std::string joined(const std::vector<ShellWord>& words);

}  // namespace hotseat::importers

# Run as a script: writes OUTPUT, a C++ source that holds each of FILES as a std::string_view.
# FILES is a list of NAME=PATH; the names are declared in apps/web/embedded.h.
set(text "#include \"embedded.h\"\n\nnamespace hotseat::web {\n\n")
foreach(pair ${FILES})
  string(REGEX MATCH "^([^=]*)=(.*)$" matched "${pair}")
  set(name "${CMAKE_MATCH_1}")
  set(path "${CMAKE_MATCH_2}")
  file(READ "${path}" hex HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${hex}")
  # Lines of bounded length: a string of this size on one line is slow to look at.
  string(REPEAT "." 80 line)
  string(REGEX REPLACE "(${line})" "\\1\"\n    \"" bytes "${bytes}")
  file(SIZE "${path}" size)
  string(APPEND text "extern const std::string_view ${name};\nconst std::string_view ${name}{\n    \"${bytes}\",\n    ${size}};\n\n")
endforeach()
string(APPEND text "}  // namespace hotseat::web\n")
file(WRITE "${OUTPUT}" "${text}")

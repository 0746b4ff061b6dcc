# One target a room. A room sees the headers of the rooms it names and no others: each is exported
# through a directory that holds nothing but a link to it, so a forbidden include does not compile.
add_library(hotseat_flags INTERFACE)
target_compile_options(hotseat_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fno-omit-frame-pointer)
# Symbols are looked up when a program starts, never while a key is on its way.
target_compile_options(hotseat_flags INTERFACE -fno-plt)
target_link_options(hotseat_flags INTERFACE -Wl,-z,relro,-z,now)
if(HOTSEAT_SANITIZE)
  target_compile_options(hotseat_flags INTERFACE -fsanitize=${HOTSEAT_SANITIZE}
    -fno-sanitize-recover=all)
  target_link_options(hotseat_flags INTERFACE -fsanitize=${HOTSEAT_SANITIZE})
endif()

# hotseat_room(NAME [APART] [SEES room...] [LIBRARIES target...] SOURCES file...)
# NAME is the path under src/, "domain" or "adapters/ddc"; its target is hotseat_domain,
# hotseat_adapters_ddc. A room without sources (headers only) leaves SOURCES out.
# APART: its files do not go together in one translation unit (CMAKE_UNITY_BUILD).
function(hotseat_room name)
  cmake_parse_arguments(room "APART" "" "SEES;LIBRARIES;SOURCES" ${ARGN})
  string(REPLACE "/" "_" suffix "${name}")
  set(target hotseat_${suffix})
  set(door "${CMAKE_BINARY_DIR}/rooms/${suffix}")
  get_filename_component(parent "${door}/${name}" DIRECTORY)
  file(MAKE_DIRECTORY "${parent}")
  file(CREATE_LINK "${CMAKE_SOURCE_DIR}/src/${name}" "${door}/${name}" SYMBOLIC)
  if(room_SOURCES)
    add_library(${target} STATIC ${room_SOURCES})
    if(room_APART)
      set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    endif()
    set(scope PUBLIC)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} "${door}")
  target_link_libraries(${target} ${scope} hotseat_flags ${room_LIBRARIES})
  foreach(seen ${room_SEES})
    string(REPLACE "/" "_" seen_suffix "${seen}")
    target_link_libraries(${target} ${scope} hotseat_${seen_suffix})
  endforeach()
endfunction()

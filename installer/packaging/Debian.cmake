# One package a component. What is the same for all of them:
set(TRAM_MAINTAINER "Trạm Công dân số <tram@example.gov.vn>" CACHE STRING "who answers for the packages: Name <address>")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tram)
set(CPACK_PACKAGE_VENDOR "Trạm Công dân số")
set(CPACK_PACKAGE_CONTACT "${TRAM_MAINTAINER}")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/deb)
set(CPACK_COMPONENTS_ALL share tools agent kiosk lockdown gateway)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_SET_DESTDIR ON) # units and /etc have absolute places
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON CACHE INTERNAL "") # packing builds nothing by itself; the target deb does
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# The names under a section of installer/packages.
function(tram_packages_of section out)
  execute_process(COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/install-packages.sh --list ${section}
    OUTPUT_VARIABLE names OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" names "${names}")
  set(${out} ${names} PARENT_SCOPE)
endfunction()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/packages)
tram_packages_of(run run)
tram_packages_of(session session)
tram_packages_of(gateway gateway)
set(line_needs ${run}) # fonts are the screen's; the rest serves an agent without one too
list(FILTER line_needs EXCLUDE REGEX "^font")
list(FILTER run INCLUDE REGEX "^font")

# Maintainer scripts, of a template with its units in the middle.
function(tram_scripts component)
  cmake_parse_arguments(S "" "ON_UPGRADE" "UNITS" ${ARGN})
  string(REPLACE ";" " " UNITS "${S_UNITS}")
  set(ON_UPGRADE "${S_ON_UPGRADE}")
  foreach(part configure remove purge)
    file(READ deb/units-${part}.sh text)
    string(CONFIGURE "${text}" text @ONLY)
    string(REGEX REPLACE "\n$" "" text "${text}")
    string(TOUPPER UNITS_${part} name)
    set(${name} "${text}")
  endforeach()
  set(extra "")
  foreach(script postinst prerm postrm)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/deb/${component}.${script}.in)
      configure_file(deb/${component}.${script}.in ${TRAM_MADE}/${component}/${script} @ONLY
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
      list(APPEND extra ${TRAM_MADE}/${component}/${script})
    endif()
  endforeach()
  foreach(file templates conffiles)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/deb/${component}.${file})
      configure_file(deb/${component}.${file} ${TRAM_MADE}/${component}/${file} COPYONLY)
      list(APPEND extra ${TRAM_MADE}/${component}/${file})
    endif()
  endforeach()
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA "${extra}" PARENT_SCOPE)
endfunction()
tram_scripts(agent UNITS tram-agent.service ON_UPGRADE restart)
# An upgrade interrupts nobody: the kiosk replaces itself by the installed program at the end of the session.
tram_scripts(kiosk UNITS tram-display.service tram-kiosk.service ON_UPGRADE start)
tram_scripts(gateway UNITS tram-gateway.service tram-nginx.service tram-gateway-backup.timer ON_UPGRADE restart)
tram_scripts(lockdown)

# One line for lists, the same in Vietnamese, then what it is in lines that fit a terminal.
macro(tram_package component section summary summary_vi)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME tram-${component})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${summary}\n${summary_vi}\n\n${ARGN}")
endmacro()
tram_package(share misc "citizen kiosk: words, places and themes"
  "Trạm Công dân số: lời chữ, địa danh, giao diện."
  "What the programs of Trạm Công dân số read: Vietnamese and English words, Ho
Chi Minh City's wards with their old names, telephone lines, colours and
sizes.")
tram_package(tools admin "citizen kiosk: the operator's tool"
  "Trạm Công dân số: công cụ cho người vận hành."
  "The command tram: enrol a station, see what waits to be sent, find out what
is wrong and what to do about it.")
tram_package(agent net "citizen kiosk: sends reports to the gateway"
  "Trạm Công dân số: gửi phản ánh đang chờ tới cổng thành phố."
  "Sends sealed reports as soon as there is a line, each exactly once, fetches
content, and tells the kiosk how the line is. Also has the program that
decodes pictures from outside, and the one that prints, each in a process of
its own.")
tram_package(kiosk misc "citizen kiosk: the full-screen application"
  "Trạm Công dân số: ứng dụng toàn màn hình cho người dân."
  "A self-service kiosk for the ward offices of Ho Chi Minh City: anybody can
send a report to the 1022 service and follow it, with or without a network.
With its X server and window manager as system services on a console of
their own.")
tram_package(lockdown admin "citizen kiosk: no way out of the screen"
  "Trạm Công dân số: khoá mọi lối thoát khỏi màn hình của trạm."
  "Makes the machine a kiosk and nothing else: no consoles, no SysRq, no
Ctrl+Alt+Del, no core files, no USB storage. Not for a machine that is also
used otherwise.")
tram_package(gateway net "citizen kiosk: the city's gateway"
  "Trạm Công dân số: cổng thành phố nhận phản ánh từ các trạm."
  "Takes sealed reports from the kiosks, stores each once, opens it and hands
it on to 1022. Listens on loopback behind an nginx of its own, which comes
configured, and makes backups every night.")

set(CPACK_DEBIAN_SHARE_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_SHARE_PACKAGE_SHLIBDEPS OFF)
set(CPACK_DEBIAN_LOCKDOWN_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_LOCKDOWN_PACKAGE_SHLIBDEPS OFF)
set(TRAM_NEEDS_AGENT ${line_needs} systemd "debconf | debconf-2.0" passwd)
set(TRAM_NEEDS_KIOSK ${run} ${session} systemd)
set(CPACK_DEBIAN_KIOSK_PACKAGE_SUGGESTS cups) # where there is a printer: docs/OPERATING.md
set(TRAM_NEEDS_LOCKDOWN systemd)
set(TRAM_NEEDS_GATEWAY ${gateway} systemd "debconf | debconf-2.0" passwd)
# Versions of one another are known only when cpack runs (cpack -R).
configure_file(packaging/AtPackTime.cmake.in ${TRAM_MADE}/AtPackTime.cmake @ONLY)
set(CPACK_PROJECT_CONFIG_FILE ${TRAM_MADE}/AtPackTime.cmake)

include(CPack)
add_custom_target(deb COMMAND ${CMAKE_CPACK_COMMAND} -G DEB WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
  DEPENDS package_files tram tram-agent tram-camera tram-print tram-kiosk tram-gateway words USES_TERMINAL)

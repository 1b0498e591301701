# What goes where, and into which package. Programs find their share beside them: /usr/bin → /usr/share/tram.
set(TRAM_MADE ${CMAKE_CURRENT_BINARY_DIR})
set(TRAM_SHARE ${CMAKE_BINARY_DIR}/share/tram)
set(share share/tram)
set(units /lib/systemd/system)

function(tram_file component destination)
  install(FILES ${ARGN} DESTINATION ${destination} COMPONENT ${component})
endfunction()
function(tram_renamed component destination file name)
  install(FILES ${file} DESTINATION ${destination} RENAME ${name} COMPONENT ${component})
endfunction()
function(tram_script component destination)
  install(PROGRAMS ${ARGN} DESTINATION ${destination} COMPONENT ${component})
endfunction()

# share: what kiosk, tool and gateway read
install(FILES ${TRAM_SHARE}/locale/vi.mo ${TRAM_SHARE}/locale/en.mo DESTINATION ${share}/locale COMPONENT share)
foreach(folder catalogue content theme)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/${folder} DESTINATION ${share} COMPONENT share)
endforeach()

install(TARGETS tram RUNTIME DESTINATION bin COMPONENT tools)

install(TARGETS tram-agent tram-camera tram-print RUNTIME DESTINATION bin COMPONENT agent)
tram_file(agent ${units} systemd/tram-agent.service)
tram_renamed(agent /usr/lib/sysusers.d deb/tram.sysusers tram.conf)
tram_renamed(agent /usr/lib/tmpfiles.d deb/tram.tmpfiles tram-agent.conf)
tram_file(agent share/doc/tram-agent/examples deb/kiosk.json)

install(TARGETS tram-kiosk RUNTIME DESTINATION bin COMPONENT kiosk)
tram_file(kiosk ${units} systemd/tram-kiosk.service systemd/tram-display.service)
tram_file(kiosk share/doc/tram-kiosk/examples systemd/camera.conf systemd/sound.conf systemd/cups.conf)
tram_script(kiosk /usr/lib/tram session/tram-session systemd/tram-display)
tram_file(kiosk /usr/lib/tram session/openbox.xml)

tram_renamed(lockdown /etc/X11/xorg.conf.d session/xorg.conf 90-tram-kiosk.conf)
tram_renamed(lockdown /etc/systemd/logind.conf.d session/logind.conf 90-tram-kiosk.conf)
tram_renamed(lockdown /etc/systemd/system.conf.d session/system.conf 90-tram-kiosk.conf)
tram_renamed(lockdown /etc/systemd/coredump.conf.d session/coredump.conf 90-tram-kiosk.conf)
tram_renamed(lockdown /etc/sysctl.d session/sysctl.conf 90-tram-kiosk.conf)
tram_renamed(lockdown /lib/udev/rules.d session/udev.rules 90-tram-kiosk.rules)
tram_renamed(lockdown /etc/modprobe.d session/modprobe.conf 90-tram-kiosk.conf)
tram_file(lockdown /usr/lib/tram session/masked-units)

install(TARGETS tram-gateway RUNTIME DESTINATION bin COMPONENT gateway)
foreach(folder api gateway demo)
  install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/${folder} DESTINATION ${share} COMPONENT gateway PATTERN *.sh EXCLUDE)
endforeach()
tram_file(gateway ${units} systemd/tram-gateway.service systemd/tram-nginx.service systemd/tram-gateway-backup.service
          systemd/tram-gateway-backup.timer)
tram_renamed(gateway /usr/lib/sysusers.d deb/tram-gateway.sysusers tram-gateway.conf)
tram_renamed(gateway /usr/lib/tmpfiles.d deb/tram-gateway.tmpfiles tram-gateway.conf)
tram_file(gateway share/doc/tram-gateway/examples deb/gateway.json)

# nginx: the one template that the demo and the tests use, filled in for the unit. Its server block takes the site's own
# lines from /etc/tram/nginx.d.
file(READ nginx/tram-gateway.conf.in nginx)
string(REPLACE "include @PREFIX@/conf.d/" "include /usr/share/tram/nginx/tls.conf;\n        include /etc/tram/nginx.d/" nginx "${nginx}")
string(REPLACE "@PREFIX@" "/var/cache/tram-nginx" nginx "${nginx}")
string(REPLACE "@LISTEN@" "443 ssl" nginx "${nginx}")
string(REPLACE "@UPSTREAM@" "127.0.0.1:8441" nginx "${nginx}")
file(CONFIGURE OUTPUT ${TRAM_MADE}/nginx.conf CONTENT "${nginx}" @ONLY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/nginx/tram-gateway.conf.in)
tram_file(gateway ${share}/nginx ${TRAM_MADE}/nginx.conf deb/tls.conf)

# What Debian wants of every package, and a page of the manual for every program, made of its own --help.
find_program(GZIP gzip REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
function(tram_packed source made) # gzip -n: without name and time, so that the same build makes the same package
  add_custom_command(OUTPUT ${made} DEPENDS ${source} COMMAND sh -c "gzip -9nc '${source}' >'${made}'" VERBATIM)
endfunction()
tram_packed(${CMAKE_CURRENT_SOURCE_DIR}/deb/changelog ${TRAM_MADE}/changelog.gz)
tram_packed(${CMAKE_SOURCE_DIR}/docs/OPERATING.md ${TRAM_MADE}/OPERATING.md.gz)
tram_packed(${CMAKE_CURRENT_SOURCE_DIR}/session/README.md ${TRAM_MADE}/session.md.gz)
set(made ${TRAM_MADE}/changelog.gz ${TRAM_MADE}/OPERATING.md.gz ${TRAM_MADE}/session.md.gz)
foreach(page tools:tram:1 agent:tram-agent:8 kiosk:tram-kiosk:1 gateway:tram-gateway:8)
  string(REGEX MATCH "(.*):(.*):(.*)" ignored ${page})
  set(component ${CMAKE_MATCH_1})
  set(program ${CMAKE_MATCH_2})
  set(section ${CMAKE_MATCH_3})
  set(manual ${TRAM_MADE}/${program}.${section}.gz)
  add_custom_command(OUTPUT ${manual} DEPENDS ${program} words packaging/manual.py
    COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/packaging/manual.py $<TARGET_FILE:${program}> ${section}
            ${PROJECT_VERSION} ${manual} VERBATIM)
  tram_file(${component} share/man/man${section} ${manual})
  list(APPEND made ${manual})
endforeach()
if(NOT TRAM_SANITIZE) # cpack itself builds nothing
  set(always ALL)
endif()
add_custom_target(package_files ${always} DEPENDS ${made})

foreach(component share tools agent kiosk lockdown gateway)
  tram_file(${component} share/doc/tram-${component} deb/copyright ${TRAM_MADE}/changelog.gz)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/deb/${component}.lintian)
    tram_renamed(${component} share/lintian/overrides deb/${component}.lintian tram-${component})
  endif()
endforeach()
foreach(component agent kiosk gateway)
  tram_file(${component} share/doc/tram-${component} ${TRAM_MADE}/OPERATING.md.gz)
endforeach()
tram_file(kiosk share/doc/tram-kiosk ${TRAM_MADE}/session.md.gz)

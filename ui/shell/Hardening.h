#pragma once
#include <optional>
#include <string>
#include <vector>

namespace tram::shell {

/// At every start, before anything else is loaded or read: no core file, no ptrace or /proc/PID/mem for
/// others of the same user, SIGPIPE ignored, and of the environment only what this program needs. GTK would
/// load modules, open its inspector or talk to a bus because a variable says so; its input method would
/// compose twice (UI.md, Keyboard).
void hardenProcess();

/// The wipe: replaces this process by the *installed* program, so that no byte of one resident can reach the
/// next. Children are ended and reaped, the signal mask is reset, every descriptor is closed on exec. argv[0]
/// must be the program's path as found at start: /proc/self/exe would later run the deleted binary after an
/// upgrade (TOOLKIT.md). When execv fails the process ends, and its supervisor starts it anew.
[[noreturn]] void replaceProcess(const std::vector<std::string>& argv, std::optional<int> handover = {});

/// The arguments of this start, for the next one.
void rememberArguments(int argc, char** argv);
/// The wipe with the same arguments as now. `handover`: the one descriptor that the next image is given
/// (assist/Handover.h).
[[noreturn]] void restartProgram(std::optional<int> handover = {});
/// The descriptor that the image before this one left to it; once.
std::optional<int> takeHandover();

/// Where this program was started from, asked once at the start.
std::string programPath();

}  // namespace tram::shell

#pragma once
#include <optional>
#include <string_view>

#include "base/Clock.h"

namespace tram::base {

/// sd_notify(3) without libsystemd: one datagram to the supervisor named by NOTIFY_SOCKET (a path, or
/// abstract with '@'). `state` is "READY=1", "WATCHDOG=1", "STOPPING=1" …; several lines are allowed,
/// personal data is not. True when it was handed over; false without a supervisor, which is nobody's mistake.
bool notifyService(std::string_view state);

/// How often the supervisor wants to hear WATCHDOG=1: half of WATCHDOG_USEC, as sd_watchdog_enabled(3)
/// advises. Nothing when it does not watch. WATCHDOG_PID is left alone on purpose: the kiosk pings for its
/// whole session, whose first process it is not (NotifyAccess=all).
std::optional<Millis> watchdogInterval();

}  // namespace tram::base

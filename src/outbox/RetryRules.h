#pragma once
#include <optional>

#include "base/Clock.h"
#include "base/Problem.h"

namespace tram::outbox {

/// Whose fault a turned-down request is (docs/ARCHITECTURE.md, "Retry").
enum class Blame {
    Line,     ///< network, broken-off answers, sign-in, 408, 425, 429, 502–504: everything waits (but see
              ///< SyncLoop::suspicious)
    Unclear,  ///< 409, 416, other 5xx, garbled answers: again, but one by one, as one item may be the cause
    Size,     ///< 413
    Item      ///< other 4xx: never again by itself
};
Blame blame(const base::Problem& problem);

/// The answer began and did not end: the line, as far as anybody can tell.
bool isBrokenOff(const base::Problem& problem);
/// False: it failed at sign-in or at the gateway's proof, and no item had any part in it.
bool wasSent(const base::Problem& problem);
int statusOf(const base::Problem& problem);  ///< 0 when there was no HTTP answer
std::optional<base::Millis> retryAfter(const base::Problem& problem);
std::optional<std::size_t> numberFact(const base::Problem& problem, std::string_view key);

}  // namespace tram::outbox

#include "outbox/RetryRules.h"

#include <charconv>

namespace tram::outbox {

using base::ProblemKind;

std::optional<std::size_t> numberFact(const base::Problem& problem, std::string_view key) {
    const std::string_view text = problem.fact(key);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

int statusOf(const base::Problem& problem) {
    return static_cast<int>(numberFact(problem, "status").value_or(0));
}

std::optional<base::Millis> retryAfter(const base::Problem& problem) {
    const auto seconds = numberFact(problem, "retry_after_s");
    return seconds ? std::optional(base::Millis(*seconds * 1000)) : std::nullopt;
}

bool isBrokenOff(const base::Problem& problem) {
    return problem.kind == ProblemKind::BadResponse && problem.fact("detail") == "broken_off";
}

bool wasSent(const base::Problem& problem) {
    return problem.fact("sent") != "no";
}

Blame blame(const base::Problem& problem) {
    if (!wasSent(problem)) return Blame::Line;
    const int status = statusOf(problem);
    switch (problem.kind) {
        case ProblemKind::TooLarge:
            return Blame::Size;
        case ProblemKind::Forbidden:
            // A revoked kiosk keeps everything: it may be enrolled again.
            return problem.fact("detail") == "revoked" ? Blame::Line : Blame::Item;
        case ProblemKind::NotFound:
        case ProblemKind::Unprocessable:
            return Blame::Item;
        case ProblemKind::Expired:
            return status == 410 ? Blame::Item : Blame::Line;  // else something of ours has run out
        case ProblemKind::Conflict:
            return Blame::Unclear;
        case ProblemKind::ServerFault:
            return status >= 502 && status <= 504 ? Blame::Line : Blame::Unclear;
        case ProblemKind::BadResponse:
            if (isBrokenOff(problem)) return Blame::Line;
            if (status == 0 || status == 416) return Blame::Unclear;  // 416: our offset, not the item
            return status == 408 || status == 425 ? Blame::Line : Blame::Item;
        default:
            return Blame::Line;
    }
}

}  // namespace tram::outbox

#include "ledger/Walk.h"

#include <algorithm>
#include <array>

namespace tram::ledger {
namespace {

constexpr std::array<std::string_view, kDamages> kDamageNames{
    "edited", "removed", "inserted", "reordered", "cut_tail", "rewritten", "spliced", "unreadable"};

}  // namespace

std::string_view name(Damage damage) {
    return kDamageNames[static_cast<std::size_t>(damage)];
}

std::optional<Damage> damageFrom(std::string_view name) {
    const auto* found = std::ranges::find(kDamageNames, name);
    if (found == kDamageNames.end()) return std::nullopt;
    return static_cast<Damage>(found - kDamageNames.begin());
}

bool Walk::follows(const ReadLine& line) const {
    if (!line.holds || line.line.n != next()) return false;
    if (head_.n == 0) return line.line.event == name(Kind::ChainBegun);
    return line.line.chain == head_.chain && line.line.prev == head_.hash;
}

void Walk::goOn(const ReadLine& line) {
    head_ = line.head();
    before_ = line.line.prev;
}

bool Walk::take(const base::Result<ReadLine>& line) {
    if (!line || !follows(*line)) return false;
    goOn(*line);
    return true;
}

/// The one that belongs here stands further on, or it does not: that tells a line too many from a line too
/// few.
Broken Walk::diagnose(std::span<const std::string_view> lines) const {
    const auto first = readLine(lines.front());
    const auto ahead = lines.subspan(1, std::min(lines.size() - 1, kLookAhead));
    const bool comes = std::ranges::any_of(ahead, [&](std::string_view text) {
        const auto line = readLine(text);
        return line && follows(*line);
    });
    const bool ours = first && first->holds && (head_.n == 0 || first->line.chain == head_.chain);
    if (comes) return {ours && first->line.n > next() ? Damage::Reordered : Damage::Inserted, next()};
    if (!first || !first->holds) return {Damage::Edited, next()};
    return ours ? judge(*first) : Broken{Damage::Spliced, next()};
}

/// A sound line of this chain in a wrong place, and the right one is nowhere.
Broken Walk::judge(const ReadLine& line) const {
    const auto n = line.line.n;
    if (n > next()) return {Damage::Removed, next()};
    if (head_.n == 0) return {Damage::Edited, next()};
    if (n == next()) return {Damage::Edited, head_.n};  // it knew another hash of the line before it
    const bool twins = n == head_.n && line.line.prev == before_;
    return {Damage::Inserted, twins ? n : next()};
}

}  // namespace tram::ledger

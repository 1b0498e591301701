#include "gateway/http/Guesses.h"

#include <algorithm>
#include <limits>

namespace tram::gateway {

namespace {

/// A budget may be as large as an operator likes.
int findsFor(int misses) {
    return std::min(misses, std::numeric_limits<int>::max() / Guesses::kFindsForMiss) *
           Guesses::kFindsForMiss;
}

}  // namespace

Guesses::Guesses(const GatewayConfig::Budgets& budgets)
    : perAddress_(budgets.missesPerAddress, budgets.window),
      perPrefix_(budgets.missesPerPrefix, budgets.window),
      perKiosk_(budgets.missesPerKiosk, budgets.window),
      foundByAddress_(findsFor(budgets.missesPerAddress), budgets.window),
      foundByKiosk_(findsFor(budgets.missesPerKiosk), budgets.window) {}

std::optional<std::chrono::seconds> Guesses::tooMany(const Asking& asking) {
    const auto now = asking.exchange.now;
    if (asking.kiosk) {
        const auto wait = perKiosk_.exhausted(asking.kiosk->id, now);
        return wait ? wait : foundByKiosk_.exhausted(asking.kiosk->id, now);
    }
    const auto address = networkOf(asking.exchange.client());
    if (const auto wait = perAddress_.exhausted(address, now)) return wait;
    if (const auto wait = foundByAddress_.exhausted(address, now)) return wait;
    return asking.prefix.empty() ? std::nullopt : perPrefix_.exhausted(asking.prefix, now);
}

void Guesses::missed(const Asking& asking) {
    const auto now = asking.exchange.now;
    if (asking.kiosk) return perKiosk_.spend(asking.kiosk->id, now);
    perAddress_.spend(networkOf(asking.exchange.client()), now);
    if (!asking.prefix.empty()) perPrefix_.spend(asking.prefix, now);
}

void Guesses::found(const Asking& asking) {
    if (asking.kiosk) return foundByKiosk_.spend(asking.kiosk->id, asking.exchange.now);
    foundByAddress_.spend(networkOf(asking.exchange.client()), asking.exchange.now);
}

}  // namespace tram::gateway

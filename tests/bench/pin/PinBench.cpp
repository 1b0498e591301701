// What a PIN's check costs at a station, and what it costs who has taken a station's disk, with a badge and
// without. Yardstick: the same bytes by libsodium's "interactive" settings.

#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

#include "crypto/PinKeys.h"

using namespace tram;
using crypto::PinKeys;

namespace {

constexpr int kRounds = 9;

/// Seconds of each derivation, the shortest first.
std::vector<double> timed(PinKeys::Cost cost) {
    const base::SecretBytes badge(crypto::Bytes(PinKeys::kBadgeBytes, 1));
    const crypto::Bytes salt(PinKeys::kSaltBytes, 2);
    std::vector<double> all;
    for (int round = 0; round < kRounds; ++round) {
        const auto begun = std::chrono::steady_clock::now();
        if (!PinKeys::derive(base::SecretText("246810"), badge, salt, cost)) return {};
        all.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    }
    std::ranges::sort(all);
    return all;
}

double years(double guesses, double seconds) {
    constexpr double kYear = 365.25 * 24 * 3600;
    return guesses * seconds / kYear;
}

}  // namespace

int main() {
    const PinKeys::Cost ours;
    const PinKeys::Cost yardstick{crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                  crypto_pwhash_MEMLIMIT_INTERACTIVE / 1024};
    const auto check = timed(ours), interactive = timed(yardstick);
    if (check.empty() || interactive.empty()) return 1;
    const double median = check[kRounds / 2], usual = interactive[kRounds / 2];
    std::printf("pin_check_ms p50 %.0f, longest %.0f (%llu passes, %llu MiB); interactive %.0f; ratio %.2f\n",
                median * 1000, check.back() * 1000, static_cast<unsigned long long>(ours.passes),
                static_cast<unsigned long long>(ours.kib / 1024), usual * 1000, median / usual);
    const double sixDigits = 1e6;
    std::printf("disk_and_badge_stolen: every six-digit PIN in %.1f days of one core\n",
                sixDigits * median / 86'400);
    std::printf("disk_stolen: %.1e years of one core before the badge's 128 bits are guessed\n",
                years(std::ldexp(1.0, 127), median));
}

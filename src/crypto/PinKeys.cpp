#include "crypto/PinKeys.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/Sodium.h"

namespace tram::crypto {
namespace {

using base::ProblemKind;
using base::Result;

constexpr char kPinContext[crypto_kdf_CONTEXTBYTES + 1] = "tramPIN1";
constexpr std::uint64_t kVerifierSubkey = 1, kDraftSubkey = 2, kMostPinPasses = 10, kMostPinKib = 512 * 1024;
static_assert(PinKeys::kSaltBytes == crypto_pwhash_SALTBYTES);
static_assert(PinKeys::kBytes == crypto_kdf_KEYBYTES);
static_assert(PinKeys::kBadgeBytes >= crypto_generichash_KEYBYTES_MIN);

Bytes pinSaltOf(const base::SecretBytes& badge, ByteView salt) {
    Bytes keyed(PinKeys::kSaltBytes);
    const auto& key = badge.reveal();
    crypto_generichash(keyed.data(), keyed.size(), salt.data(), salt.size(),
                       key.empty() ? nullptr : key.data(), key.size());
    return keyed;
}

base::SecretBytes pinSubkey(const base::SecretBytes& master, std::uint64_t number) {
    Bytes key(PinKeys::kBytes);
    crypto_kdf_derive_from_key(key.data(), key.size(), number, kPinContext, master.reveal().data());
    return base::SecretBytes(std::move(key));
}

}  // namespace

bool PinKeys::isSane(Cost cost) {
    return cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= kMostPinPasses &&
           cost.kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && cost.kib <= kMostPinKib;
}

Result<PinKeys> PinKeys::derive(const base::SecretText& pin, const base::SecretBytes& badge, ByteView salt,
                                Cost cost) {
    ensureSodium();
    const auto size = badge.reveal().size();
    if (salt.size() != kSaltBytes || (size != 0 && size != kBadgeBytes) || !isSane(cost))
        return base::fail(ProblemKind::OutOfRange);
    Bytes made(kBytes);
    const auto keyed = pinSaltOf(badge, salt);
    const auto& text = pin.reveal();
    const int failed = crypto_pwhash(made.data(), made.size(), text.data(), text.size(), keyed.data(),
                                     cost.passes, cost.kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
    const base::SecretBytes master(std::move(made));
    if (failed != 0) return base::fail(ProblemKind::Internal, {{"detail", "memory"}});
    return PinKeys{pinSubkey(master, kVerifierSubkey), pinSubkey(master, kDraftSubkey)};
}

Bytes PinKeys::verifierHash() const {
    Bytes hash(kBytes);
    const auto& key = verifier.reveal();
    crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
    return hash;
}

bool PinKeys::fits(ByteView hash) const {
    return equalConstantTime(verifierHash(), hash);
}

bool isFairPin(std::string_view pin) {
    constexpr std::size_t kLeast = 4, kMost = 8;
    if (pin.size() < kLeast || pin.size() > kMost) return false;
    if (!std::ranges::all_of(pin, [](char c) { return '0' <= c && c <= '9'; })) return false;
    const auto steps = [&](int step) {
        return std::ranges::adjacent_find(pin, [step](char a, char b) { return b - a != step; }) == pin.end();
    };
    return !steps(0) && !steps(1) && !steps(-1);
}

}  // namespace tram::crypto

#include "crypto/PinKeys.h"

#include <catch2/catch.hpp>

using namespace tram;
using base::ProblemKind;
using crypto::PinKeys;

namespace {

constexpr PinKeys::Cost kQuick{1, 8};
const crypto::Bytes kSalt(PinKeys::kSaltBytes, 7);

base::SecretBytes badge(unsigned char fill) {
    return base::SecretBytes(crypto::Bytes(PinKeys::kBadgeBytes, fill));
}
PinKeys keys(const char* pin, const base::SecretBytes& of, const crypto::Bytes& salt = kSalt,
             PinKeys::Cost cost = kQuick) {
    auto made = PinKeys::derive(base::SecretText(pin), of, salt, cost);
    REQUIRE(made);
    return std::move(*made);
}

}  // namespace

TEST_CASE("PIN keys: the same PIN, badge, salt and cost make the same keys, and nothing else does") {
    const auto made = keys("246810", badge(1));
    const auto hash = made.verifierHash();
    CHECK(keys("246810", badge(1)).fits(hash));
    CHECK(keys("246810", badge(1)).draftSeed.reveal() == made.draftSeed.reveal());
    const auto others = {keys("246811", badge(1)),
                         keys("246810", badge(2)),
                         keys("246810", base::SecretBytes()),
                         keys("246810", badge(1), crypto::Bytes(PinKeys::kSaltBytes, 8)),
                         keys("246810", badge(1), kSalt, {2, 8}),
                         keys("246810", badge(1), kSalt, {1, 16})};
    for (const auto& other : others) {
        CHECK_FALSE(other.fits(hash));
        CHECK(other.draftSeed.reveal() != made.draftSeed.reveal());
    }
}

TEST_CASE("PIN keys: what stands in a list gives neither key away") {
    const auto made = keys("246810", badge(1));
    const auto hash = made.verifierHash();
    CHECK(hash != made.verifier.reveal());
    CHECK(made.verifier.reveal() != made.draftSeed.reveal());
    CHECK_FALSE(made.fits({}));
    CHECK_FALSE(made.fits(crypto::ByteView(hash).first(31)));
}

TEST_CASE("PIN keys: sizes and costs out of range are refused") {
    const auto kind = [](const base::SecretBytes& of, const crypto::Bytes& salt, PinKeys::Cost cost) {
        const auto made = PinKeys::derive(base::SecretText("246810"), of, salt, cost);
        return made ? ProblemKind::Internal : made.error().kind;
    };
    CHECK(kind(badge(1), {}, kQuick) == ProblemKind::OutOfRange);
    CHECK(kind(base::SecretBytes(crypto::Bytes(15, 1)), kSalt, kQuick) == ProblemKind::OutOfRange);
    for (const auto cost : {PinKeys::Cost{0, 8}, {11, 8}, {1, 7}, {1, 512 * 1024 + 1}}) {
        CHECK_FALSE(PinKeys::isSane(cost));
        CHECK(kind(badge(1), kSalt, cost) == ProblemKind::OutOfRange);
    }
    CHECK(PinKeys::isSane({}));
}

TEST_CASE("PIN keys: a PIN that everybody tries first is not fair") {
    for (const char* pin : {"2468", "246810", "13579135", "1122"}) CHECK(crypto::isFairPin(pin));
    for (const char* pin : {"", "123", "1234", "8765", "0000", "123456789", "24a8", "12345678", "٢٤٦٨"})
        CHECK_FALSE(crypto::isFairPin(pin));
}

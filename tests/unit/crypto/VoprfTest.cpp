#include "crypto/Voprf.h"

#include <catch2/catch.hpp>

namespace {

using namespace tram;
using crypto::Bytes;
namespace voprf = crypto::voprf;

Bytes hex(std::string_view text) {
    return *crypto::fromHex(text);
}

/// RFC 9497, appendix A.1.2 (ristretto255-SHA512, VOPRF mode).
struct Vector {
    const char *input, *blinded, *evaluated, *proof, *output;
};
constexpr Vector kVectors[] = {
    {"00", "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
     "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
     "ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd06"
     "6d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d",
     "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7d"
     "a4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c"},
    {"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a", "cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c",
     "60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468",
     "401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a"
     "67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02",
     "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60"
     "356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6"}};
constexpr const char* kBlind = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";
constexpr const char* kProofRandom = "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";
constexpr const char* kPublic = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e";

voprf::ServerKey rfcKey() {
    return voprf::ServerKey::derive(base::SecretBytes(Bytes(32, 0xa3)), "test key");
}

}  // namespace

TEST_CASE("VOPRF: the RFC's key") {
    CHECK(crypto::toHex(rfcKey().publicKey().bytes()) == kPublic);
}

TEST_CASE("VOPRF: the RFC's vectors") {
    const auto key = rfcKey();
    for (const auto& vector : kVectors) {
        CAPTURE(vector.input);
        const auto blinded = voprf::blindWith(base::SecretBytes(hex(vector.input)), hex(kBlind));
        REQUIRE(blinded);
        CHECK(crypto::toHex(blinded->element.bytes()) == vector.blinded);
        const auto evaluated = key.evaluateWith(blinded->element, hex(kProofRandom));
        REQUIRE(evaluated);
        CHECK(crypto::toHex(evaluated->element.bytes()) == vector.evaluated);
        CHECK(crypto::toHex(evaluated->proof) == vector.proof);
        const auto output = voprf::finalize(*blinded, *evaluated, key.publicKey());
        REQUIRE(output);
        CHECK(crypto::toHex(output->reveal()) == vector.output);
        CHECK(crypto::toHex(key.evaluate(hex(vector.input)).reveal()) == vector.output);
    }
}

TEST_CASE("VOPRF: what is blinded anew looks like anything else and comes to the same") {
    const auto key = rfcKey();
    const auto once = voprf::blind(base::SecretBytes(Bytes(16, 7)));
    const auto again = voprf::blind(base::SecretBytes(Bytes(16, 7)));
    CHECK(once.element != again.element);
    const auto a = voprf::finalize(once, key.evaluate(once.element), key.publicKey());
    const auto b = voprf::finalize(again, key.evaluate(again.element), key.publicKey());
    REQUIRE(a);
    REQUIRE(b);
    CHECK(a->reveal() == b->reveal());
    CHECK(a->reveal() == key.evaluate(Bytes(16, 7)).reveal());
}

TEST_CASE("VOPRF: another key, another element, a changed proof are not believed") {
    const auto key = rfcKey();
    const auto other = voprf::ServerKey::derive(base::SecretBytes(Bytes(32, 0xa3)), "another");
    const auto blinded = voprf::blind(base::SecretBytes(Bytes(16, 7)));
    const auto good = key.evaluate(blinded.element);
    CHECK_FALSE(voprf::finalize(blinded, good, other.publicKey()));
    CHECK_FALSE(
        voprf::finalize(blinded, {other.evaluate(blinded.element).element, good.proof}, key.publicKey()));
    for (std::size_t at = 0; at < voprf::kProof; at += 7) {
        auto proof = good.proof;
        proof[at] ^= 1;
        const auto told = voprf::finalize(blinded, {good.element, proof}, key.publicKey());
        REQUIRE_FALSE(told);
        CHECK(told.error().kind == base::ProblemKind::BadSignature);
    }
    CHECK_FALSE(voprf::finalize(blinded, {good.element, Bytes(63)}, key.publicKey()));
    CHECK_FALSE(voprf::finalize(blinded, {good.element, {}}, key.publicKey()));
}

TEST_CASE("VOPRF: elements and scalars have one form") {
    CHECK(voprf::Element::parse(hex(kPublic)));
    CHECK_FALSE(voprf::Element::parse(Bytes(32, 0)));     // the identity
    CHECK_FALSE(voprf::Element::parse(Bytes(32, 0xff)));  // not below the field's prime
    CHECK_FALSE(voprf::Element::parse(Bytes(31, 1)));
    CHECK_FALSE(voprf::Element::parse({}));
    auto negative = hex(kPublic);
    negative[0] ^= 1;  // odd: a negative representative (RFC 9496 §4.3.1)
    CHECK_FALSE(voprf::Element::parse(negative));
    // The group's order (RFC 9496 §4.4), which is zero written otherwise.
    const auto order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    CHECK_FALSE(voprf::blindWith(base::SecretBytes(Bytes(1, 0)), order));
    CHECK_FALSE(voprf::blindWith(base::SecretBytes(Bytes(1, 0)), Bytes(32, 0)));
}

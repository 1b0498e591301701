#include "crypto/Voprf.h"

#include <sodium.h>

#include <array>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include "crypto/Sodium.h"

namespace tram::crypto::voprf {

using base::ProblemKind;
using base::Result;
using base::SecretBytes;
using Hash = std::array<unsigned char, crypto_hash_sha512_BYTES>;

namespace {

constexpr std::size_t kSeed = 32, kMaxText = 65'535;
static_assert(kElement == crypto_core_ristretto255_BYTES);
static_assert(kScalar == crypto_core_ristretto255_SCALARBYTES);

/// §3.1: "OPRFV1-", the mode (1 is VOPRF), the suite.
std::string context() {
    using namespace std::string_literals;
    return "OPRFV1-\x01-ristretto255-SHA512"s;
}

Hash sha512(std::initializer_list<ByteView> parts) {
    ensureSodium();
    crypto_hash_sha512_state state;
    crypto_hash_sha512_init(&state);
    for (const auto part : parts) crypto_hash_sha512_update(&state, part.data(), part.size());
    Hash hash;
    crypto_hash_sha512_final(&state, hash.data());
    base::wipe(&state, sizeof state);
    return hash;
}

/// RFC 9380 §5.3.1, expand_message_xmd with SHA-512, for the 64 bytes that both uses need.
Hash expand(ByteView message, std::string_view purpose) {
    const std::string tag = std::string(purpose) + context() + char(purpose.size() + context().size());
    constexpr std::array<unsigned char, 128> kBlock{};
    constexpr unsigned char kLength[] = {0, 64}, kZero[] = {0}, kOne[] = {1};
    const auto first = sha512({kBlock, message, kLength, kZero, view(tag)});
    return sha512({first, kOne, view(tag)});
}

void add(Bytes& to, ByteView bytes) {
    to.push_back(static_cast<unsigned char>(bytes.size() >> 8));
    to.push_back(static_cast<unsigned char>(bytes.size() & 0xff));
    to.insert(to.end(), bytes.begin(), bytes.end());
}
void addPlain(Bytes& to, std::string_view text) {
    to.insert(to.end(), text.begin(), text.end());
}

Bytes toScalar(ByteView message, std::string_view purpose = "HashToScalar-") {
    const auto uniform = expand(message, purpose);
    Bytes scalar(kScalar);
    crypto_core_ristretto255_scalar_reduce(scalar.data(), uniform.data());
    return scalar;
}

bool isZero(ByteView bytes) {
    return sodium_is_zero(bytes.data(), bytes.size()) == 1;
}

/// Not zero, and below the group's order: the one way to write it.
bool isScalar(ByteView bytes) {
    if (bytes.size() != kScalar || isZero(bytes)) return false;
    std::array<unsigned char, 64> wide{};
    std::copy(bytes.begin(), bytes.end(), wide.begin());
    std::array<unsigned char, kScalar> reduced{};
    crypto_core_ristretto255_scalar_reduce(reduced.data(), wide.data());
    return sodium_memcmp(reduced.data(), bytes.data(), kScalar) == 0;
}

Bytes randomScalar() {
    ensureSodium();
    Bytes scalar(kScalar);
    crypto_core_ristretto255_scalar_random(scalar.data());
    return scalar;
}

}  // namespace

/// Sums and products; those of a hostile pair may be the identity, which is no Element and fits no proof.
struct Group {
    static Element element(Bytes bytes) { return Element(std::move(bytes)); }
    static Bytes times(ByteView scalar, const Bytes& point) {
        Bytes product(kElement);
        if (crypto_scalarmult_ristretto255(product.data(), scalar.data(), point.data()) != 0)
            product.assign(kElement, 0);
        return product;
    }
    static Bytes timesBase(ByteView scalar) {
        Bytes product(kElement);
        if (crypto_scalarmult_ristretto255_base(product.data(), scalar.data()) != 0)
            product.assign(kElement, 0);
        return product;
    }
    static Bytes plus(const Bytes& a, const Bytes& b) {
        Bytes sum(kElement);
        if (crypto_core_ristretto255_add(sum.data(), a.data(), b.data()) != 0) sum.assign(kElement, 0);
        return sum;
    }
    /// HashToGroup, §4.1. Of no input that anybody could find it is the identity.
    static Bytes ofInput(ByteView input) {
        ensureSodium();
        const auto uniform = expand(input, "HashToGroup-");
        Bytes point(kElement);
        crypto_core_ristretto255_from_hash(point.data(), uniform.data());
        return point;
    }
};

namespace {

/// ComputeComposites, §2.2.1, of one pair: d·C.
Bytes compositeScalar(const Bytes& key, const Bytes& asked, const Bytes& evaluated) {
    Bytes seedText;
    add(seedText, key);
    add(seedText, view("Seed-" + context()));
    const auto seed = sha512({seedText});
    Bytes text;
    add(text, seed);
    text.insert(text.end(), {0, 0});
    add(text, asked);
    add(text, evaluated);
    addPlain(text, "Composite");
    return toScalar(text);
}

Bytes challenge(std::initializer_list<const Bytes*> elements) {
    Bytes text;
    for (const auto* element : elements) add(text, *element);
    addPlain(text, "Challenge");
    return toScalar(text);
}

SecretBytes output(ByteView input, const Bytes& unblinded) {
    Bytes text;
    add(text, input);
    add(text, unblinded);
    addPlain(text, "Finalize");
    auto hash = sha512({text});
    SecretBytes result(Bytes(hash.begin(), hash.end()));
    base::wipe(text.data(), text.size());
    base::wipe(hash.data(), hash.size());
    return result;
}

}  // namespace

std::optional<Element> Element::parse(ByteView bytes) {
    ensureSodium();
    if (bytes.size() != kElement || isZero(bytes) ||
        crypto_core_ristretto255_is_valid_point(bytes.data()) != 1)
        return {};
    return Element(Bytes(bytes.begin(), bytes.end()));
}

ServerKey ServerKey::derive(const SecretBytes& seed, std::string_view info) {
    if (seed.reveal().size() != kSeed || info.size() > kMaxText)
        throw std::logic_error("voprf: seed or info");
    Bytes text = seed.reveal();
    add(text, view(info));
    text.push_back(0);
    for (;; ++text.back()) {
        auto scalar = toScalar(text, "DeriveKeyPair");
        if (isZero(scalar)) continue;
        base::wipe(text.data(), text.size());
        auto shown = Group::element(Group::timesBase(scalar));
        return {SecretBytes(std::move(scalar)), std::move(shown)};
    }
}

Evaluated ServerKey::evaluate(const Element& blinded) const {
    const auto r = randomScalar();
    return *evaluateWith(blinded, r);
}

Result<Evaluated> ServerKey::evaluateWith(const Element& blinded, ByteView r) const {
    if (!isScalar(r)) return base::fail(ProblemKind::OutOfRange);
    const auto& k = secret_.reveal();
    const auto evaluated = Group::times(k, blinded.bytes());
    const auto d = compositeScalar(public_.bytes(), blinded.bytes(), evaluated);
    const auto m = Group::times(d, blinded.bytes()), z = Group::times(k, m);
    const auto t2 = Group::timesBase(r), t3 = Group::times(r, m);
    const auto c = challenge({&public_.bytes(), &m, &z, &t2, &t3});
    Bytes ck(kScalar), proof = c;
    crypto_core_ristretto255_scalar_mul(ck.data(), c.data(), k.data());
    proof.resize(kProof);
    crypto_core_ristretto255_scalar_sub(proof.data() + kScalar, r.data(), ck.data());
    return Evaluated{Group::element(evaluated), std::move(proof)};
}

SecretBytes ServerKey::evaluate(ByteView input) const {
    return output(input, Group::times(secret_.reveal(), Group::ofInput(input)));
}

Result<Blinded> blindWith(SecretBytes input, ByteView blind) {
    if (!isScalar(blind) || input.reveal().size() > kMaxText) return base::fail(ProblemKind::OutOfRange);
    auto element = Group::element(Group::times(blind, Group::ofInput(input.reveal())));
    return Blinded{std::move(input), SecretBytes(Bytes(blind.begin(), blind.end())), std::move(element)};
}

Blinded blind(SecretBytes input) {
    const SecretBytes scalar(randomScalar());
    auto blinded = blindWith(std::move(input), scalar.reveal());
    if (!blinded) throw std::logic_error("voprf: input");
    return std::move(*blinded);
}

namespace {

/// VerifyProof, §2.2.2.
bool proves(const PublicKey& key, const Element& asked, const Evaluated& got) {
    if (got.proof.size() != kProof) return false;
    const ByteView c(got.proof.data(), kScalar), s(got.proof.data() + kScalar, kScalar);
    if (!isScalar(c) || !isScalar(s)) return false;
    const auto d = compositeScalar(key.bytes(), asked.bytes(), got.element.bytes());
    const auto m = Group::times(d, asked.bytes()), z = Group::times(d, got.element.bytes());
    const auto t2 = Group::plus(Group::timesBase(s), Group::times(c, key.bytes()));
    const auto t3 = Group::plus(Group::times(s, m), Group::times(c, z));
    return equalConstantTime(challenge({&key.bytes(), &m, &z, &t2, &t3}), c);
}

}  // namespace

Result<SecretBytes> finalize(const Blinded& asked, const Evaluated& got, const PublicKey& key) {
    if (!proves(key, asked.element, got)) return base::fail(ProblemKind::BadSignature);
    Bytes scalar(kScalar);
    crypto_core_ristretto255_scalar_invert(scalar.data(), asked.blind.reveal().data());
    const SecretBytes inverse(std::move(scalar));
    return output(asked.input.reveal(), Group::times(inverse.reveal(), got.element.bytes()));
}

}  // namespace tram::crypto::voprf

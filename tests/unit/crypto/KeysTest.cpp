#include "crypto/Keys.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "base/Files.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::crypto;
using base::ProblemKind;
using test::TempDir;

namespace {

Bytes hex(std::string_view text) {
    return fromHex(text).value();
}

SigningKey fromSeed(const TempDir& dir, std::string_view seed) {
    const auto bytes = hex(seed);
    REQUIRE(base::writeFileAtomically(dir / "seed",
                                      {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, 0600));
    return SigningKey::load(dir / "seed").value();
}

}  // namespace

TEST_CASE("RFC 8032 section 7.1: Ed25519") {
    struct Vector {
        const char *seed, *publicKey, *message, *signature;
    };
    const auto v =
        GENERATE(values<Vector>({{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590"
                                  "a33bacc61e39701cf9b46bd25bf5f0595bbe246"
                                  "55141438e7a100b"},
                                 {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e"
                                  "15996e458f3613d0f11d8c387b2eaeb4302aeeb0"
                                  "0d291612bb0c00"},
                                 {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                                  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                                  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d"
                                  "16f290ae67f760984dc6594a7c15e9716ed28dc0"
                                  "27beceea1ec40a"}}));
    const TempDir dir;
    const auto key = fromSeed(dir, v.seed);
    CHECK(toHex(key.verifyKey().bytes()) == v.publicKey);
    CHECK(toHex(key.sign(hex(v.message))) == v.signature);
    CHECK(key.verifyKey().verify(hex(v.message), hex(v.signature)));
    CHECK_FALSE(key.verifyKey().verify(view("other"), hex(v.signature)));
}

TEST_CASE("no changed signature verifies") {
    const auto key = SigningKey::generate();
    const auto message = view("Nước ngập");
    const auto signature = key.sign(message);
    for (std::size_t i = 0; i < signature.size() * 8; ++i) {
        auto changed = signature;
        changed[i / 8] ^= static_cast<unsigned char>(1u << i % 8);
        REQUIRE_FALSE(key.verifyKey().verify(message, changed));
    }
    CHECK_FALSE(key.verifyKey().verify(message, ByteView(signature).first(63)));
    CHECK_FALSE(key.verifyKey().verify(message, {}));
    CHECK_FALSE(SigningKey::generate().verifyKey().verify(message, signature));
}

TEST_CASE("public keys travel as text") {
    const auto key = SigningKey::generate().verifyKey();
    const auto back = VerifyKey::parse(key.text());
    REQUIRE(back);
    CHECK(back->bytes() == key.bytes());
    CHECK(back->fingerprint() == key.fingerprint());
    CHECK(key.fingerprint().size() == 16);
    CHECK(key.fingerprint().find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
    CHECK_FALSE(VerifyKey::parse(""));
    CHECK_FALSE(VerifyKey::parse(key.text() + "A"));
    CHECK_FALSE(VerifyKey::parse(key.text().substr(1)));
    CHECK_FALSE(VerifyKey::parse(key.text() + "="));
}

TEST_CASE("keys of small order are refused") {
    // With them a signature of nobody verifies anything (RFC 8032 §8.9; "Taming the many EdDSAs").
    for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"}) {
        CAPTURE(point);
        CHECK_FALSE(VerifyKey::parse(toBase64Url(hex(point))));
    }
    CHECK_FALSE(SealingKey::parse(toBase64Url(Bytes(32, 0))));
    CHECK_FALSE(SealingKey::parse(
        toBase64Url(hex("0100000000000000000000000000000000000000000000000000000000000000"))));
}

TEST_CASE("what is sealed only its key opens") {
    const auto gateway = OpeningKey::generate(), other = OpeningKey::generate();
    const auto seal = SealingKey::parse(gateway.sealingKey().text());
    REQUIRE(seal);
    CHECK(seal->id() == gateway.sealingKey().id());
    CHECK(seal->id().size() == 16);
    for (const std::string plain : {"", "x", "Nước ngập tới gối"}) {
        const auto sealed = seal->seal(view(plain));
        CHECK(sealed != seal->seal(view(plain)));  // a fresh key each time
        const auto opened = gateway.open(sealed);
        REQUIRE(opened);
        CHECK(std::string(opened->reveal().begin(), opened->reveal().end()) == plain);
        CHECK(other.open(sealed).error().kind == ProblemKind::BadSeal);
    }
}

TEST_CASE("no changed box opens") {
    const auto key = OpeningKey::generate();
    const auto sealed = key.sealingKey().seal(view("Nước ngập"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] ^= 0x40;
        REQUIRE(key.open(changed).error().kind == ProblemKind::BadSeal);
        REQUIRE(key.open(ByteView(sealed).first(i)).error().kind == ProblemKind::BadSeal);
    }
}

TEST_CASE("key files keep the key and close it to others") {
    const TempDir dir;
    const auto signing = SigningKey::generate();
    const auto opening = OpeningKey::generate();
    REQUIRE(signing.save(dir / "sign"));
    REQUIRE(opening.save(dir / "open"));
    struct stat info{};
    REQUIRE(::stat((dir / "sign").c_str(), &info) == 0);
    CHECK((info.st_mode & 07777) == 0600);
    CHECK(info.st_size == 32);
    CHECK(SigningKey::load(dir / "sign")->verifyKey().text() == signing.verifyKey().text());
    CHECK(OpeningKey::load(dir / "open")->sealingKey().text() == opening.sealingKey().text());
}

TEST_CASE("a key that others may read is not used") {
    const TempDir dir;
    REQUIRE(SigningKey::generate().save(dir / "key"));
    for (const mode_t mode : {0640, 0604, 0620, 0601, 0660, 0644, 0777}) {
        REQUIRE(::chmod((dir / "key").c_str(), mode) == 0);
        const auto loaded = SigningKey::load(dir / "key");
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().kind == ProblemKind::KeyExposed);
    }
    REQUIRE(::chmod((dir / "key").c_str(), 0400) == 0);
    CHECK(SigningKey::load(dir / "key"));
}

TEST_CASE("a stranger's key is not used") {
    const TempDir dir;
    REQUIRE(SigningKey::generate().save(dir / "key"));
    if (::chown((dir / "key").c_str(), 12345, 12345) != 0) return;  // only root can give files away
    CHECK(SigningKey::load(dir / "key").error().kind == ProblemKind::KeyExposed);
}

TEST_CASE("what is no key file is named") {
    const TempDir dir;
    CHECK(SigningKey::load(dir / "absent").error().kind == ProblemKind::KeyMissing);
    for (const std::size_t size : {0, 1, 31, 33, 64, 100'000}) {
        REQUIRE(base::writeFileAtomically(dir / "key", std::string(size, 'x'), 0600));
        CHECK(SigningKey::load(dir / "key").error().kind == ProblemKind::Malformed);
        CHECK(OpeningKey::load(dir / "key").error().kind == ProblemKind::Malformed);
    }
    REQUIRE(SigningKey::generate().save(dir / "real"));
    std::filesystem::create_symlink(dir / "real", dir / "link");
    CHECK_FALSE(SigningKey::load(dir / "link"));
    CHECK_FALSE(SigningKey::load(dir.path()));
    CHECK_FALSE(SigningKey::generate().save(dir / "absent" / "key"));
}

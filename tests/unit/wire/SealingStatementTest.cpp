#include "wire/SealingStatement.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using nlohmann::json;
using wire::SealingStatement;

namespace {

ProblemKind refusalOf(const std::string& text, const crypto::SigningKey& identity) {
    const auto opened = SealingStatement::open(text, identity.verifyKey());
    REQUIRE_FALSE(opened);
    return opened.error().kind;
}

}  // namespace

TEST_CASE("a statement comes back whole under the key that signed it") {
    const auto gateway = crypto::SigningKey::generate();
    const auto sent = sealingStatement();
    const auto opened = SealingStatement::open(sent.sign(gateway), gateway.verifyKey());
    REQUIRE(opened);
    CHECK(opened->version == sent.version);
    CHECK(opened->issuedAt == sent.issuedAt);
    CHECK(opened->toJson() == sent.toJson());
}

TEST_CASE("another gateway's statement is refused before anything of it is read") {
    const auto gateway = crypto::SigningKey::generate(), stranger = crypto::SigningKey::generate();
    CHECK(refusalOf(sealingStatement().sign(stranger), gateway) == ProblemKind::BadSignature);
    // Nonsense under a foreign signature is a foreign signature, not nonsense: it was not parsed.
    const auto nonsense =
        wire::Dsse::sign(std::string(SealingStatement::kPayloadType), "{", "", stranger).toJson();
    CHECK(refusalOf(nonsense, gateway) == ProblemKind::BadSignature);
    const auto own = wire::Dsse::sign(std::string(SealingStatement::kPayloadType), "{", "", gateway).toJson();
    CHECK(refusalOf(own, gateway) == ProblemKind::Malformed);
    // What the same key signs for another purpose is no statement.
    const auto other = wire::Dsse::sign(std::string(wire::EnrolmentAnswer::kPayloadType),
                                        sealingStatement().toJson(), "", gateway)
                           .toJson();
    CHECK(refusalOf(other, gateway) == ProblemKind::BadSignature);
    CHECK(refusalOf("<html>", gateway) == ProblemKind::Malformed);
    CHECK(refusalOf(std::string(SealingStatement::kMaxBytes + 1, ' '), gateway) == ProblemKind::TooLarge);
}

TEST_CASE("a statement is read strictly") {
    const auto refused = [](auto change) {
        auto body = json::parse(sealingStatement().toJson());
        change(body);
        return !SealingStatement::parse(body.dump());
    };
    CHECK_FALSE(refused([](json&) {}));
    CHECK(refused([](json& s) { s["version"] = 0; }));
    CHECK(refused([](json& s) { s["version"] = 1.5; }));
    CHECK(refused([](json& s) { s["version"] = "1"; }));
    CHECK(refused([](json& s) { s["version"] = 9007199254740993; }));
    CHECK(refused([](json& s) { s["issued_at"] = "today"; }));
    CHECK(refused([](json& s) { s["sealing_keys"] = json::array(); }));
    CHECK(refused([](json& s) { s["sealing_keys"][0]["key"] = std::string(43, 'A'); }));
    CHECK(refused([](json& s) { s["sealing_keys"][0]["more"] = 1; }));
    CHECK(refused([](json& s) { s["more"] = 1; }));
    CHECK(refused([](json& s) {
        for (int i = 0; i < 16; ++i) s["sealing_keys"].push_back(s["sealing_keys"][0]);
    }));
}

TEST_CASE("a former key vouches for one code and one new key") {
    const auto former = crypto::SigningKey::generate(), stranger = crypto::SigningKey::generate();
    auto request = enrolmentRequest();
    CHECK_FALSE(request.formerProven());
    request.succeed(former);
    const auto read = wire::EnrolmentRequest::parse(request.toJson());
    REQUIRE(read);
    REQUIRE(read->former);
    CHECK(read->former->formerKey == former.verifyKey().text());
    CHECK(read->formerProven());

    auto otherCode = *read, otherKey = *read, otherFormer = *read, changed = *read;
    otherCode.secret = "1123456789ABCDEF";
    otherKey.kioskKey = stranger.verifyKey().text();
    otherFormer.former->formerKey = stranger.verifyKey().text();
    changed.former->signature[0] ^= 1;
    for (const auto& false_ : {otherCode, otherKey, otherFormer, changed}) CHECK_FALSE(false_.formerProven());
}

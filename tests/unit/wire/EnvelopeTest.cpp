#include "wire/Envelope.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using nlohmann::json;
using wire::Dsse;
using wire::Envelope;

namespace {

struct Parties {
    crypto::SigningKey kiosk = crypto::SigningKey::generate();
    crypto::OpeningKey gateway = crypto::OpeningKey::generate();
    std::string envelope(std::string_view body) const {
        return Envelope::make(id(), kKiosk, body, gateway.sealingKey(), kiosk);
    }
};

/// The same payload signed again after `change`: an enrolled kiosk that writes nonsense.
template <class Change>
std::string resigned(const Parties& who, Change change) {
    auto payload = json::parse(Dsse::parse(who.envelope("{}"))->payload);
    change(payload);
    return Dsse::sign(std::string(Envelope::kPayloadType), payload.dump(), kKiosk, who.kiosk).toJson();
}

}  // namespace

TEST_CASE("the signature is over DSSE's pre-authentication encoding") {
    // github.com/secure-systems-lab/dsse, protocol.md: the example of PAE
    const auto key = crypto::SigningKey::generate();
    const auto dsse = Dsse::sign("http://example.com/HelloWorld", "hello world", "k", key);
    CHECK(key.verifyKey().verify(crypto::view("DSSEv1 29 http://example.com/HelloWorld 11 hello world"),
                                 dsse.signature));
    const auto parsed = Dsse::parse(dsse.toJson());
    REQUIRE(parsed);
    CHECK(parsed->payload == "hello world");
    CHECK(parsed->payloadType == "http://example.com/HelloWorld");
    CHECK(parsed->keyId == "k");
    CHECK(parsed->verify(key.verifyKey()));
    CHECK(parsed->toJson() == dsse.toJson());
    const auto wire = json::parse(dsse.toJson());
    CHECK(wire["payload"] == "aGVsbG8gd29ybGQ=");
    CHECK(wire["signatures"][0]["keyid"] == "k");
    CHECK(wire.size() == 3);
}

TEST_CASE("type and body cannot flow into each other") {
    const auto key = crypto::SigningKey::generate();
    auto dsse = Dsse::sign("a", "b c", "", key);
    dsse.payloadType = "a 3 b";
    dsse.payload = "c";
    CHECK_FALSE(dsse.verify(key.verifyKey()));
}

TEST_CASE("bytes of any kind travel in a document") {
    const auto key = crypto::SigningKey::generate();
    const std::string payload("\0\xFF\n\"", 4);
    CHECK(Dsse::parse(Dsse::sign("t", payload, "", key).toJson())->payload == payload);
}

TEST_CASE("an envelope is opened by the gateway alone, and says who and what outside") {
    const Parties who;
    const auto body = textOf(action().toJson());
    const auto envelope = Envelope::parse(who.envelope(body));
    REQUIRE(envelope);
    CHECK(envelope->id == id());
    CHECK(envelope->kioskId == kKiosk);
    CHECK(envelope->sealingKeyId == who.gateway.sealingKey().id());
    CHECK(envelope->dsse.verify(who.kiosk.verifyKey()));
    CHECK_FALSE(envelope->dsse.verify(Parties().kiosk.verifyKey()));
    const auto opened = who.gateway.open(envelope->sealed);
    REQUIRE(opened);
    CHECK(std::string(opened->reveal().begin(), opened->reveal().end()) == body);
    CHECK(who.envelope(body).find("Nguy") == std::string::npos);
}

TEST_CASE("no envelope verifies after any one byte was changed") {
    const Parties who;
    const auto bytes = who.envelope("{\"short\":true}");
    std::mt19937 random(1);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        for (const unsigned flip : {1u, 2u, 32u, 128u, 1u + static_cast<unsigned>(random() % 255)}) {
            auto changed = bytes;
            changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ flip);
            const auto envelope = Envelope::parse(changed);
            CAPTURE(i, flip, changed);
            REQUIRE_FALSE((envelope && envelope->dsse.verify(who.kiosk.verifyKey())));
        }
}

TEST_CASE("an envelope cut or lengthened is malformed") {
    const Parties who;
    const auto bytes = who.envelope("{}");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        REQUIRE_FALSE(Envelope::parse(bytes.substr(0, size)));
    CHECK_FALSE(Envelope::parse(bytes + "x"));
}

TEST_CASE("size has an end") {
    const Parties who;
    CHECK(Envelope::parse(who.envelope(std::string(140'000, 'x'))));
    const auto big = who.envelope(std::string(160'000, 'x'));
    REQUIRE(big.size() > Envelope::kMaxBytes);
    CHECK(Envelope::parse(big).error().kind == ProblemKind::TooLarge);
}

TEST_CASE("the payload has exactly its members, each of its shape") {
    const Parties who;
    CHECK(Envelope::parse(resigned(who, [](json&) {})));
    const auto refused = [&](auto change) {
        const auto envelope = Envelope::parse(resigned(who, change));
        return !envelope && envelope.error().kind == ProblemKind::Malformed;
    };
    for (const char* key : {"v", "id", "kiosk", "sealing_key", "sealed"}) {
        CAPTURE(key);
        CHECK(refused([&](json& p) { p.erase(key); }));
        CHECK(refused([&](json& p) { p[key] = nullptr; }));
        CHECK(refused([&](json& p) { p[key] = 2; }));
        CHECK(refused([&](json& p) { p[key] = ""; }));
        CHECK(refused([&](json& p) { p[key] = json::array({p[key]}); }));
    }
    CHECK(refused([](json& p) { p["more"] = 1; }));
    CHECK(refused([](json& p) { p = json::array({p}); }));
    CHECK(refused([](json& p) { p["id"] = "019AA4C1-1E9A-7CC3-98C4-DC0C0C07398F"; }));
    CHECK(refused([](json& p) { p["kiosk"] = kId; }));  // not the one that the key id names
    CHECK(refused([](json& p) { p["sealing_key"] = "0123456789ABCDEF"; }));
    CHECK(refused([](json& p) { p["sealed"] = "AAAA"; }));
}

TEST_CASE("a document has exactly its members, each of its shape") {
    const Parties who;
    const auto refused = [&](auto change) {
        auto document = json::parse(who.envelope("{}"));
        change(document);
        return !Envelope::parse(document.dump());
    };
    CHECK_FALSE(refused([](json&) {}));
    CHECK(refused([](json& d) { d["payloadType"] = "application/vnd.tram.enrolment+json"; }));
    CHECK(refused([](json& d) { d["extra"] = 1; }));
    CHECK(refused([](json& d) { d["signatures"][0]["extra"] = 1; }));
    CHECK(refused([](json& d) { d["signatures"].push_back(d["signatures"][0]); }));
    CHECK(refused([](json& d) { d["signatures"] = json::array(); }));
    CHECK(refused([](json& d) { d["signatures"][0]["sig"] = "AAAA"; }));
    CHECK(refused([](json& d) { d["signatures"][0].erase("keyid"); }));
    CHECK(refused([](json& d) { d["payload"] = "e30"; }));  // "{}" without its padding
    CHECK(refused([](json& d) { d.erase("payload"); }));
}

TEST_CASE("any bytes may arrive as an envelope") {
    const Parties who;
    const auto bytes = who.envelope("{}");
    std::mt19937 random(2);
    for (int i = 0; i < 5000; ++i) {
        auto changed = bytes;
        for (int n = 1 + static_cast<int>(random() % 8); n > 0; --n)
            changed[random() % changed.size()] = static_cast<char>(random());
        if (random() % 4 == 0) changed.erase(random() % changed.size(), random() % 50);
        const auto envelope = Envelope::parse(changed);
        REQUIRE_FALSE((envelope && changed != bytes && envelope->dsse.verify(who.kiosk.verifyKey())));
    }
}

#include "wire/LogHead.h"

#include <catch2/catch.hpp>

#include "Samples.h"
#include "wire/Dsse.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using wire::LogAcknowledgement;
using wire::LogHead;

TEST_CASE("a log's head comes back whole under the key that signed it, with and without a former one") {
    const auto kiosk = crypto::SigningKey::generate(), stranger = crypto::SigningKey::generate();
    auto sent = logHead();
    const auto opened = LogHead::open(sent.sign(kiosk), kiosk.verifyKey());
    REQUIRE(opened);
    CHECK(opened->toJson() == sent.toJson());
    CHECK(opened->after == sent.after);
    sent.after.reset();
    CHECK_FALSE(LogHead::open(sent.sign(kiosk), kiosk.verifyKey())->after);
    CHECK(LogHead::open(sent.sign(stranger), kiosk.verifyKey()).error().kind == ProblemKind::BadSignature);
    CHECK(LogHead::open("<html>", kiosk.verifyKey()).error().kind == ProblemKind::Malformed);
    CHECK(LogHead::open(std::string(LogHead::kMaxBytes + 1, ' '), kiosk.verifyKey()).error().kind ==
          ProblemKind::TooLarge);
}

TEST_CASE("what a gateway acknowledged is no head of a kiosk, nor the other way about") {
    const auto key = crypto::SigningKey::generate();
    const auto said = logAcknowledgement();
    const auto opened = LogAcknowledgement::open(said.sign(key), key.verifyKey());
    REQUIRE(opened);
    CHECK(opened->head == said.head);
    CHECK(opened->at == said.at);
    CHECK(LogHead::open(said.sign(key), key.verifyKey()).error().fact("detail") == "payload type");
    CHECK(LogAcknowledgement::open(logHead().sign(key), key.verifyKey()).error().fact("detail") ==
          "payload type");
    const auto nonsense = wire::Dsse::sign(std::string(LogAcknowledgement::kPayloadType), "{}", "", key);
    CHECK(LogAcknowledgement::open(nonsense.toJson(), key.verifyKey()).error().kind ==
          ProblemKind::Malformed);
}

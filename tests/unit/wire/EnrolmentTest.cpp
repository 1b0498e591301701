#include "wire/Enrolment.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using wire::EnrolmentAnswer;
using wire::EnrolmentCode;
using wire::EnrolmentRequest;

namespace {
const std::string kCode = "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ";
}

TEST_CASE("a code is read however it is typed") {
    const auto typed =
        GENERATE(as<std::string>{}, kCode, "0123456789abcdefghjkmnpqrstvwxyz",
                 " o123 4567–89ab CDEF GHJK MNPQ RSTV WXYZ\t", "OI23-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ");
    const auto code = EnrolmentCode::parse(typed);
    REQUIRE(code);
    CHECK(code->secret == "0123456789ABCDEF");
    CHECK(code->fingerprint == "GHJKMNPQRSTVWXYZ");
    CHECK(code->text() == kCode);
}

TEST_CASE("what is no code is refused") {
    for (const std::string& typed : {std::string(), std::string("0123"), kCode + "0", kCode.substr(1),
                                     kCode.substr(1) + "U", kCode.substr(1) + "!", std::string(5000, '0')})
        CHECK(EnrolmentCode::parse(typed).error().kind == base::ProblemKind::Malformed);
}

TEST_CASE("request and answer come back whole") {
    const auto asked = enrolmentRequest();
    const auto request = EnrolmentRequest::parse(asked.toJson());
    REQUIRE(request);
    CHECK(request->secret == asked.secret);
    CHECK(request->kioskKey == asked.kioskKey);

    const auto sent = enrolmentAnswer();
    const auto answer = EnrolmentAnswer::parse(sent.toJson());
    REQUIRE(answer);
    CHECK(answer->kioskId == sent.kioskId);
    CHECK(answer->prefix == sent.prefix);
    CHECK(answer->stationName == sent.stationName);
    CHECK(answer->contentKey == sent.contentKey);
    CHECK(answer->publicUrl == sent.publicUrl);
    REQUIRE(answer->sealingKeys.size() == 1);
    CHECK(answer->sealingKeys[0].notAfter == kTime);
    CHECK(answer->toJson() == sent.toJson());
}

TEST_CASE("the answer is trusted only under the key of the code") {
    const auto gateway = crypto::SigningKey::generate(), stranger = crypto::SigningKey::generate();
    const auto answer = enrolmentAnswer().toJson();
    const auto dsse = wire::Dsse::parse(
        wire::Dsse::sign(std::string(EnrolmentAnswer::kPayloadType), answer, "gateway", gateway).toJson());
    REQUIRE(dsse);
    CHECK(dsse->verify(gateway.verifyKey()));
    CHECK_FALSE(dsse->verify(stranger.verifyKey()));
    CHECK(EnrolmentAnswer::parse(dsse->payload));
}

TEST_CASE("request and answer are read strictly") {
    const auto requestRefused = [](auto change) {
        auto body = json::parse(enrolmentRequest().toJson());
        change(body);
        return !EnrolmentRequest::parse(body.dump());
    };
    CHECK(requestRefused([](json& r) { r["secret"] = "short"; }));
    CHECK(requestRefused([](json& r) { r["secret"] = "U123456789ABCDEF"; }));
    CHECK(requestRefused([](json& r) { r["kiosk_key"] = std::string(43, 'A'); }));  // a point of small order
    CHECK(requestRefused([](json& r) { r["more"] = 1; }));

    const auto refused = [](auto change) {
        auto body = json::parse(enrolmentAnswer().toJson());
        change(body);
        return !EnrolmentAnswer::parse(body.dump());
    };
    CHECK_FALSE(refused([](json&) {}));
    CHECK(refused([](json& a) { a["prefix"] = "K7"; }));
    CHECK(refused([](json& a) { a["prefix"] = "K7U"; }));
    CHECK(refused([](json& a) { a["kiosk_id"] = "7"; }));
    CHECK(refused([](json& a) { a["public_url"] = "javascript:alert(1)"; }));
    CHECK(refused([](json& a) { a["public_url"] = "https://a b"; }));
    CHECK(refused([](json& a) { a["sealing_keys"] = json::array(); }));
    CHECK(refused([](json& a) { a["sealing_keys"][0]["key"] = ""; }));
    CHECK(refused([](json& a) { a["sealing_keys"][0]["not_after"] = ""; }));
    CHECK(refused([](json& a) { a["more"] = 1; }));
    CHECK(refused([](json& a) { a.erase("content_key"); }));
}

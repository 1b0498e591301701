#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"
#include "crypto/Bytes.h"
#include "wire/GatewayProof.h"

using namespace tram;
using namespace tram::test;

TEST_CASE("a gateway shows who it is to whoever asks with a challenge") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto key = crypto::VerifyKey::parse(kiosk.place.gatewayKey);
    const auto challenge = crypto::toBase64Url(crypto::randomBytes(16));
    const auto told = nlohmann::json::parse(city.send({.path = "/healthz?challenge=" + challenge}).body);
    const auto proof = crypto::fromBase64Url(told.at("proof").get<std::string>());
    const auto fits = [&](const std::string& asked, const std::string& epoch) {
        return key->verify(crypto::view(wire::gatewayProofText(asked, epoch)), *proof);
    };
    CHECK(fits(challenge, told.at("epoch")));
    CHECK_FALSE(fits(crypto::toBase64Url(crypto::randomBytes(16)), told.at("epoch")));
    CHECK_FALSE(fits(challenge, "0123456789abcdef0123456789abcdef"));

    CHECK_FALSE(nlohmann::json::parse(city.send({.path = "/healthz"}).body).contains("proof"));
    // The same key signs enrolments: it signs nothing else that somebody chooses.
    for (const std::string odd : {"", "short", "DSSEv1%2034%20application", "AAAAAAAAAAAAAAAAAAAAA*",
                                  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
        CHECK(city.send({.path = "/healthz?challenge=" + odd}).status == 400);
    CHECK(city.contractFaults().empty());
}

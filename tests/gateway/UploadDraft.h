#pragma once
#include <catch2/catch.hpp>

#include "PretendPhone.h"
#include "crypto/Stream.h"

namespace tram::test {

/// The kiosk's side: a draft with its key.
struct Draft {
    explicit Draft(PretendKiosk& ours, const std::string& language = "") : kiosk(ours) {
        nlohmann::json order = {{"key", key.sealingKey().text()}};
        if (!language.empty()) order["language"] = language;
        const auto reply = ask("POST", "/v1/uploads", order.dump());
        REQUIRE(reply.status == 201);
        const auto answer = nlohmann::json::parse(reply.body);
        id = answer.at("id");
        CHECK(answer.at("link") == kiosk.city.url() + "/p/" + id);
        CHECK(answer.at("expires_in") == 600);
    }
    Reply ask(const std::string& method, const std::string& path, const std::string& body = "") {
        return kiosk.city.send({.method = method,
                                .path = path,
                                .headers = kiosk.auth(),
                                .type = body.empty() ? "" : "application/json",
                                .body = body});
    }
    nlohmann::json state() {
        const auto reply = ask("GET", "/v1/uploads/" + id);
        REQUIRE(reply.status == 200);
        return nlohmann::json::parse(reply.body);
    }
    Reply tell(int number, bool used) {
        return ask("POST", "/v1/uploads/" + id + "/" + std::to_string(number),
                   nlohmann::json{{"used", used}}.dump());
    }
    std::string open(std::size_t number) {
        const auto listed = state().at("pictures").at(number - 1);
        const auto sealed = ask("GET", "/v1/uploads/" + id + "/" + std::to_string(number));
        REQUIRE(sealed.status == 200);
        CHECK(sealed.body.size() == listed.at("size").get<std::size_t>());
        const auto box = crypto::fromBase64Url(listed.at("sealed_key").get<std::string>());
        REQUIRE(box);
        const auto opener = key.open(*box);
        REQUIRE(opener);
        const auto& bytes = opener->reveal();
        REQUIRE(bytes.size() == 56);
        crypto::StreamKey stream{base::SecretBytes({bytes.begin(), bytes.begin() + 32}),
                                 {bytes.begin() + 32, bytes.end()}};
        const auto plain =
            crypto::decryptStream(crypto::view(sealed.body), stream, crypto::view(id), 30'000'000);
        REQUIRE(plain);
        return {plain->reveal().begin(), plain->reveal().end()};
    }
    PretendKiosk& kiosk;
    crypto::OpeningKey key = crypto::OpeningKey::generate();
    std::string id;
};

/// A draft and a phone that has opened its page.
struct OpenPage {
    OpenPage() { phone.get(path); }
    LiveCity city;
    PretendKiosk kiosk{city};
    Draft draft{kiosk};
    PretendPhone phone{city};
    const std::string path = "/p/" + draft.id;
};

}  // namespace tram::test

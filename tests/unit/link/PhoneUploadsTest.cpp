#include "link/PhoneUploads.h"

#include "SignedInLine.h"
#include "crypto/Stream.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using link::PhoneUploads;
using nlohmann::json;

namespace {

const std::string kId = "AAECAwQFBgcICQoLDA0ODw";

/// The gateway's side of one place, as resources/api/gateway.yaml has it.
struct World : SignedInLine {
    crypto::OpeningKey draft = crypto::OpeningKey::generate();
    json place = {{"id", kId}, {"link", "https://tram.example.vn/p/" + kId}, {"expires_in", 600}};
    json state = {{"opened", true}, {"expires_in", 590}, {"pictures", json::array()}};
    std::vector<std::string> pictures, told;
    std::string draftKey, language;
    bool closed = false;

    World() {
        http.server.Post("/v1/uploads", [this](const httplib::Request& request, httplib::Response& response) {
            if (!signedIn(request)) return answerProblem(response, 401);
            draftKey = json::parse(request.body)["key"];
            language = json::parse(request.body)["language"];
            response.status = 201;
            answerJson(response, place.dump());
        });
        http.server.Get("/v1/uploads/" + kId,
                        [this](const httplib::Request& request, httplib::Response& response) {
                            if (!signedIn(request) || closed)
                                return answerProblem(response, closed ? 404 : 401);
                            answerJson(response, state.dump());
                        });
        http.server.Get("/v1/uploads/" + kId + "/([1-3])",
                        [this](const httplib::Request& request, httplib::Response& response) {
                            const auto n = std::stoul(request.matches[1].str());
                            if (!signedIn(request) || n > pictures.size())
                                return answerProblem(response, 404);
                            response.set_content(pictures[n - 1], "application/octet-stream");
                        });
        http.server.Post("/v1/uploads/" + kId + "/([1-9])",
                         [this](const httplib::Request& request, httplib::Response& response) {
                             if (!signedIn(request)) return answerProblem(response, 401);
                             told.push_back(request.matches[1].str() + " " + request.body);
                             if (told.size() > 2) return answerProblem(response, 404);
                             response.status = 204;
                         });
        http.server.Delete("/v1/uploads/" + kId,
                           [this](const httplib::Request&, httplib::Response& response) {
                               if (std::exchange(closed, true)) return answerProblem(response, 404);
                               response.status = 204;
                           });
        http.start();
        uploads = std::make_unique<PhoneUploads>(std::move(client));
    }
    void sent(const std::string& bytes, const crypto::SealingKey& to, const std::string& place = kId) {
        std::string cipher;
        const auto key =
            crypto::encryptStream(crypto::view(bytes), crypto::view(place), [&](crypto::ByteView piece) {
                cipher.append(piece.begin(), piece.end());
                return base::Result<void>();
            });
        crypto::Bytes both = key->key.reveal();
        both.insert(both.end(), key->header.begin(), key->header.end());
        pictures.push_back(cipher);
        state["pictures"].push_back({{"n", pictures.size()},
                                     {"size", cipher.size()},
                                     {"sealed_key", crypto::toBase64Url(to.seal(both))}});
    }
    base::Result<base::SecretBytes> fetch(std::size_t n = 0) {
        const auto list = uploads->state(kId);
        REQUIRE(list);
        REQUIRE(list->pictures.size() > n);
        return uploads->picture(kId, list->pictures[n], draft);
    }
    std::unique_ptr<PhoneUploads> uploads;
};

}  // namespace

TEST_CASE("a place for pictures is bound to the draft's key") {
    World w;
    const auto place = w.uploads->open(w.draft.sealingKey(), "en");
    REQUIRE(place);
    CHECK(w.language == "en");
    CHECK(place->id == kId);
    CHECK(place->link == "https://tram.example.vn/p/" + kId);
    CHECK(place->lives == std::chrono::minutes{10});
    CHECK(w.draftKey == w.draft.sealingKey().text());
}

TEST_CASE("a picture comes as it left the phone") {
    World w;
    const std::string big(200'000, 'J'), small = "EXIF and all";
    w.sent(big, w.draft.sealingKey());
    w.sent(small, w.draft.sealingKey());
    const auto state = w.uploads->state(kId);
    REQUIRE(state);
    CHECK(state->opened);
    CHECK(state->pictures.size() == 2);
    const auto first = w.fetch(0), second = w.fetch(1);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(std::string(first->reveal().begin(), first->reveal().end()) == big);
    CHECK(std::string(second->reveal().begin(), second->reveal().end()) == small);
}

TEST_CASE("a picture sealed for another draft, or put into another place, is refused") {
    World w;
    w.sent("x", crypto::OpeningKey::generate().sealingKey());
    w.sent("x", w.draft.sealingKey(), "AAECAwQFBgcICQoLDA0OEA");
    w.sent(std::string(100'000, 'x'), w.draft.sealingKey());
    CHECK(kindOf(w.fetch(0)) == ProblemKind::BadSeal);
    CHECK(kindOf(w.fetch(1)) == ProblemKind::BadSeal);
    w.pictures[2][70'000] ^= 1;
    CHECK(kindOf(w.fetch(2)) == ProblemKind::BadSeal);
    w.pictures[2].resize(65'536 + 17);  // the last piece is gone
    CHECK_FALSE(w.fetch(2));
}

TEST_CASE("more bytes than were named do not come in") {
    World w;
    w.sent("x", w.draft.sealingKey());
    w.pictures[0] += std::string(100, 'x');
    CHECK(kindOf(w.fetch()) == ProblemKind::BadResponse);
}

TEST_CASE("what became of a picture is told, whichever came before it") {
    World w;
    w.sent("x", w.draft.sealingKey());
    w.state["pictures"][0]["n"] = 9;
    const auto state = w.uploads->state(kId);
    REQUIRE(state);
    CHECK(state->pictures.at(0).number == 9);
    CHECK(w.uploads->tell(kId, 9, true));
    CHECK(w.uploads->tell(kId, 2, false));
    CHECK(w.told == std::vector<std::string>{R"(9 {"used":true})", R"(2 {"used":false})"});
    CHECK(kindOf(w.uploads->tell(kId, 2, false)) == ProblemKind::NotFound);
    CHECK(kindOf(w.uploads->tell("../x", 1, true)) == ProblemKind::OutOfRange);
}

TEST_CASE("a place whose time is over is not found, and closing it twice is fine") {
    World w;
    CHECK(w.uploads->close(kId));
    CHECK(w.uploads->close(kId));
    CHECK(kindOf(w.uploads->state(kId)) == ProblemKind::NotFound);
}

TEST_CASE("answers about a place are read strictly") {
    World w;
    for (const auto& [key, wrong] : {std::pair<const char*, json>{"id", "../x"},
                                     {"id", "short"},
                                     {"link", "x"},
                                     {"expires_in", 601},
                                     {"expires_in", 0}}) {
        World other;
        other.place[key] = wrong;
        CHECK(kindOf(other.uploads->open(w.draft.sealingKey())) == ProblemKind::BadResponse);
    }
    w.sent("x", w.draft.sealingKey());
    for (const auto& [key, wrong] :
         {std::pair<const char*, json>{"n", 0}, {"n", 10}, {"size", 27'000'001}, {"sealed_key", "AA"}}) {
        const auto whole = w.state;
        w.state["pictures"][0][key] = wrong;
        CHECK(kindOf(w.uploads->state(kId)) == ProblemKind::BadResponse);
        w.state = whole;
    }
    w.sent("y", w.draft.sealingKey());
    w.state["pictures"][1]["n"] = 1;  // the same twice
    CHECK(kindOf(w.uploads->state(kId)) == ProblemKind::BadResponse);
    for (const char* id : {"", "../v1/calls", "AAECAwQFBgcICQoLDA0OD"})
        CHECK(kindOf(w.uploads->state(id)) == ProblemKind::OutOfRange);
}

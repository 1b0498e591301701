#include <catch2/catch.hpp>
#include <fstream>
#include <map>

#include "SignedInLine.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using nlohmann::json;
using test::answerHtml;
using test::answerJson;
using test::answerProblem;
using test::kindOf;
using test::kSha;
using Line = test::SignedInLine;

TEST_CASE("every status becomes its Problem", "[link]") {
    const std::map<int, ProblemKind> expected{
        {400, ProblemKind::BadResponse},   {403, ProblemKind::Forbidden},
        {404, ProblemKind::NotFound},      {408, ProblemKind::BadResponse},
        {409, ProblemKind::Conflict},      {413, ProblemKind::TooLarge},
        {422, ProblemKind::Unprocessable}, {429, ProblemKind::TooManyRequests},
        {500, ProblemKind::ServerFault},   {502, ProblemKind::ServerFault},
        {503, ProblemKind::ServerFault}};
    Line line;
    int status = 0;
    line.http.server.Post("/v1/calls", [&](const httplib::Request&, httplib::Response& response) {
        answerProblem(response, status);
        response.set_header("Retry-After", "17");
    });
    line.http.start();
    for (const auto& [code, kind] : expected) {
        CAPTURE(code);
        status = code;
        const auto called = line.client->callOfficer("help");
        CHECK(kindOf(called) == kind);
        CHECK(called.error().fact("status") == std::to_string(code));
        CHECK(called.error().fact("retry_after_s") == "17");
    }
}

TEST_CASE("the kiosk signs in with an assertion of its own and keeps the token", "[link]") {  // RFC 7523
    Line line;
    line.http.server.Post("/v1/heartbeats",
                          [&](const httplib::Request& request, httplib::Response& response) {
                              response.status = line.signedIn(request) ? 204 : 500;
                          });
    line.http.start();
    for (int i = 0; i < 3; ++i)
        REQUIRE(line.client->heartbeat({"0.1.0", 4, 1, 1000, 2, 7, "2026-11-28T08:00:00+07:00"}));
    CHECK(line.tokensAsked == 1);
    CHECK(json::parse(line.last().body) == json{{"version", "0.1.0"},
                                                {"waiting", 4},
                                                {"needs_attention", 1},
                                                {"free_disk_bytes", 1000},
                                                {"damaged_stores", 2},
                                                {"content_version", 7},
                                                {"content_signed_at", "2026-11-28T08:00:00+07:00"}});

    SECTION("until shortly before it runs out") {
        line.clock.advance(std::chrono::seconds(280));
        REQUIRE(line.client->heartbeat({}));
        CHECK(line.tokensAsked == 1);
        line.clock.advance(std::chrono::seconds(15));
        line.gatewayNow = line.clock.wall();
        REQUIRE(line.client->heartbeat({}));
        CHECK(line.tokensAsked == 2);
        CHECK(line.assertions[0] != line.assertions[1]);
    }
}

TEST_CASE("401: one new token, and not a third", "[link]") {
    Line line;
    int refusals = 1, posts = 0;
    line.http.server.Post("/v1/calls", [&](const httplib::Request& request, httplib::Response& response) {
        ++posts;
        if (refusals-- > 0 || !line.signedIn(request)) return answerProblem(response, 401);
        response.status = 204;
    });
    line.http.start();
    SECTION("the gateway forgot the first") {
        CHECK(line.client->callOfficer("help"));
        CHECK(posts == 2);
    }
    SECTION("the gateway refuses this kiosk") {
        refusals = 100;
        CHECK(kindOf(line.client->callOfficer("help")) == ProblemKind::Unauthorized);
        CHECK(posts == 2);
    }
    CHECK(line.tokensAsked == 2);
}

TEST_CASE("a token endpoint that does not give one", "[link]") {
    Line line;
    line.http.start();
    SECTION("refused") {
        line.tokenAnswer = [](auto&, auto& response) {
            response.status = 400;
            answerJson(response, R"({"error":"invalid_client"})");
        };
        CHECK(kindOf(line.client->callOfficer("help")) == ProblemKind::Unauthorized);
    }
    SECTION("a portal") {
        line.tokenAnswer = [](auto&, auto& response) { answerHtml(response, 401); };
        CHECK(kindOf(line.client->callOfficer("help")) == ProblemKind::NotTheGateway);
    }
    SECTION("a token that would end its header line") {
        line.tokenAnswer = [](auto&, auto& response) {
            answerJson(response, R"({"access_token":"a\r\nX: y","expires_in":9})");
        };
        CHECK(kindOf(line.client->callOfficer("help")) == ProblemKind::BadResponse);
    }
    SECTION("an answer without one") {
        for (const char* body : {"{}", "[]", "{", R"({"access_token":7})", R"({"access_token":""})",
                                 R"({"access_token":"t","expires_in":"soon"})"}) {
            CAPTURE(body);
            line.tokenAnswer = [&](auto&, auto& response) { answerJson(response, body); };
            CHECK(kindOf(line.client->callOfficer("help")) == ProblemKind::BadResponse);
        }
    }
}

TEST_CASE("a kiosk whose clock is off signs in by the gateway's clock", "[link]") {
    Line line;
    line.http.server.Post("/v1/calls", [&](const httplib::Request& request, httplib::Response& response) {
        response.status = line.signedIn(request) ? 204 : 401;
    });
    line.http.start();
    base::fromRfc3339("2026-11-21T12:00:00Z", line.gatewayNow);
    line.date = "Sat, 21 Nov 2026 12:00:00 GMT";
    line.clock.set("2019-01-01T00:00:00Z");
    CHECK(line.client->callOfficer("help"));
    CHECK(line.client->gatewayTime() == line.gatewayNow);
    CHECK(line.tokensAsked == 2);
}

TEST_CASE("without enrolment nothing is asked in a kiosk's name", "[link]") {
    Line line(false);
    line.http.start();
    CHECK(kindOf(line.client->callOfficer("help")) == ProblemKind::NotEnrolled);
    CHECK(kindOf(line.client->postActions({"{}"})) == ProblemKind::NotEnrolled);
    CHECK(line.seen.empty());
}

TEST_CASE("attachments: how far, and from there on", "[link]") {
    Line line;
    const test::TempDir dir;
    std::ofstream(dir / "file") << "0123456789";
    std::function<void(httplib::Response&)> answer;
    const auto state = [](httplib::Response& response, const char* offset, const char* complete) {
        response.set_header("Upload-Offset", offset);
        response.set_header("Upload-Complete", complete);
    };
    line.http.server.Get("/v1/attachments/" + kSha,
                         [&](const httplib::Request&, httplib::Response& response) { answer(response); });
    line.http.server.Put("/v1/attachments/" + kSha,
                         [&](const httplib::Request&, httplib::Response& response) { answer(response); });
    line.http.start();

    SECTION("nothing yet") {
        answer = [](auto& response) { answerProblem(response, 404); };
        const auto found = line.client->attachmentState(kSha);
        REQUIRE(found);
        CHECK(found->offset == 0);
        CHECK_FALSE(found->complete);
    }
    SECTION("half, whole") {
        answer = [&](auto& response) { state(response, "5", "?0"); };
        CHECK(line.client->attachmentState(kSha)->offset == 5);
        CHECK_FALSE(line.client->attachmentState(kSha)->complete);
        answer = [&](auto& response) { state(response, "10", "?1"); };
        CHECK(line.client->attachmentState(kSha)->complete);
    }
    SECTION("the rest of it") {
        answer = [&](auto& response) { state(response, "10", "?1"); };
        const auto put = line.client->putAttachment(kSha, dir / "file", 10, 4);
        REQUIRE(put);
        CHECK(put->complete);
        CHECK(line.last().body == "456789");
        CHECK(line.last().get_header_value("Content-Range") == "bytes 4-9/10");
        CHECK(line.last().get_header_value("Content-Type") == "application/octet-stream");
    }
    SECTION("the gateway is elsewhere") {
        answer = [&](auto& response) {
            answerProblem(response, 409);
            state(response, "7", "?0");
        };
        const auto put = line.client->putAttachment(kSha, dir / "file", 10, 4);
        CHECK(kindOf(put) == ProblemKind::Conflict);
        CHECK(put.error().fact("offset") == "7");
    }
    SECTION("answers that say nothing") {
        for (const auto& [offset, complete] : std::vector<std::pair<const char*, const char*>>{
                 {"", ""}, {"x", "?1"}, {"-1", "?0"}, {"5", "1"}, {"5", "true"}}) {
            CAPTURE(offset, complete);
            answer = [&](auto& response) { state(response, offset, complete); };
            CHECK(kindOf(line.client->attachmentState(kSha)) == ProblemKind::NotTheGateway);
        }
    }
    SECTION("a file that is not there") {
        CHECK(kindOf(line.client->putAttachment(kSha, dir / "none", 10, 0)) == ProblemKind::FileMissing);
        CHECK(kindOf(line.client->putAttachment(kSha, dir / "file", 10, 10)) == ProblemKind::OutOfRange);
    }
}

TEST_CASE("envelopes travel byte for byte", "[link]") {
    Line line;
    std::string body;
    std::function<void(httplib::Response&)> answer = [](auto& response) {
        answerJson(response, R"({"epoch":"e1","results":[]})");
    };
    line.http.server.Post("/v1/actions", [&](const httplib::Request& request, httplib::Response& response) {
        body = request.body;
        answer(response);
    });
    line.http.start();
    SECTION("as they are stored, blanks and order of keys too") {
        const auto answered = line.client->postActions({R"({ "b":1 , "a":2})", "{}\n"});
        REQUIRE(answered);
        CHECK(answered->epoch == "e1");
        CHECK(body == "{\"actions\":[{ \"b\":1 , \"a\":2},{}\n]}");
    }
    SECTION("answers that are not what was asked for") {
        for (const char* text : {"", "{", "[]", "{}", R"({"epoch":"e1"})",
                                 R"({"epoch":"e1","results":[{"id":"x","verdict":"accepted"}]})"}) {
            CAPTURE(text);
            answer = [&](auto& response) { answerJson(response, text); };
            CHECK(kindOf(line.client->postActions({"{}"})) == ProblemKind::BadResponse);
        }
        answer = [](auto& response) { answerHtml(response); };
        CHECK(kindOf(line.client->postActions({"{}"})) == ProblemKind::NotTheGateway);
    }
}

TEST_CASE("following a report", "[link]") {
    Line line;
    wire::FeedbackStatus status;
    status.trackingCode = "K7M3Q9X2TW";
    status.source = "1022";
    status.asOf = "2026-11-21T09:41:07+07:00";
    status.history = {{wire::FeedbackState::Received, "2026-11-21T09:41:07+07:00", ""}};
    line.http.server.Get(
        "/v1/feedback/K7M3Q9X2TW",
        [&](const httplib::Request&, httplib::Response& response) { answerJson(response, status.toJson()); });
    line.http.start();

    SECTION("the public part, with the kiosk's token") {
        const auto found = line.client->feedback("K7M3Q9X2TW", {});
        REQUIRE(found);
        CHECK(found->source == "1022");
        CHECK(line.signedIn(line.last()));
        CHECK_FALSE(line.last().has_header("Receipt-Secret"));
    }
    SECTION("with the receipt, whose secret is in a header and never in the address") {
        REQUIRE(line.client->feedback("K7M3Q9X2TW", base::SecretText("c2VjcmV0")));
        CHECK(line.last().get_header_value("Receipt-Secret") == "c2VjcmV0");
        CHECK(line.last().target == "/v1/feedback/K7M3Q9X2TW");
    }
    SECTION("a kiosk that is refused may follow as anybody may") {
        line.tokenAnswer = [](auto&, auto& response) {
            response.status = 401;
            answerJson(response, R"({"error":"invalid_client"})");
        };
        REQUIRE(line.client->feedback("K7M3Q9X2TW", {}));
        CHECK_FALSE(line.last().has_header("Authorization"));
    }
    SECTION("another's report, mixed up on the way, is not shown") {
        line.http.server.Get("/v1/feedback/K7M3Q9X2TX",
                             [&](const httplib::Request&, httplib::Response& response) {
                                 answerJson(response, status.toJson());
                             });
        CHECK(kindOf(line.client->feedback("K7M3Q9X2TX", {})) == ProblemKind::BadResponse);
    }
    SECTION("a code that is none goes nowhere") {
        for (const char* code : {"", "../healthz", "K7M-3Q9-X2T-W", "K7M3Q9X2TWWWW", "K7M3Q9?x=1"}) {
            CAPTURE(code);
            CHECK(kindOf(line.client->feedback(code, {})) == ProblemKind::OutOfRange);
        }
        CHECK(line.seen.empty());
    }
}

TEST_CASE("looking up a dossier", "[link]") {
    Line line;
    wire::DossierStatus status;
    status.code = "H29.25-260310-0420";
    status.source = "demo";
    status.asOf = "2026-11-21T09:41:07+07:00";
    int answer = 200;
    std::string type = "urn:tram:problem:source_silent";
    line.http.server.Get("/v1/dossiers/(.+)", [&](const httplib::Request&, httplib::Response& response) {
        if (answer == 200) return answerJson(response, status.toJson());
        response.status = answer;
        response.set_header("Retry-After", "15");
        response.set_content(nlohmann::json{{"type", type}, {"status", answer}}.dump(),
                             "application/problem+json");
    });
    line.http.start();

    SECTION("with the kiosk's token") {
        const auto found = line.client->dossier("H29.25-260310-0420");
        REQUIRE(found);
        CHECK(found->source == "demo");
        CHECK(line.signedIn(line.last()));
        CHECK(line.last().target == "/v1/dossiers/H29.25-260310-0420");
    }
    SECTION("its slip's secret goes along in a header, and only where there is one") {
        const base::SecretText secret("lan-da-nhan");
        REQUIRE(line.client->dossier("H29.25-260310-0420", secret));
        CHECK(line.last().get_header_value("Slip-Secret") == "lan-da-nhan");
        REQUIRE(line.client->dossier("H29.25-260310-0420"));
        CHECK_FALSE(line.last().has_header("Slip-Secret"));
    }
    SECTION("another's, mixed up on the way, is not shown") {
        CHECK(kindOf(line.client->dossier("H29.25-260310-0421")) == ProblemKind::BadResponse);
    }
    SECTION("a source that does not answer is told from a gateway that does not") {
        answer = 503;
        const auto silent = line.client->dossier("H29.25-260310-0420");
        CHECK(kindOf(silent) == ProblemKind::ServerFault);
        CHECK(silent.error().fact("detail") == "source");
        CHECK(silent.error().fact("retry_after_s") == "15");
        type = "urn:tram:problem:unavailable";
        CHECK(line.client->dossier("H29.25-260310-0420").error().fact("detail").empty());
        answer = 404;
        CHECK(kindOf(line.client->dossier("H29.25-260310-0420")) == ProblemKind::NotFound);
    }
    SECTION("a code that is none goes nowhere") {
        for (const char* code : {"", ".", "..", "../healthz", "H29 25", "H29?x=1", "H29%2e"}) {
            CAPTURE(code);
            CHECK(kindOf(line.client->dossier(code)) == ProblemKind::OutOfRange);
        }
        CHECK(kindOf(line.client->dossier(std::string(65, '1'))) == ProblemKind::OutOfRange);
        CHECK(line.seen.empty());
    }
}

TEST_CASE("content is fetched when it has changed", "[link]") {
    Line line;
    line.http.server.Get("/v1/content/feedback-fields.json",
                         [&](const httplib::Request& request, httplib::Response& response) {
                             response.set_header("ETag", "\"v2\"");
                             if (request.get_header_value("If-None-Match") == "\"v2\"") {
                                 response.status = 304;
                             } else {
                                 response.set_content("{\"payload\":1}", "application/vnd.dsse+json");
                             }
                         });
    line.http.start();
    const auto first = line.client->content("feedback-fields", "");
    REQUIRE(first);
    REQUIRE(first->has_value());
    CHECK((*first)->bytes == "{\"payload\":1}");
    CHECK((*first)->etag == "\"v2\"");
    const auto again = line.client->content("feedback-fields", "\"v2\"");
    REQUIRE(again);
    CHECK_FALSE(again->has_value());
    CHECK((*line.client->content("feedback-fields", "\"v1\"")).has_value());
    CHECK(kindOf(line.client->content("../v1/actions", "")) == ProblemKind::OutOfRange);
}

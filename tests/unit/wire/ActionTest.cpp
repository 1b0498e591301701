#include "wire/Action.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using nlohmann::json;
using wire::ActionBody;
using wire::ActionVerdict;
using wire::BatchAnswer;

TEST_CASE("an action comes back whole") {
    const auto sent = action();
    const auto read = ActionBody::parse(textOf(sent.toJson()));
    REQUIRE(read);
    CHECK(read->id == sent.id);
    CHECK(read->kind == sent.kind);
    CHECK(read->kioskId == sent.kioskId);
    CHECK(read->createdAt == sent.createdAt);
    CHECK(json::parse(textOf(read->fieldsJson)) == json::parse(textOf(sent.fieldsJson)));
    REQUIRE(read->attachments.size() == 2);
    CHECK(read->attachments[1].sha256 == kHash);
    CHECK(read->attachments[1].size == 12345);
    CHECK(read->attachments[1].key.key.reveal() == crypto::Bytes(32, 7));
    CHECK(read->attachments[1].key.header == crypto::Bytes(24, 9));
    CHECK(read->attachments[1].mediaType == "image/jpeg");
    CHECK(textOf(read->toJson()) == textOf(sent.toJson()));
}

TEST_CASE("fields that are no object are a bug of ours") {
    auto body = action();
    body.fieldsJson = secret("[1]");
    CHECK_THROWS_AS(body.toJson(), std::logic_error);
    body.fieldsJson = secret("");
    CHECK_THROWS_AS(body.toJson(), std::logic_error);
}

TEST_CASE("an action is read strictly") {
    const auto refused = [](auto change) {
        auto body = json::parse(textOf(action().toJson()));
        change(body);
        const auto read = ActionBody::parse(body.dump());
        return !read && read.error().kind == ProblemKind::Malformed;
    };
    CHECK_FALSE(refused([](json&) {}));
    CHECK_FALSE(refused([](json& b) { b["attachments"] = json::array(); }));
    CHECK(refused([](json& b) { b["v"] = 2; }));
    CHECK(refused([](json& b) { b["v"] = 1.0; }));
    CHECK(refused([](json& b) { b["more"] = 1; }));
    CHECK(refused([](json& b) { b["kind"] = "Feedback"; }));
    CHECK(refused([](json& b) { b["kind"] = std::string(65, 'a'); }));
    CHECK(refused([](json& b) { b["created_at"] = "today"; }));
    CHECK(refused([](json& b) { b["fields"] = "{}"; }));
    CHECK(refused([](json& b) { b["attachments"] = json::object(); }));
    CHECK(refused([](json& b) { b["attachments"] = json(17, b["attachments"][0]); }));
    CHECK(refused([](json& b) { b["attachments"][0]["sha256"] = std::string(64, 'A'); }));
    CHECK(refused([](json& b) { b["attachments"][0]["size"] = 0; }));
    CHECK(refused([](json& b) { b["attachments"][0]["size"] = -1; }));
    CHECK(refused([](json& b) { b["attachments"][0]["size"] = 18446744073709551615u; }));
    CHECK(refused([](json& b) { b["attachments"][0]["key"] = "AAAA"; }));
    CHECK(refused([](json& b) { b["attachments"][0]["media_type"] = "image/jpeg; x=1"; }));
    CHECK(refused([](json& b) { b["attachments"][0]["media_type"] = "../x"; }));
    CHECK(refused([](json& b) { b["attachments"][1].erase("header"); }));
}

TEST_CASE("what is wrong is named by our member, never by what came") {
    auto body = json::parse(textOf(action().toJson()));
    body["Nguyễn Thị Thử"] = 1;
    CHECK(ActionBody::parse(body.dump()).error().fact("key").empty());
    body.erase("Nguyễn Thị Thử");
    body["attachments"][0]["size"] = 0;
    CHECK(ActionBody::parse(body.dump()).error().fact("key") == "size");
}

TEST_CASE("a batch's answer comes back whole") {
    const auto sent = batchAnswer();
    const auto read = BatchAnswer::parse(sent.toJson());
    REQUIRE(read);
    CHECK(read->epoch == sent.epoch);
    CHECK(read->taken == sent.taken);
    CHECK(read->backedUp == sent.backedUp);
    REQUIRE(read->results.size() == 3);
    CHECK(read->results[0].verdict == ActionVerdict::Accepted);
    CHECK(read->results[1].missing == sent.results[1].missing);
    CHECK(read->results[2].reason == "signature");
    CHECK(read->toJson() == sent.toJson());
    auto early = batchAnswer();
    early.taken = early.backedUp = 0;
    CHECK(BatchAnswer::parse(early.toJson())->taken == 0);
    CHECK(BatchAnswer::parse(early.toJson())->backedUp == 0);
}

TEST_CASE("every verdict has a name that reads back") {
    for (const auto verdict : {ActionVerdict::Accepted, ActionVerdict::Replayed, ActionVerdict::Conflict,
                               ActionVerdict::MissingAttachments, ActionVerdict::Refused})
        CHECK(wire::actionVerdictFrom(name(verdict)) == verdict);
    CHECK_FALSE(wire::actionVerdictFrom("maybe"));
}

TEST_CASE("a batch's answer may be widened but not bent") {
    const auto accepted = [](auto change) {
        auto answer = json::parse(batchAnswer().toJson());
        change(answer);
        return BatchAnswer::parse(answer.dump()).has_value();
    };
    CHECK(accepted([](json& a) { a["new"] = 1; }));
    CHECK(accepted([](json& a) { a["results"][0]["new"] = 1; }));
    CHECK_FALSE(accepted([](json& a) { a.erase("epoch"); }));
    CHECK_FALSE(accepted([](json& a) { a["epoch"] = ""; }));
    CHECK_FALSE(accepted([](json& a) { a["backed_up"] = 0; }));
    CHECK_FALSE(accepted([](json& a) { a["taken"] = "7"; }));
    CHECK_FALSE(accepted([](json& a) { a["taken"] = -1; }));
    CHECK_FALSE(accepted([](json& a) { a["taken"] = 1.5; }));
    CHECK_FALSE(accepted([](json& a) { a["results"][0]["verdict"] = "maybe"; }));
    CHECK_FALSE(accepted([](json& a) { a["results"][1]["missing"][0] = "x"; }));
    CHECK_FALSE(accepted([](json& a) { a["results"][1]["missing"][0] = 1; }));
    CHECK_FALSE(accepted([](json& a) { a["results"] = json(101, a["results"][0]); }));
    CHECK_FALSE(accepted([](json& a) { a = json::array(); }));
}

#include "wire/FeedbackReport.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using wire::Disclosure;
using wire::FeedbackReport;
using wire::FeedbackState;
using wire::FeedbackStatus;

namespace {

template <class Change>
bool accepted(Disclosure disclosure, Change change) {
    auto body = json::parse(textOf(report(disclosure).toJson()));
    change(body);
    const auto read = FeedbackReport::parse(body.dump());
    if (!read) CHECK(read.error().kind == base::ProblemKind::Malformed);
    return read.has_value();
}

}  // namespace

TEST_CASE("a report comes back whole") {
    const auto disclosure = GENERATE(Disclosure::Named, Disclosure::NameHidden);
    const auto sent = report(disclosure);
    const auto read = FeedbackReport::parse(textOf(sent.toJson()));
    REQUIRE(read);
    CHECK(read->trackingCode == sent.trackingCode);
    CHECK(textOf(read->receiptSecret) == textOf(sent.receiptSecret));
    CHECK(read->fieldId == sent.fieldId);
    CHECK(textOf(read->text) == textOf(sent.text));
    CHECK(read->wardCode == sent.wardCode);
    CHECK(textOf(read->address) == textOf(sent.address));
    CHECK(textOf(read->landmark) == textOf(sent.landmark));
    CHECK(read->disclosure == disclosure);
    CHECK(textOf(read->name) == textOf(sent.name));
    CHECK(textOf(read->phone) == textOf(sent.phone));
    CHECK(textOf(read->email) == textOf(sent.email));
    CHECK(textOf(read->reporterSubject) == textOf(sent.reporterSubject));
    CHECK(read->consentVersion == sent.consentVersion);
    CHECK(read->consentAt == sent.consentAt);
    CHECK(read->language == "vi");
    CHECK(textOf(read->toJson()) == textOf(sent.toJson()));
}

TEST_CASE("an anonymous report carries nobody, even if someone was typed in") {  // STANDARDS 14
    const auto text = textOf(report(Disclosure::Anonymous).toJson());
    for (const char* trace :
         {"Nguyễn Thị Thử", "0901", "thu@", "\"name\"", "\"phone\"", "\"email\"", "reporter", ":07.250"}) {
        CAPTURE(trace);
        CHECK(text.find(trace) == std::string::npos);
    }
    const auto read = FeedbackReport::parse(text);
    REQUIRE(read);
    CHECK(read->consentAt == "2026-11-21T09:00:00.000+07:00");
    CHECK(read->name.empty());
    CHECK(textOf(read->toJson()) == text);
}

TEST_CASE("an anonymous report with somebody in it is refused") {  // STANDARDS 14
    CHECK(accepted(Disclosure::Anonymous, [](json&) {}));
    for (const char* key : {"name", "phone", "email"}) {
        CHECK_FALSE(accepted(Disclosure::Anonymous, [&](json& r) { r[key] = "0901234567"; }));
        CHECK_FALSE(accepted(Disclosure::Anonymous, [&](json& r) { r[key] = ""; }));
        CHECK_FALSE(accepted(Disclosure::Anonymous, [&](json& r) { r[key] = nullptr; }));
    }
    CHECK_FALSE(accepted(Disclosure::Anonymous,
                         [](json& r) { r["reporter"] = {{"subject", std::string(43, 'A')}}; }));
    CHECK_FALSE(accepted(Disclosure::Anonymous, [](json& r) { r["consent_at"] = kTime; }));
    CHECK_FALSE(accepted(Disclosure::Named, [](json& r) { r["disclosure"] = "anonymous"; }));
}

TEST_CASE("a report with a name has one, and a way to answer") {
    for (const auto d : {Disclosure::Named, Disclosure::NameHidden}) {
        CHECK(accepted(d, [](json& r) { r["phone"] = ""; }));
        CHECK(accepted(d, [](json& r) { r["email"] = ""; }));
        CHECK_FALSE(accepted(d, [](json& r) { r["phone"] = r["email"] = ""; }));
        CHECK_FALSE(accepted(d, [](json& r) { r["name"] = ""; }));
        CHECK_FALSE(accepted(d, [](json& r) { r.erase("name"); }));
        CHECK_FALSE(accepted(d, [](json& r) { r["phone"] = "drop table"; }));
        CHECK_FALSE(accepted(d, [](json& r) { r["email"] = "nobody"; }));
        CHECK_FALSE(accepted(d, [](json& r) { r["email"] = "a@b@c"; }));
    }
}

TEST_CASE("a report is read strictly") {
    const auto refused = [](auto change) { return !accepted(Disclosure::Named, change); };
    const auto whole = json::parse(textOf(report().toJson()));
    for (const auto& [key, value] : whole.items()) {
        CAPTURE(key);
        // Nobody need have been logged in.
        CHECK(refused([&, k = key](json& r) { r.erase(k); }) == (key != "reporter"));
        CHECK(refused([&, k = key](json& r) { r[k] = 7; }));
        CHECK(refused([&, k = key](json& r) { r[k] = json::object(); }));
        CHECK(refused([&, k = key](json& r) { r[k] = std::string("a\0b", 3); }));
    }
    CHECK(refused([](json& r) { r["more"] = ""; }));
    CHECK(refused([](json& r) { r["tracking_code"] = "K7M3Q9X2TV"; }));  // wrong check symbol
    CHECK(refused([](json& r) { r["tracking_code"] = "k7m3q9x2tw"; }));
    CHECK(refused([](json& r) { r["receipt_secret"] = "AAECAwQFBgcICQoLDA0OD"; }));
    CHECK(refused([](json& r) { r["text"] = ""; }));
    CHECK(refused([](json& r) { r["text"] = "tab\there"; }));
    CHECK(refused([](json& r) { r["text"] = std::string(64 * 1024 + 1, 'x'); }));
    CHECK(refused([](json& r) { r["address"] = "line\nbreak"; }));
    CHECK(refused([](json& r) { r["field"] = "Cap Nuoc"; }));
    CHECK(refused([](json& r) { r["field"] = "../x"; }));
    CHECK(refused([](json& r) { r["language"] = "fr"; }));
    CHECK(refused([](json& r) { r["disclosure"] = "secret"; }));
}

TEST_CASE("every state and disclosure has a name that reads back") {
    for (const auto d : {Disclosure::Named, Disclosure::NameHidden, Disclosure::Anonymous})
        CHECK(wire::disclosureFrom(name(d)) == d);
    for (const auto s : {FeedbackState::Received, FeedbackState::Accepted, FeedbackState::Forwarded,
                         FeedbackState::InProgress, FeedbackState::Answered, FeedbackState::Refused})
        CHECK(wire::feedbackStateFrom(name(s)) == s);
    CHECK_FALSE(wire::disclosureFrom(""));
    CHECK_FALSE(wire::feedbackStateFrom("done"));
}

TEST_CASE("a status comes back whole, open or not") {
    auto sent = status();
    const auto read = FeedbackStatus::parse(sent.toJson());
    REQUIRE(read);
    CHECK(read->state == FeedbackState::Answered);
    CHECK(read->externalNumber == sent.externalNumber);
    CHECK(read->history.size() == 2);
    CHECK(read->history[1].unit == sent.history[1].unit);
    REQUIRE(read->opened);
    CHECK(textOf(read->opened->answer) == "Đã thông cống.");
    CHECK(read->toJson() == sent.toJson());

    sent.opened.reset();
    sent.externalNumber = sent.unit = sent.due = "";
    sent.history.clear();
    const auto bare = FeedbackStatus::parse(sent.toJson());
    REQUIRE(bare);
    CHECK_FALSE(bare->opened);
    CHECK(bare->due.empty());
    CHECK(bare->toJson() == sent.toJson());
    CHECK(sent.toJson().find("Nguyễn Huệ") == std::string::npos);
}

TEST_CASE("a status may be widened but not bent") {
    const auto ok = [](auto change) {
        auto body = json::parse(status().toJson());
        change(body);
        return FeedbackStatus::parse(body.dump()).has_value();
    };
    CHECK(ok([](json& s) { s["new"] = 1; }));
    CHECK_FALSE(ok([](json& s) { s["state"] = "done"; }));
    CHECK_FALSE(ok([](json& s) { s["due"] = ""; }));
    CHECK_FALSE(ok([](json& s) { s["history"][0]["at"] = "yesterday"; }));
    CHECK_FALSE(ok([](json& s) { s["history"] = json(201, s["history"][0]); }));
    CHECK_FALSE(ok([](json& s) { s["opened"] = nullptr; }));
    CHECK_FALSE(ok([](json& s) { s["opened"].erase("answer"); }));
    CHECK_FALSE(ok([](json& s) { s["unit"] = "two\nlines"; }));
    CHECK_FALSE(ok([](json& s) { s["tracking_code"] = "K7M"; }));
}

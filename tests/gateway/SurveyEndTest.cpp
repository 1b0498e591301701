// By which form, and until when, an answer counts.
#include <catch2/catch.hpp>

#include "SurveyDesk.h"

using namespace tram;
using namespace tram::test;
using std::chrono::days;
using std::chrono::hours;

namespace {

std::filesystem::path packOf(const std::filesystem::path& file, const std::string& form,
                             const std::string& until) {
    const nlohmann::json fields = {{"about", "Mẫu"}, {"until", until}, {"form", form}};
    REQUIRE(pack::writePack(file, {"surveys", "nobody", "2026-11-20T08:00:00+07:00"},
                            {{"survey", "open", "Khảo sát mẫu", "", {}, fields.dump(), "", 1}}));
    return file;
}

/// A survey that is published again and again, and answers as they are judged.
struct Published {
    QuietCity quiet;
    TempDir dir;
    std::vector<std::filesystem::path> packs;
    gateway::SurveyForms forms{*quiet.city->storage.reports, [this] { return packs; }};
    gateway::SurveyStore store{*quiet.city->storage.reports, forms, quiet.city->surveyTokens, days(5)};
    base::WallTime now = at("2026-12-01T09:30:00+07:00");
    int versions = 0;

    static base::WallTime at(const char* text) {
        base::WallTime time;
        REQUIRE(base::fromRfc3339(text, time));
        return time;
    }
    void publish(const std::string& form, const char* until) {
        packs = {packOf(dir / std::to_string(++versions), form, until)};
        REQUIRE(forms.follow(now));
    }
    void withdraw() {
        packs.clear();
        REQUIRE(forms.follow(now));
    }
    std::string judge(const std::string& form, const char* answered, const char* received) {
        auto answer = surveyAnswer("open", R"({"how": "good"})");
        answer.formHash = form::hashOf(form);
        const auto wrong = store.judge(answer, {at(answered), at(received)});
        REQUIRE(wrong);
        return *wrong ? (*wrong)->what : "";
    }
};

const std::string kOpen = surveyForm("anonymous", false), kOnce = surveyForm("anonymous", true);

std::string reworded() {
    auto form = nlohmann::json::parse(kOpen);
    form["title"]["vi"] = "Khảo sát mẫu, sửa lại";
    return form.dump();
}

}  // namespace

TEST_CASE("surveys: who answered in time may be late by so many days") {
    Published city;
    city.publish(kOpen, "2026-12-10");
    const auto judge = [&](const char* answered, const char* received) {
        return city.judge(kOpen, answered, received);
    };
    CHECK(judge("2026-12-10T23:00:00+07:00", "2026-12-10T23:59:59+07:00") == "");
    CHECK(judge("2026-12-10T23:00:00+07:00", "2026-12-15T23:59:59+07:00") == "");
    CHECK(judge("2026-12-10T23:00:00+07:00", "2026-12-16T00:00:00+07:00") == "over");
    CHECK(judge("2026-12-11T00:00:00+07:00", "2026-12-11T00:30:00+07:00") == "over");
    // What has come was answered before, whatever the station's clock says.
    CHECK(judge("2027-05-01T00:00:00+07:00", "2026-12-10T23:59:59+07:00") == "");
    city.publish(kOpen, "2026-12-20");
    CHECK(judge("2026-12-11T00:00:00+07:00", "2026-12-16T00:30:00+07:00") == "");
    city.publish(kOpen, "");
    CHECK(judge("2030-12-11T00:00:00+07:00", "2030-12-16T00:30:00+07:00") == "");
}

TEST_CASE("surveys: a former form counts as long as stations may not have heard of the next") {
    Published city;
    city.publish(kOpen, "2026-12-31");
    const auto next = reworded();
    city.publish(next, "2026-12-31");
    CHECK(city.judge(next, "2026-12-01T10:00:00+07:00", "2026-12-01T10:00:00+07:00") == "");
    CHECK(city.judge(kOpen, "2026-12-04T09:00:00+07:00", "2026-12-06T09:59:59+07:00") == "");
    CHECK(city.judge(kOpen, "2026-12-01T09:00:00+07:00", "2026-12-06T10:00:00+07:00") == "former_form");
    city.publish(kOpen, "2026-12-31");  // the first wording was the better one
    CHECK(city.judge(kOpen, "2026-12-07T09:00:00+07:00", "2026-12-07T10:00:00+07:00") == "");
    city.publish(next, "2026-12-02");
    CHECK(city.judge(kOpen, "2026-12-03T09:00:00+07:00", "2026-12-03T10:00:00+07:00") == "over");
}

TEST_CASE("surveys: a form without tokens is no way around one with") {
    Published city;
    city.publish(kOpen, "2026-12-31");
    city.publish(kOnce, "2026-12-31");
    CHECK(city.judge(kOpen, "2026-12-01T09:00:00+07:00", "2026-12-03T10:00:00+07:00") == "");
    CHECK(city.judge(kOpen, "2026-12-01T10:00:00+07:00", "2026-12-03T10:00:00+07:00") == "former_form");
    CHECK(city.judge(kOnce, "2026-12-01T10:00:00+07:00", "2026-12-03T10:00:00+07:00") == "token");
}

TEST_CASE("surveys: one that was withdrawn takes what stations still had") {
    Published city;
    city.publish(kOpen, "2026-12-31");
    city.withdraw();
    CHECK(city.judge(kOpen, "2026-12-03T09:00:00+07:00", "2026-12-06T09:59:59+07:00") == "");
    CHECK(city.judge(kOpen, "2026-12-03T09:00:00+07:00", "2026-12-06T10:00:00+07:00") == "former_form");
}

TEST_CASE("surveys: what came too late waits in quarantine, and counts when more time is given") {
    const auto changed = [](gateway::GatewayConfig& config) { config.surveys = {1, days(5)}; };
    SurveyDesk town(changed);
    town.publish();
    base::WallTime late;
    REQUIRE(base::fromRfc3339("2027-01-09T08:00:00+07:00", late));
    auto sealed = town.quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
        body.kind = wire::SurveyAnswer::kKind;
        body.createdAt = "2027-01-01T20:00:00+07:00";
        body.fieldsJson = surveyAnswer("open", R"({"how": "good"})").toJson();
    });
    town.quiet.clock.advance(std::chrono::ceil<std::chrono::milliseconds>(late - town.quiet.clock.wall()));
    REQUIRE(town.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(town.reason(sealed.id) == "survey_over");
    CHECK(town.counts("open") == "0 0");
    town.quiet.config.surveys.late = days(10);
    town.quiet.restart();
    REQUIRE(town.quiet.city->quarantine.retry(sealed.id));
    town.quiet.city->tidy();
    CHECK(town.counts("open") == "1 0");
}

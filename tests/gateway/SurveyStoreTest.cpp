// What the gateway makes of answers: published by content, judged by the form, counted once, forgotten in
// time.
#include <catch2/catch.hpp>

#include "SurveyDesk.h"
#include "pack/PackFile.h"

using namespace tram;
using namespace tram::test;
using std::chrono::days;

TEST_CASE("surveys: an answer is judged by the form that was published") {
    SurveyDesk town;
    const auto early = town.send(surveyAnswer("open", R"({"how": "good"})"));
    CHECK(town.reason(early) == "survey_unknown_form");
    town.publish();
    CHECK(town.send(surveyAnswer("open", R"({"how": "good"})")) != early);
    CHECK(town.counts("open") == "1 0");
    REQUIRE(town.quiet.city->quarantine.retry(early));
    town.quiet.city->tidy();
    CHECK(town.counts("open") == "2 0");

    CHECK(town.reasonOf(surveyAnswer("open", "{}")) == "survey_answers: questions[0]");
    CHECK(town.reasonOf(surveyAnswer("open", R"({"how": "worst"})")) == "survey_answers: questions[0]");
    CHECK(town.reasonOf(surveyAnswer("open", R"({"how": "good", "rate": 4})")) ==
          "survey_answers: questions[1]");
    CHECK(town.reasonOf(surveyAnswer("open", R"({"how": "good", "why": "x"})")) ==
          "survey_answers: questions[3]");
    CHECK(town.reasonOf(surveyAnswer("open", R"({"how": "good", "else": 1})")) == "survey_answers");
    auto other = surveyAnswer("open", R"({"how": "good"})");
    other.survey = "once";
    CHECK(town.reasonOf(other) == "survey_unknown_form");
    auto named = surveyAnswer("open", R"({"how": "good"})");
    named.subject = base::SecretText(crypto::toBase64Url(crypto::Bytes(32, 7)));
    named.name = base::SecretText("x");
    CHECK(town.reasonOf(named) == "survey_person");
    auto unsigned_ = surveyAnswer("signed", R"({"how": "good"})");
    unsigned_.subject.clear();
    CHECK(town.reasonOf(unsigned_) == "survey_person");
    CHECK(town.reasonOf(surveyAnswer("once", R"({"how": "good"})")) == "survey_token");
    auto proven = surveyAnswer("open", R"({"how": "good"})");
    proven.proof = base::SecretText(crypto::toBase64Url(crypto::Bytes(64, 7)));
    CHECK(town.reasonOf(proven) == "survey_token");
    CHECK(town.counts("open") == "2 0");
    CHECK(town.counts("once") == "0 0");
}

TEST_CASE("surveys: two may ask the very same, and each has its own answers") {
    SurveyDesk town;
    town.publish();
    auto other = surveyAnswer("open", R"({"how": "bad"})");
    other.survey = "twin";
    CHECK(town.reasonOf(surveyAnswer("open", R"({"how": "good"})")).empty());
    CHECK(town.reasonOf(other).empty());
    CHECK(town.counts("open") == "1 0");
    CHECK(town.counts("twin") == "1 0");
    for (const auto* survey : {"open", "twin"}) {
        const auto results = town.results(survey);
        CHECK(results->tallies[0].answered == 1);
        CHECK(results->tallies[0].bars[0].count == (std::string_view(survey) == "open" ? 1 : 0));
    }
}

TEST_CASE("surveys: a pack that cannot be read changes nothing, and is read when it can be") {
    QuietCity quiet;
    const TempDir dir;
    const auto good = surveyPack(dir / "good.pack"), file = dir / "shown.pack";
    const auto bytes = base::readFile(good, 64u << 20).value();
    auto spoilt = bytes;
    for (std::size_t page = 4096; page < spoilt.size();
         page += 4096)  // those with forms: it opens all the same
        if (spoilt.substr(page, 4096).find("sections") != spoilt.npos) spoilt.replace(page, 4, 4, '\xFF');
    REQUIRE(spoilt != bytes);
    std::vector<std::filesystem::path> packs = {good};
    gateway::SurveyForms forms(*quiet.city->storage.reports, [&] { return packs; });
    REQUIRE(forms.follow(quiet.clock.wall()));
    quiet.sql(*quiet.city->storage.reports, "DELETE FROM survey_forms WHERE survey = 'once'");
    const auto current = [&] {
        return quiet.city->storage.reports
            ->read([](SQLite::Database& db) {
                return base::Result<int>(
                    db.execAndGet("SELECT count(*) FROM survey_forms WHERE current = 1").getInt());
            })
            .value();
    };
    REQUIRE(base::writeFileAtomically(file, spoilt));
    CHECK(pack::PackFile::open(file));
    packs = {file};
    REQUIRE(forms.follow(quiet.clock.wall()));
    CHECK(current() == 3);
    REQUIRE(base::writeFileAtomically(file, bytes));
    quiet.clock.advance(std::chrono::minutes(1));
    REQUIRE(forms.follow(quiet.clock.wall()));
    CHECK(current() == 4);
}

TEST_CASE("surveys: a signed one that is once counts one answer of each person") {
    SurveyDesk town;
    town.publish();
    CHECK(town.reasonOf(surveyAnswer("signed", R"({"how": "good"})")).empty());
    CHECK(town.reasonOf(surveyAnswer("signed", R"({"how": "bad"})")).empty());
    CHECK(town.counts("signed") == "1 1");
    auto other = surveyAnswer("signed", R"({"how": "bad"})");
    other.subject = base::SecretText(crypto::toBase64Url(crypto::Bytes(32, 8)));
    town.send(other);
    CHECK(town.counts("signed") == "2 1");
    const auto results = town.results("signed");
    CHECK(results->tallies[0].bars[0].count == 1);
    CHECK(results->tallies[0].bars[1].count == 1);
}

TEST_CASE("surveys: an open one counts each token once, whatever the envelopes") {
    SurveyDesk town;
    town.publish();
    const auto answer = surveyAnswer("open", R"({"how": "good"})");
    const auto sealed = town.seal(answer);
    CHECK(town.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(town.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Replayed);
    town.send(answer);
    CHECK(town.counts("open") == "1 1");
    town.quiet.restart();
    town.quiet.city->startWork();
    town.quiet.city->stopWork();
    CHECK(town.counts("open") == "1 1");
    CHECK(town.quiet.city->inbox.counts()->opened == 2);
}

TEST_CASE("surveys: what was written stands in reports.db alone, and goes when its time is over") {
    SurveyDesk town;
    town.publish();
    const auto answer = surveyAnswer("open", R"({"how": "bad", "why": "CANARY-Yến"})");
    town.send(answer);
    const auto erased = town.send(surveyAnswer("signed", R"({"how": "bad", "why": "CANARY-Yến"})"));
    town.quiet.city->tidy();
    CHECK(town.quiet.filesWith("CANARY") == std::vector<std::string>{"reports.db"});
    REQUIRE(town.quiet.city->erasure.forget(erased));
    CHECK(town.counts("signed") == "0 0");
    town.quiet.clock.advance(days(9));
    town.quiet.city->tidy();
    CHECK(town.counts("open") == "1 0");
    town.quiet.clock.advance(days(2));
    town.quiet.city->tidy();
    CHECK(town.counts("open") == "0 0");
    CHECK(town.quiet.filesWith("CANARY").empty());
    // Spent is spent.
    town.send(answer);
    CHECK(town.counts("open") == "0 1");
}

TEST_CASE("surveys: nothing of an issued token has an order or a time") {
    SurveyDesk town;
    town.publish();
    auto& tokens = town.quiet.city->surveyTokens;
    const auto element = crypto::voprf::blind(base::SecretBytes(crypto::randomBytes(16))).element;
    REQUIRE(tokens.issue("once", "subject", element));
    REQUIRE(tokens.issue("once", "subject", element));
    const auto other = crypto::voprf::blind(base::SecretBytes(crypto::randomBytes(16))).element;
    const auto refused = tokens.issue("once", "subject", other);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == base::ProblemKind::Conflict);
    CHECK(tokens.issue("another", "subject", other));
    CHECK(tokens.keyOf("once") != tokens.keyOf("another"));
    const auto made = town.quiet.city->storage.reports->read([](SQLite::Database& db) {
        SQLite::Statement row(db, "SELECT sql FROM sqlite_master WHERE name = 'survey_issued'");
        return base::Result<std::string>(row.executeStep() ? row.getColumn(0).getString() : "");
    });
    REQUIRE(made);
    CHECK(made->find("survey TEXT NOT NULL, subject TEXT NOT NULL, asked TEXT NOT NULL, PRIMARY KEY") !=
          made->npos);
    CHECK(made->ends_with("WITHOUT ROWID"));
}

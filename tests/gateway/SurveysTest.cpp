// Surveys over real HTTP, through nginx as deployed.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>

#include "PretendPhone.h"
#include "QuietCity.h"
#include "SurveyKit.h"
#include "base/Files.h"
#include "gateway/survey/SurveyForms.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

/// A city that has published three surveys, a kiosk and a resident who logged in there.
struct SurveyTown {
    LiveCity city;
    PretendKiosk kiosk{city};
    std::string resident;

    SurveyTown() {
        auto storage = gateway::Storage::openExisting(city.dataDir());
        REQUIRE(storage);
        const TempDir dir;
        const auto pack = surveyPack(dir / "surveys.pack");
        gateway::SurveyForms forms(*storage->reports, [&] { return std::vector{pack}; });
        REQUIRE(forms.follow(base::SystemClock().wall()));
    }
    std::string logIn(const std::string& person) {
        KioskLogin login(kiosk);
        REQUIRE(login.begin().status == 200);
        REQUIRE(PretendPhone(city).logIn(login.userCode, person).status == 200);
        return json::parse(login.poll().body).at("access_token");
    }
    Reply askToken(const std::string& survey, const std::string& blinded, const std::string& bearer) {
        return city.send({.method = "POST",
                          .path = "/v1/surveys/" + survey + "/token",
                          .headers = {{"Authorization", "Bearer " + bearer}},
                          .type = "application/json",
                          .body = json{{"blinded", blinded}}.dump()});
    }
    std::string envelope(const wire::SurveyAnswer& answer) {
        return kiosk
            .report([&](wire::ActionBody& body, auto&) {
                body.kind = wire::SurveyAnswer::kKind;
                body.createdAt = "2026-11-21T09:00:00+07:00";
                body.fieldsJson = answer.toJson();
            })
            .envelope;
    }
    json counts(const std::string& survey) {
        const auto state = json::parse(city.send({.path = "/dashboard/surveys/state"}).body);
        for (const auto& each : state.at("surveys"))
            if (each.at("id") == survey) return each;
        return {};
    }
    std::string quarantine() { return city.tool({"quarantine", "list"}); }
};

std::string base64Of(const crypto::voprf::Element& element) {
    return crypto::toBase64Url(element.bytes());
}

crypto::voprf::Evaluated evaluatedIn(const Reply& reply, std::optional<crypto::voprf::PublicKey>& key) {
    const auto body = json::parse(reply.body);
    key = crypto::voprf::Element::parse(crypto::fromBase64Url(body.at("key").get<std::string>()).value());
    return {
        crypto::voprf::Element::parse(crypto::fromBase64Url(body.at("evaluated").get<std::string>()).value())
            .value(),
        crypto::fromBase64Url(body.at("proof").get<std::string>()).value()};
}

/// Every value of every row of reports.db, in one text.
std::string surveyRows(const std::filesystem::path& file) {
    SQLite::Database db(file.string(), SQLite::OPEN_READONLY);
    std::string all;
    for (const auto* table : {"survey_issued", "survey_spent", "survey_answers"}) {
        SQLite::Statement rows(db, std::string("SELECT * FROM ") + table);
        while (rows.executeStep())
            for (int column = 0; column < rows.getColumnCount(); ++column)
                all += rows.getColumn(column).getString() + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("surveys: one token for each resident, signed unseen, and its answer counts once") {
    SurveyTown town;
    const auto lan = town.logIn("lan");
    auto answer = surveyAnswer("once", R"({"how": "good"})");
    const auto token = crypto::fromBase64Url(answer.token.reveal()).value();
    const auto blinded = crypto::voprf::blind(base::SecretBytes(token));

    CHECK(town.askToken("once", base64Of(blinded.element), "nobody").status == 401);
    CHECK(town.askToken("once", base64Of(blinded.element), town.kiosk.token).status == 401);
    CHECK(town.askToken("open", base64Of(blinded.element), lan).status == 404);
    CHECK(town.askToken("signed", base64Of(blinded.element), lan).status == 404);
    CHECK(town.askToken("nothing", base64Of(blinded.element), lan).status == 404);
    CHECK(town.askToken("once", crypto::toBase64Url(crypto::Bytes(32, 0)), lan).status == 422);
    CHECK(town.askToken("once", "x", lan).status == 422);

    const auto first = town.askToken("once", base64Of(blinded.element), lan);
    REQUIRE(first.status == 200);
    const auto again = town.askToken("once", base64Of(blinded.element), lan);  // the first answer was lost
    REQUIRE(again.status == 200);
    CHECK(json::parse(first.body).at("evaluated") == json::parse(again.body).at("evaluated"));
    const auto another = crypto::voprf::blind(base::SecretBytes(crypto::randomBytes(16)));
    CHECK(town.askToken("once", base64Of(another.element), lan).status == 409);
    const auto marie = town.logIn("marie");
    CHECK(town.askToken("once", base64Of(another.element), marie).status == 200);

    std::optional<crypto::voprf::PublicKey> key;
    const auto evaluated = evaluatedIn(first, key);
    REQUIRE(key);
    CHECK(town.city.tool({"surveys", "key", "once"}) == base64Of(*key) + "\n");
    const auto output = crypto::voprf::finalize(blinded, evaluated, *key);
    REQUIRE(output);
    answer.proof = base::SecretText(crypto::toBase64Url(output->reveal()));
    const auto sent = town.envelope(answer);
    CHECK(town.kiosk.verdict(sent) == "accepted");
    CHECK(town.kiosk.verdict(sent) == "replayed");
    CHECK(town.kiosk.verdict(town.envelope(answer)) == "accepted");  // another envelope, the same token
    CHECK(town.counts("once").at("answers") == 1);
    CHECK(town.counts("once").at("repeated") == 1);
    CHECK(town.quarantine().empty());

    // Nothing that the store holds is what the token was asked with, or who asked, or the token.
    const auto held = surveyRows(town.city.dataDir() / "reports.db");
    for (const auto& mark : {base64Of(blinded.element), crypto::toHex(blinded.element.bytes()),
                             answer.token.reveal(), answer.proof.reveal(), crypto::toHex(token)})
        CHECK(held.find(mark) == held.npos);
    CHECK(filesWith(town.city.dataDir(), answer.token.reveal()).empty());

    auto forged = surveyAnswer("once", R"({"how": "good"})");
    forged.proof = answer.proof.copy();
    CHECK(town.kiosk.verdict(town.envelope(forged)) == "accepted");
    forged.proof.clear();
    CHECK(town.kiosk.verdict(town.envelope(forged)) == "accepted");
    CHECK(town.counts("once").at("answers") == 1);
    const auto waiting = town.quarantine();
    CHECK(std::count(waiting.begin(), waiting.end(), '\n') == 2);
    CHECK(waiting.find("survey_token") != waiting.npos);

    SQLite::Database((town.city.dataDir() / "reports.db").string(), SQLite::OPEN_READWRITE, 5'000)
        .exec("UPDATE survey_forms SET until = '2026-01-01' WHERE survey = 'once'");
    CHECK(town.askToken("once", base64Of(another.element), marie).status == 410);
    CHECK(town.city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("surveys: answers are counted, charted and handed out, and no cell is a formula") {
    SurveyTown town;
    for (const auto* answers :
         {R"({"how": "good", "rate": 3, "wait": 10})", R"({"how": "bad", "rate": 1, "wait": -2.5,
          "why": "=HYPERLINK(\"http://x\")\ndòng \"hai\""})",
          R"({"how": "bad", "rate": 1, "why": "+84 không phải công thức"})"})
        CHECK(town.kiosk.verdict(town.envelope(surveyAnswer("open", answers))) == "accepted");
    CHECK(town.kiosk.verdict(town.envelope(surveyAnswer("signed", R"({"how": "good"})"))) == "accepted");
    CHECK(town.quarantine().empty());

    const auto counts = town.counts("open");
    CHECK(counts.at("answers") == 3);
    CHECK(counts.contains("shown_until"));
    CHECK_FALSE(counts.at("over"));
    const auto& how = counts.at("questions").at(0);
    CHECK(how.at("answered") == 3);
    CHECK(how.at("bars").at(0) == json{{"label", "Tốt"}, {"count", 1}});
    CHECK(how.at("bars").at(1) == json{{"label", "=Kém"}, {"count", 2}});
    CHECK(counts.at("questions").at(1).at("bars").at(0).at("count") == 2);
    CHECK(counts.at("questions").at(2).at("numbers") ==
          json{{"least", -2.5}, {"most", 10.0}, {"mean", 3.75}, {"median", 3.75}});
    CHECK(counts.at("questions").at(3).at("answered") == 2);
    CHECK(counts.dump().find("HYPERLINK") == std::string::npos);
    const auto table = town.city.send({.path = "/dashboard/surveys/open/counts.csv"});
    CHECK(table.status == 200);
    CHECK(
        table.body.starts_with("\xEF\xBB\xBFquestion,text,option,count,answered,mean,median,least,most\r\n"));
    CHECK(shows(table, "\"how\",\"Thế nào, nói chung?\",\"'=Kém\",2,3,,,,\r\n"));
    CHECK(shows(table, "\"wait\",\"Chờ bao lâu?\",,,2,3.75,3.75,-2.50,10.00\r\n"));
    CHECK_FALSE(shows(table, "HYPERLINK"));
    CHECK(town.city.send({.path = "/dashboard/surveys/nothing/counts.csv"}).status == 404);
    CHECK(town.city.send({.path = "/dashboard/surveys"}).status == 200);
    CHECK(town.city.send({.path = "/assets/surveys.js"}).status == 200);

    const TempDir dir;
    const auto listed = town.city.tool({"surveys", "list"});
    CHECK(listed.find("open\t3\t0\tanonymous\tKhảo sát mẫu\n") != listed.npos);
    CHECK(listed.find("signed\t1\t0\tsigned,once\tKhảo sát mẫu\n") != listed.npos);
    const auto csv = (dir / "open.csv").string(), svg = (dir / "open.svg").string();
    const auto told = town.city.tool({"surveys", "results", "open", "--csv", csv, "--chart", svg});
    CHECK(told.find("Khảo sát mẫu\tn=3\trepeated=0\tuntil 20") != told.npos);
    const auto rows = base::readFile(csv).value();
    CHECK(
        rows.starts_with("\xEF\xBB\xBF"
                         "day,\"Thế nào, nói chung?\",\"Mấy điểm?\",\"Chờ bao lâu?\",\"Vì sao?\"\r\n"));
    CHECK(rows.find(",\"'=Kém\",1,-2.5,\"'=HYPERLINK(\"\"http://x\"\")\ndòng \"\"hai\"\"\"\r\n") !=
          rows.npos);
    CHECK(rows.find(",\"'=Kém\",1,,\"'+84 không phải công thức\"\r\n") != rows.npos);
    CHECK(rows.find(",\"Tốt\",3,10,\"\"\r\n") != rows.npos);
    CHECK(rows.find("\"'=Kém\",1,-2.5") < rows.find("\"Tốt\",3,10"));  // in no order of arrival
    town.city.tool({"surveys", "results", "open", "--csv", csv, "--names"}, 1);
    CHECK((std::filesystem::status(csv).permissions() & std::filesystem::perms(077)) ==
          std::filesystem::perms::none);
    const auto chart = base::readFile(svg).value();
    CHECK(chart.find(">n = 3<") != chart.npos);
    CHECK(chart.find(">=Kém<") != chart.npos);

    town.city.tool({"surveys", "results", "signed", "--csv", csv});
    CHECK(base::readFile(csv)->find("CANARY") == std::string::npos);
    town.city.tool({"surveys", "results", "signed", "--csv", csv, "--names"});
    CHECK(base::readFile(csv)->find("\"Nguyễn CANARY\"") != std::string::npos);
    CHECK(town.city.logs().find("CANARY") == std::string::npos);
    CHECK(town.city.contractFaults() == std::vector<std::string>{});
}

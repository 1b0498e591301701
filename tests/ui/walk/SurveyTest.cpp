#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Visit.h"
#include "base/Files.h"
#include "ui/screens/SurveyScreen.h"

namespace tram::ui::test {

namespace {

void opens(Visit& visit, const std::string& survey) {
    beginInCity(visit);
    visit.robot().tap("tile.all");
    REQUIRE(visit.arrives("city_groups"));
    visit.robot().tap("group.khao-sat");
    REQUIRE(visit.arrives("city_list"));
    visit.robot().tap("entry.survey." + survey);
    REQUIRE(visit.arrives("city_entry"));
    visit.robot().tap("answer");
}

/// A gateway that is near may have taken it already.
std::size_t kept(Visit& visit) {
    const auto counted = visit.kiosk().services().outbox->store().counts();
    REQUIRE(counted);
    return counted->waiting + counted->accepted;
}

}  // namespace

TEST_CASE(
    "A survey is answered: what is missing is said, what is asked follows the answers, nothing is left") {
    Visit visit("vi");
    opens(visit, "phuc-vu-tai-phuong-2026");
    REQUIRE(visit.arrives("survey_questions"));
    CHECK(says(visit, "Không ai biết câu trả lời nào là của ai"));
    visit.robot().tap("next");
    CHECK(says(visit, "Xin trả lời câu này"));
    CHECK_FALSE(visit.shows("q.viec-khac"));
    visit.robot().tap("q.viec.khac");
    CHECK(visit.shows("q.viec-khac"));  // only whoever came for something else is asked what
    visit.robot().tap("q.viec-khac.field");
    visit.robot().type("xin xacs nhaanj");
    visit.robot().tap("next");
    REQUIRE(visit.shows("q.hai-long"));
    visit.robot().tap("q.hai-long.2");
    REQUIRE(visit.shows("q.chua-tot"));  // and only whoever was not content, with what
    visit.robot().tap("q.chua-tot.cho-lau");
    visit.robot().tap("next");
    visit.robot().tap("next");
    REQUIRE(visit.arrives("survey_check"));
    CHECK(says(visit, "xin xác nhận"));
    CHECK(says(visit, "Chờ lâu"));
    CHECK(says(visit, "2 trên 5 ("));  // and what 1 and 5 stand for
    CHECK(says(visit, "; 5 – "));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("survey_questions"));
    visit.robot().tap("next");
    REQUIRE(visit.arrives("survey_check"));
    const auto before = kept(visit);
    visit.robot().tap("send");
    REQUIRE(visit.arrives("survey_done"));
    CHECK(kept(visit) == before + 1);
    CHECK(visit.outboxBytes().find("xác nhận") == std::string::npos);
    visit.robot().tap("home");
    CHECK(visit.arrives("home"));
}

TEST_CASE("A survey whose last day has passed says so, and leads home") {
    Visit visit("vi");
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    const auto survey =
        base::readFile(TRAM_SOURCE_DIR "/resources/demo/city/survey_service.json", 1u << 20).value();
    const auto form = nlohmann::json::parse(survey).at("form").dump();
    screens::openSurvey(visit.kiosk(), "phuc-vu-tai-phuong-2026", form, "2026-01-01");
    REQUIRE(visit.arrives("survey_over"));
    CHECK(says(visit, "không còn nhận câu trả lời"));
    visit.robot().tap("home");
    CHECK(visit.arrives("home"));
}

TEST_CASE("A survey that each answers once asks for a login, and says why") {
    Visit visit("en");
    opens(visit, "cong-vien-ban-co-2026");
    REQUIRE(visit.arrives("survey_login"));
    CHECK(says(visit, "not whose answers are whose"));
    visit.robot().tap("login");
    CHECK(visit.arrives("login_code"));
}

}  // namespace tram::ui::test

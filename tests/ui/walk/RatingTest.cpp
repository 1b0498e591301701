#include <catch2/catch.hpp>

#include "Visit.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/RatingScreen.h"
#include "ui/screens/RatingsScreen.h"

namespace tram::ui::test {

namespace {

const char* const kFinishedDossier = "H29.26-261102-0033";

void toRatings(Visit& visit) {
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.rating");
    REQUIRE(visit.arrives("ratings"));
}

std::size_t keptRatings(Visit& visit) {
    const auto counted = visit.kiosk().services().outbox->store().counts();
    REQUIRE(counted);
    return counted->waiting + counted->accepted;
}

bool keepsRatings(Visit& visit, std::size_t count) {
    for (int i = 0; i < 200 && keptRatings(visit) != count; ++i) visit.robot().settle();
    return keptRatings(visit) == count;
}

wire::VisitToken visitTicket(int daysAgo) {
    const auto today =
        std::chrono::floor<std::chrono::days>(base::SystemClock().wall() + std::chrono::hours(7));
    return {"27154", today - std::chrono::days(daysAgo), crypto::Bytes(wire::VisitToken::kNonceBytes, 1),
            crypto::Bytes(wire::VisitToken::kSealBytes, 2)};
}

}  // namespace

TEST_CASE("This station is rated, and one sealed rating is kept") {
    Visit visit("vi");
    toRatings(visit);
    const auto before = keptRatings(visit);
    visit.robot().tap("kiosk");
    REQUIRE(visit.arrives("rating_faces"));
    CHECK(says(visit, "Rất hài lòng"));
    visit.robot().tap("face.2");
    REQUIRE(visit.arrives("rating_reasons"));
    CHECK(visit.shows("reason.hard"));
    CHECK_FALSE(visit.shows("reason.easy"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("rating_faces"));
    visit.robot().tap("face.4");
    REQUIRE(visit.arrives("rating_reasons"));
    visit.robot().tap("reason.easy");
    visit.robot().tap("next");
    REQUIRE(visit.arrives("rating_words"));
    CHECK(keptRatings(visit) == before);
    visit.robot().tap("send");
    REQUIRE(visit.arrives("rating_done"));
    CHECK(keepsRatings(visit, before + 1));
    CHECK(visit.outboxBytes().find("easy") == std::string::npos);
    visit.robot().tap("home");
    CHECK(visit.arrives("home"));
}

TEST_CASE("A finished dossier is rated by its slip's secret, and not by its code alone") {
    Visit visit("vi");
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.kiosk().open(std::make_unique<screens::DossierScreen>(visit.kiosk(), kFinishedDossier));
    REQUIRE(visit.arrives("dossier_status"));
    CHECK_FALSE(visit.shows("rate"));
    CHECK(visit.shows("rated"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("home"));
    const auto before = keptRatings(visit);
    visit.kiosk().open(std::make_unique<screens::DossierScreen>(visit.kiosk(), kFinishedDossier,
                                                                base::SecretText("lan-da-nhan-0033")));
    REQUIRE(visit.arrives("dossier_status"));
    REQUIRE(visit.shows("rate"));
    visit.robot().tap("rate");
    REQUIRE(visit.arrives("rating_faces"));
    visit.robot().tap("face.5");
    REQUIRE(visit.arrives("rating_reasons"));
    visit.robot().tap("next");
    visit.robot().tap("send");
    REQUIRE(visit.arrives("rating_done"));
    CHECK(says(visit, "Chỉ thành phố đọc"));
    CHECK(keepsRatings(visit, before + 1));
}

TEST_CASE("A ticket is for its day, and what is broken is told in a few taps") {
    Visit visit("vi");
    toRatings(visit);
    screens::rateVisit(visit.kiosk(), visitTicket(0));
    REQUIRE(visit.arrives("rating_faces"));
    CHECK(says(visit, "Phường Bàn Cờ"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("ratings"));
    screens::rateVisit(visit.kiosk(), visitTicket(1));
    REQUIRE(visit.arrives("visit_other_day"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("ratings"));
    const auto before = keptRatings(visit);
    visit.robot().tap("fault");
    REQUIRE(visit.arrives("fault_parts"));
    visit.robot().tap("part.printer");
    REQUIRE(visit.arrives("fault_words"));
    visit.robot().tap("send");
    REQUIRE(visit.arrives("fault_done"));
    CHECK(keepsRatings(visit, before + 1));
}

TEST_CASE("What is needed to rate a dossier is said, and leads to the list of one's own") {
    Visit visit("vi");
    toRatings(visit);
    visit.robot().tap("dossier");
    REQUIRE(visit.arrives("ratings_dossier"));
    visit.robot().tap("mine");
    REQUIRE(visit.arrives("my_dossiers_login"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("ratings_dossier"));
    visit.robot().tap("back");
    CHECK(visit.arrives("ratings"));
}

TEST_CASE("Ratings fit at every size of letters, in both languages") {
    struct Look {
        const char* language;
        wxSize size;
        int percent;
    };
    const auto look =
        GENERATE(Look{"vi", {1080, 1920}, 200}, Look{"vi", {1366, 768}, 200}, Look{"en", {1366, 768}, 100});
    CAPTURE(look.size.x, look.percent, look.language);
    Visit visit(look.language, look.size, look.percent);
    auto& kiosk = visit.kiosk();
    kiosk.start();
    REQUIRE(visit.arrives("home"));
    const auto fits = [&](const char* page) {
        REQUIRE(visit.arrives(page));
        CAPTURE(page);
        CHECK(kiosk.surface().layoutFaults().empty());
    };
    kiosk.open(std::make_unique<screens::RatingsScreen>(kiosk));
    fits("ratings");
    screens::rateKiosk(kiosk);
    fits("rating_faces");
    auto& flow = dynamic_cast<screens::RatingScreen&>(kiosk.screen()).flow();
    flow.choose(1);
    fits("rating_reasons");
    flow.next();
    fits("rating_words");
    kiosk.open(std::make_unique<screens::FaultScreen>(kiosk));
    fits("fault_parts");
    kiosk.open(std::make_unique<screens::VisitDayScreen>(kiosk, visitTicket(1).day));
    fits("visit_other_day");
}

}  // namespace tram::ui::test

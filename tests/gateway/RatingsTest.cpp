// What the gateway makes of ratings and of kiosks' faults: once each, nobody's words in its stores.
#include <SQLiteCpp/SQLiteCpp.h>

#include <catch2/catch.hpp>

#include "QuietCity.h"
#include "gateway/inbox/Halves.h"
#include "gateway/inbox/RatingsCsv.h"

using namespace tram;
using namespace tram::test;
using gateway::Ratings;
using wire::Rating;

namespace {

const std::string kRateable = "H29.26-261102-0033", kItsSecret = "lan-da-nhan-0033";
constexpr std::chrono::hours kAnHour{1}, kADay{24};

struct RatingTown {
    QuietCity quiet;
    explicit RatingTown(std::function<void(gateway::GatewayConfig&)> change = {}) : quiet(change) {}

    base::WallTime now() const { return quiet.clock.wall(); }
    Ratings& ratings() { return quiet.city->ratings; }
    /// What a station is told that asks with this secret.
    wire::DossierStatus status(const std::string& secret = kItsSecret, const std::string& code = kRateable) {
        auto found = quiet.city->dossiers.byCode(code, now(), secret);
        REQUIRE(found);
        REQUIRE(*found);
        REQUIRE(ratings().offer(**found));
        return **found;
    }
    Rating dossier(int stars = 2, const std::string& words = "") {
        const auto known = status();
        Rating rating;
        rating.about = Rating::About::Dossier;
        rating.code = known.code;
        rating.office = finishedBy(known);
        rating.proof = base::SecretText(
            gateway::RatingKeys(quiet.city->keys.identity()).proofOf(rating.code, rating.office));
        rating.stars = stars;
        rating.reasons = {"late"};
        rating.words = base::SecretText(words);
        return rating;
    }
    wire::VisitToken ticket(int daysAhead = 0) {
        const auto today = std::chrono::floor<std::chrono::days>(now() + 7 * kAnHour);
        return ratings().visits().issue("27154", today + std::chrono::days(daysAhead));
    }
    static Rating visit(const wire::VisitToken& token, int stars = 4) {
        Rating rating;
        rating.about = Rating::About::Visit;
        rating.proof = base::SecretText(token.text());
        rating.stars = stars;
        return rating;
    }
    template <class Fields>
    QuietCity::Sealed seal(const Fields& fields, base::WallTime at) {
        return quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
            body.kind = Fields::kKind;
            body.createdAt = base::toRfc3339(base::coarseToHour(at));
            body.fieldsJson = fields.toJson();
        });
    }
    /// What keeps it out; "" when it is counted.
    template <class Fields>
    std::string send(const Fields& fields) {
        return send(fields, now());
    }
    template <class Fields>
    std::string send(const Fields& fields, base::WallTime at) {
        const auto sealed = seal(fields, at);
        REQUIRE(quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
        const auto found = quiet.city->quarantine.find(sealed.id);
        REQUIRE(found);
        return *found ? (*found)->reason : "";
    }
    Ratings::Counts counts() {
        const auto counts = ratings().counts();
        REQUIRE(counts);
        return *counts;
    }
    std::string csv(bool words) {
        const auto csv =
            ratingsCsv(ratings(), *quiet.city->storage.city, words ? &quiet.city->opener : nullptr);
        REQUIRE(csv);
        return *csv;
    }
};

}  // namespace

TEST_CASE(
    "ratings: a finished dossier may be rated by its slip's secret or its owner, and by its code alone not") {
    RatingTown desk;
    CHECK(desk.status().rateable);
    CHECK(desk.status().rate.size() == 22);
    for (const char* wrong : {"", "lan-da-nhan-0034", "lan-da-nhan-003"}) {
        const auto status = desk.status(wrong);
        CHECK_FALSE(status.rateable);
        CHECK_FALSE(status.rated);
        CHECK(status.rate.empty());
    }
    CHECK_FALSE(desk.status(kItsSecret, "H29.168-261105-0042").rateable);  // it has none, and is not finished
    const gateway::DossierOwner lan{base::SecretText("demo-lan"), {}};
    const auto mine = desk.quiet.city->dossiers.ofOwner(lan, desk.now());
    REQUIRE(mine);
    for (const auto& one : mine->dossiers) CHECK(one.rateable == isDone(one.state));
    CHECK(desk.status().toJson().find(kItsSecret) == std::string::npos);
}

TEST_CASE("ratings: a dossier counts once, from whichever kiosk, and then says that it was") {
    RatingTown desk;
    CHECK(desk.send(desk.dossier(2)).empty());
    CHECK(desk.send(desk.dossier(5)).empty());
    CHECK(desk.counts().dossiers == 1);
    CHECK(desk.counts().repeated == 1);
    const auto status = desk.status();
    CHECK_FALSE(status.rateable);
    CHECK(status.rated);
    CHECK(status.rate.empty());
    const auto sealed = desk.seal(desk.dossier(), desk.now());
    CHECK(desk.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(desk.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Replayed);
    gateway::Halves halves(desk.quiet.city->storage);
    REQUIRE(halves.mend());
    desk.quiet.city->tidy();
    CHECK(desk.counts().dossiers == 1);
    CHECK(desk.counts().repeated == 2);
    desk.quiet.restart();
    CHECK(desk.status().rated);
}

TEST_CASE("ratings: a proof is for its own dossier and office, and nobody else's") {
    RatingTown desk;
    auto other = desk.dossier();
    other.office = "Phòng khác";
    CHECK(desk.send(other) == "rating_proof");
    other = desk.dossier();
    other.code = "H29.26-261102-0034";
    CHECK(desk.send(other) == "rating_proof");
    other = desk.dossier();
    other.proof = base::SecretText("AAECAwQFBgcICQoLDA0ODw");
    CHECK(desk.send(other) == "rating_proof");
    CHECK(desk.counts().dossiers == 0);
    CHECK(desk.status().rateable);
}

TEST_CASE("ratings: a ticket counts once on its day, also when it comes later") {
    RatingTown desk;
    const auto ticket = desk.ticket();
    CHECK(desk.send(RatingTown::visit(ticket)).empty());
    CHECK(desk.send(RatingTown::visit(ticket)).empty());
    CHECK(desk.counts().visits == 1);
    CHECK(desk.counts().repeated == 1);
    CHECK(desk.send(RatingTown::visit(desk.ticket(1))) == "rating_day");
    const auto kept = desk.ticket();
    const auto given = desk.now();
    desk.quiet.clock.advance(3 * kADay);
    CHECK(desk.send(RatingTown::visit(desk.ticket(-3))) == "rating_day");
    CHECK(desk.send(RatingTown::visit(kept), given).empty());
    desk.quiet.clock.advance(15 * kADay);
    CHECK(desk.send(RatingTown::visit(desk.ticket(-18)), given) == "rating_day");
    auto forged = desk.ticket();
    forged.seal.back() ^= 1;
    CHECK(desk.send(RatingTown::visit(forged)) == "rating_visit");
    forged = desk.ticket();
    forged.ward = "27155";
    CHECK(desk.send(RatingTown::visit(forged)) == "rating_visit");
    CHECK(desk.counts().visits == 2);
}

TEST_CASE("ratings: averages come in batches of ten, of past hours, and only where they are published") {
    const bool publish = GENERATE(true, false);
    RatingTown desk([&](gateway::GatewayConfig& config) { config.ratings = {publish, 10}; });
    const auto rate = [&](int count, int stars) {
        for (int i = 0; i < count; ++i) REQUIRE(desk.send(RatingTown::visit(desk.ticket(), stars)).empty());
    };
    const auto shown = [&] {
        desk.quiet.city->tidy();
        const auto average = desk.ratings().shown(gateway::officeKey("27154"));
        REQUIRE(average);
        return *average;
    };
    rate(9, 4);
    desk.quiet.clock.advance(kAnHour);
    CHECK_FALSE(shown());
    rate(1, 4);
    CHECK_FALSE(shown());  // within the hour
    desk.quiet.clock.advance(kAnHour);
    REQUIRE(shown().has_value() == publish);
    if (!publish) return;
    CHECK(shown()->count == 10);
    CHECK(shown()->stars == 40);
    rate(9, 1);
    desk.quiet.clock.advance(kAnHour);
    CHECK(shown()->count == 10);
    rate(1, 1);
    desk.quiet.clock.advance(kAnHour);
    CHECK(shown()->count == 20);
    CHECK(shown()->stars == 50);
    CHECK_FALSE(*desk.ratings().shown(gateway::officeKey("27155")));
}

TEST_CASE("ratings: an office is the same whatever its case and marks") {
    CHECK(gateway::officeKey(" Phòng  Tư pháp ") == gateway::officeKey("PHÒNG TƯ PHÁP"));
    CHECK(gateway::officeKey("27154") == "27154");
    CHECK(gateway::officeKey("").empty());
}

TEST_CASE("ratings: what was written is the city's to read, stands in no store, and is no formula") {
    RatingTown desk;
    const std::string words = "=HYPERLINK(\"http://x\") chờ lâu quá";
    CHECK(desk.send(desk.dossier(1, words)).empty());
    CHECK(filesWith(desk.quiet.data(), "chờ lâu quá").empty());
    CHECK(filesWith(desk.quiet.data(), kRateable).empty());
    const auto plain = desk.csv(false), full = desk.csv(true);
    CHECK(plain.find("chờ lâu") == std::string::npos);
    CHECK(full.find("\"'=HYPERLINK(\"\"http://x\"\") chờ lâu quá\"") != std::string::npos);
    for (const auto& csv : {plain, full}) {
        CHECK(csv.find(kRateable) == std::string::npos);
        CHECK(csv.find("dossier,") != std::string::npos);
        CHECK(csv.find(",1,") != std::string::npos);
    }
}

TEST_CASE("ratings: with its envelope what was written is gone, and the stars stay counted") {
    RatingTown desk;
    const auto sealed = desk.seal(desk.dossier(1, "chờ lâu"), desk.now());
    REQUIRE(desk.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    REQUIRE(desk.quiet.city->erasure.forget(sealed.id));
    CHECK(desk.csv(true).find("chờ lâu") == std::string::npos);
    CHECK(desk.counts().dossiers == 1);
    CHECK(desk.status().rated);
}

TEST_CASE(
    "ratings: a kiosk is rated as often as people like, and its faults are told until they are closed") {
    RatingTown desk;
    Rating kiosk;
    kiosk.stars = 3;
    CHECK(desk.send(kiosk).empty());
    CHECK(desk.send(kiosk).empty());
    CHECK(desk.counts().kiosks == 2);
    CHECK(desk.csv(false).find(desk.quiet.kiosk.id) != std::string::npos);

    auto& faults = desk.quiet.city->faults;
    CHECK(desk.send(wire::KioskFault{wire::KioskFault::Part::Printer, base::SecretText("kẹt giấy")}).empty());
    CHECK(desk.send(wire::KioskFault{}).empty());
    auto open = faults.list(gateway::Faults::Which::Open, 10);
    REQUIRE(open);
    REQUIRE(open->size() == 2);
    CHECK(open->at(1).part == "printer");
    CHECK(open->at(1).words == "kẹt giấy");
    CHECK(open->at(1).station == "Trạm");
    REQUIRE(faults.open());
    CHECK((*faults.open())[3] == 1);
    REQUIRE(faults.close(open->at(1).number, desk.now()));
    CHECK_FALSE(faults.close(open->at(1).number, desk.now()));
    CHECK((*faults.open())[3] == 0);
    CHECK(faults.list(gateway::Faults::Which::Open, 10)->size() == 1);
    const auto all = faults.list(gateway::Faults::Which::All, 10);
    REQUIRE(all->size() == 2);
    CHECK(all->at(1).words.empty());
    CHECK_FALSE(all->at(1).open);
}

TEST_CASE("ratings: what is none waits for people and counts nothing") {
    RatingTown desk;
    auto bad = desk.dossier();
    bad.stars = 9;
    CHECK(desk.send(bad).starts_with("schema"));
    const auto sealed = desk.quiet.seal("x", 1, [&](wire::ActionBody& body, auto&) {
        body.kind = Rating::kKind;
        body.fieldsJson = desk.dossier().toJson();
    });
    for (const auto& picture : sealed.pictures) desk.quiet.upload(picture);
    CHECK(desk.quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto found = desk.quiet.city->quarantine.find(sealed.id);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->reason == "rating: attachments");
    CHECK(desk.counts().dossiers == 0);
}

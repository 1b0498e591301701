#include "wire/Rating.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using wire::Rating;

namespace {

bool takes(const wire::Rating& rating, const std::function<void(json&)>& change) {
    auto body = json::parse(textOf(rating.toJson()));
    change(body);
    return Rating::parse(body.dump()).has_value();
}

}  // namespace

TEST_CASE("a rating is read as it was written") {
    const auto read = Rating::parse(textOf(dossierRating().toJson()));
    REQUIRE(read);
    CHECK(read->about == Rating::About::Dossier);
    CHECK(read->code == "H29.168-261105-0042");
    CHECK(read->office == "UBND phường Bàn Cờ");
    CHECK(read->stars == 2);
    CHECK(read->reasons == std::vector<std::string>{"waited", "unclear"});
    CHECK(read->words.reveal() == "Chờ lâu\nquá");
    CHECK(Rating::parse(textOf(visitRating().toJson()))->about == Rating::About::Visit);
    CHECK(Rating::parse(textOf(kioskRating().toJson()))->about == Rating::About::Kiosk);
}

TEST_CASE("what a rating cannot be is refused") {
    CHECK_FALSE(takes(dossierRating(), [](json& b) { b["stars"] = 0; }));
    CHECK_FALSE(takes(dossierRating(), [](json& b) { b["stars"] = 6; }));
    CHECK_FALSE(takes(dossierRating(), [](json& b) { b["reasons"] = {"a", "a"}; }));
    CHECK_FALSE(takes(dossierRating(), [](json& b) { b["reasons"] = {"=HYPERLINK"}; }));
    CHECK_FALSE(takes(dossierRating(), [](json& b) { b["subject"]["visit"] = b["subject"]["proof"]; }));
    CHECK_FALSE(takes(visitRating(), [](json& b) { b["subject"]["visit"] = "H29"; }));
    CHECK_FALSE(takes(kioskRating(), [](json& b) { b["subject"]["kiosk"] = false; }));
    CHECK_FALSE(takes(kioskRating(), [](json& b) { b["words"] = std::string(1001, 'a'); }));
    std::string thousand;
    for (int i = 0; i < 1000; ++i) thousand += "ệ";
    CHECK(takes(kioskRating(), [&](json& b) { b["words"] = thousand; }));
    CHECK_FALSE(takes(kioskRating(), [&](json& b) { b["words"] = thousand + "ệ"; }));
}

TEST_CASE("who finished a dossier is whoever reported that, else whoever has it") {
    auto status = dossier();
    CHECK(finishedBy(status) == "UBND phường Bàn Cờ");
    status.events.push_back({wire::DossierState::Finished, kTime, "Phòng Tư pháp", ""});
    status.events.push_back({wire::DossierState::HandedOver, kTime, "Quầy 3", ""});
    CHECK(finishedBy(status) == "Phòng Tư pháp");
}

TEST_CASE("a fault names one of the parts there are") {
    const auto read = wire::KioskFault::parse(textOf(kioskFault().toJson()));
    REQUIRE(read);
    CHECK(read->part == wire::KioskFault::Part::WrongInformation);
    CHECK(read->words.reveal() == "Giờ làm việc sai");
    CHECK_FALSE(wire::KioskFault::parse(R"({"v":1,"part":"fan","words":""})"));
    CHECK_FALSE(wire::KioskFault::parse(R"({"v":1,"part":"slow","words":")" + std::string(501, 'a') + "\"}"));
}

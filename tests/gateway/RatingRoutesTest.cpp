// Ratings over real HTTP, through nginx as deployed.
#include <catch2/catch.hpp>

#include "PretendPhone.h"
#include "Strangers.h"
#include "wire/DossierStatus.h"
#include "wire/Rating.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

const std::string kRatedDossier = "H29.26-261102-0033";

wire::DossierStatus ratedStatus(LiveCity& city, const std::string& secret) {
    HeaderList headers;
    if (!secret.empty()) headers.emplace("Slip-Secret", secret);
    const auto reply = city.send({.path = "/v1/dossiers/" + kRatedDossier, .headers = headers});
    REQUIRE(reply.status == 200);
    auto status = wire::DossierStatus::parse(reply.body);
    REQUIRE(status);
    return *status;
}

template <class Fields>
std::string ratingEnvelope(PretendKiosk& kiosk, const Fields& fields) {
    return kiosk
        .report([&](wire::ActionBody& body, auto&) {
            body.kind = Fields::kKind;
            body.createdAt = base::toRfc3339(base::coarseToHour(base::SystemClock().wall()));
            body.fieldsJson = fields.toJson();
        })
        .envelope;
}

wire::Rating ratingOf(const wire::DossierStatus& status, int stars) {
    wire::Rating rating;
    rating.about = wire::Rating::About::Dossier;
    rating.code = status.code;
    rating.office = finishedBy(status);
    rating.proof = base::SecretText(status.rate);
    rating.stars = stars;
    return rating;
}

}  // namespace

TEST_CASE(
    "a finished dossier is rated by its slip, once, from whichever kiosk, and says so to its owner, too") {
    LiveCity city;
    PretendKiosk first(city), second(city);
    CHECK_FALSE(ratedStatus(city, "").rateable);
    CHECK_FALSE(ratedStatus(city, "another-secret").rateable);
    const auto status = ratedStatus(city, "lan-da-nhan-0033");
    REQUIRE(status.rateable);
    const auto one = ratingEnvelope(first, ratingOf(status, 2)),
               other = ratingEnvelope(second, ratingOf(status, 5));
    CHECK(first.verdict(one) == "accepted");
    CHECK(second.verdict(other) == "accepted");
    CHECK(first.verdict(one) == "replayed");
    CHECK(ratedStatus(city, "lan-da-nhan-0033").rated);
    CHECK_FALSE(ratedStatus(city, "").rated);

    KioskLogin login(first);
    REQUIRE(login.begin().status == 200);
    PretendPhone(city).logIn(login.userCode, "lan");
    const auto token = json::parse(login.poll().body).at("access_token").get<std::string>();
    const auto mine = wire::MyDossiers::parse(
        city.send({.path = "/v1/me/dossiers", .headers = {{"Authorization", "Bearer " + token}}}).body);
    REQUIRE(mine);
    for (const auto& each : mine->dossiers) {
        CHECK(each.rated == (each.code == kRatedDossier));
        CHECK(each.rateable == (isDone(each.state) && each.code != kRatedDossier));
        CHECK(each.rate.empty() != each.rateable);
    }
    CHECK(city.tool({"report", "ratings"}) == "dossier\t1\nvisit\t0\nkiosk\t0\nrepeated\t1\n");
    CHECK(city.send({.path = "/metrics"}).body.find("tram_ratings{about=\"dossier\"} 1") !=
          std::string::npos);
    CHECK(city.send({.path = "/v1/ratings/27154"}).status == 404);
    CHECK(city.logs().find(kRatedDossier) == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("tickets are printed as links, rate a visit of that day, and their page is the same for all") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto csv = city.tool({"visits", "--office", "27154", "--count", "3"});
    CHECK(std::ranges::count(csv, '\n') == 4);
    REQUIRE(csv.starts_with("office,day,link\n27154,"));
    const auto at = csv.rfind("/r/");
    REQUIRE(at != csv.npos);
    const auto text = csv.substr(at + 3, 32);
    wire::Rating visit;
    visit.about = wire::Rating::About::Visit;
    visit.proof = base::SecretText(text);
    visit.stars = 4;
    CHECK(kiosk.verdict(ratingEnvelope(kiosk, visit)) == "accepted");
    CHECK(city.tool({"report", "ratings"}).find("visit\t1\n") != std::string::npos);
    const auto page = city.send({.path = "/r/" + text});
    CHECK(page.status == 200);
    CHECK(city.send({.path = "/r/nonsense"}).body == page.body);
    CHECK(city.send({.path = "/r/" + text + "?lang=en"}).body.find("station") != std::string::npos);
    CHECK(city.logs().find(text) == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a kiosk's fault stands on the dashboard until it is closed") {
    LiveCity city;
    PretendKiosk kiosk(city);
    CHECK(kiosk.verdict(ratingEnvelope(
              kiosk, wire::KioskFault{wire::KioskFault::Part::Sound, base::SecretText("Không nghe gì")})) ==
          "accepted");
    const auto shown = [&] {
        const auto state = json::parse(city.send({.path = "/dashboard/state"}).body);
        return state.at("kiosks").at(0).value("faults", json::array());
    };
    CHECK(shown() == json::array({"sound"}));
    const auto metrics = city.send({.path = "/metrics"}).body;
    CHECK(metrics.find("tram_kiosk_faults_open{part=\"sound\"} 1") != std::string::npos);
    CHECK(metrics.find("nghe") == std::string::npos);
    const auto list = city.tool({"faults", "list"});
    CHECK(list.find("sound\topen\tKhông nghe gì") != std::string::npos);
    city.tool({"faults", "close", list.substr(0, list.find('\t'))});
    CHECK(shown().empty());
    CHECK(city.tool({"faults", "list"}).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("who tries secrets of slips spends the budget of those who guess codes") {
    LiveCity city({.config = R"({"budgets":{"misses_per_address":3,"misses_per_prefix":1000}})",
                   .nginxServer = kBelieveAddresses});
    const auto tries = [&](const std::string& secret, const char* address) {
        auto headers = from(address);
        headers.emplace("Slip-Secret", secret);
        return city.send({.path = "/v1/dossiers/" + kRatedDossier, .headers = headers}).status;
    };
    for (int i = 0; i < 3; ++i) CHECK(tries("wrong-secret-" + std::to_string(i), "203.0.113.7") == 200);
    CHECK(tries("lan-da-nhan-0033", "203.0.113.7") == 429);
    CHECK(tries("lan-da-nhan-0033", "203.0.113.8") == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

#include <catch2/catch.hpp>
#include <csignal>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

std::string stateOf(PretendKiosk& kiosk, const std::string& code) {
    const auto reply = kiosk.follow(code);
    return reply.status == 200 ? json::parse(reply.body).at("state").get<std::string>()
                               : std::to_string(reply.status);
}

bool closed(const std::string& state) {
    return state == "answered" || state == "refused";
}

}  // namespace

TEST_CASE("a report goes all the way: received, accepted with 1022's number, forwarded, worked on, closed") {
    LiveCity city({.speed = 5 * 86400});  // five days in a second
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(kiosk.follow(sent.code).status == 200);
    REQUIRE(eventually([&] { return closed(stateOf(kiosk, sent.code)); }));

    const auto open = json::parse(kiosk.follow(sent.code).body);
    CHECK(open.at("external_number").get<std::string>().starts_with("1022-26-0042"));
    CHECK(open.at("unit") == "Trung tâm Quản lý hạ tầng kỹ thuật");
    CHECK(open.at("source") == "1022_demo");
    CHECK(open.contains("due"));
    std::vector<std::string> states;
    for (const auto& event : open.at("history")) states.push_back(event.at("state"));
    CHECK(states.size() == 5);
    CHECK(std::vector<std::string>(states.begin(), states.begin() + 4) ==
          std::vector<std::string>{"received", "accepted", "forwarded", "in_progress"});
    CHECK_FALSE(open.contains("opened"));
    CHECK(kiosk.follow(sent.code).body.find(kCanary) == std::string::npos);

    const auto receipt = json::parse(kiosk.follow(sent.code, sent.secret).body);
    REQUIRE(receipt.contains("opened"));
    CHECK(receipt.at("opened").at("text").get<std::string>().find(kCanary) != std::string::npos);
    const auto place = receipt.at("opened").at("place").get<std::string>();
    CHECK(place.find("12 Nguyễn Thiện Thuật") == 0);
    CHECK(place.find("Phường") != std::string::npos);  // all there is when only the ward was chosen
    CHECK(receipt.at("opened").at("answer").get<std::string>().size() > 20);
    CHECK(receipt.dump().find("0903") == std::string::npos);

    // Nothing of it changes when everything starts again.
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    city.startGateway();
    auto later = json::parse(kiosk.follow(sent.code, sent.secret).body), before = receipt;
    later.erase("as_of");
    before.erase("as_of");
    CHECK(later == before);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a wrong secret is the same as none") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    REQUIRE(eventually([&] { return stateOf(kiosk, sent.code) == "accepted"; }));
    const auto without = [](Reply reply) {
        auto document = json::parse(reply.body);
        document.erase("as_of");
        return std::pair(reply.status, document);
    };
    const auto none = without(kiosk.follow(sent.code));
    CHECK(without(kiosk.follow(sent.code, freshSecret())) == none);
    CHECK(without(kiosk.follow(sent.code, "x")) == none);
    CHECK_FALSE(none.second.contains("opened"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a code is read as people type it, all that is not there is one and the same 404") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    auto typed = base::TrackingCode::group(sent.code);
    std::transform(typed.begin(), typed.end(), typed.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    CHECK(kiosk.follow(typed).status == 200);

    auto slip = sent.code;
    slip.back() = slip.back() == 'A' ? 'B' : 'A';
    const auto unknown = kiosk.follow(freshCode(kiosk.place.prefix));
    CHECK(unknown.status == 404);
    for (const auto& other : {freshCode("ZZZ"), slip, std::string("x"), std::string(150, 'K')}) {
        const auto reply = kiosk.follow(other);
        INFO(other);
        CHECK(reply.status == 404);
        CHECK(reply.body == unknown.body);
        auto headers = reply.headers, same = unknown.headers;
        headers.erase("Date");
        same.erase("Date");
        CHECK(headers == same);
    }
    CHECK(city.send({.path = "/v1/nothing", .outsideContract = true}).body == unknown.body);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("misses are budgeted per address and per prefix, hits and proven receipts are not") {
    LiveCity city({.demo = false, .config = R"({"connector":"demo-1022",
        "budgets":{"misses_per_address":5,"misses_per_prefix":100,"misses_per_kiosk":4,"window_s":600}})"});
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    for (int i = 0; i < 10; ++i) CHECK(kiosk.follow(sent.code).status == 200);
    for (int i = 0; i < 5; ++i) CHECK(kiosk.follow(freshCode(kiosk.place.prefix)).status == 404);
    const auto refused = kiosk.follow(freshCode(kiosk.place.prefix));
    CHECK(refused.status == 429);
    CHECK(std::stoi(refused.header("Retry-After")) > 0);
    CHECK(std::stoi(refused.header("Retry-After")) <= 600);
    // A hit must look like a miss now, or guessing would go on.
    CHECK(kiosk.follow(sent.code).status == 429);
    CHECK(kiosk.follow(sent.code, freshSecret()).status == 429);
    CHECK(kiosk.follow(sent.code, sent.secret).status == 200);

    // Asked by the kiosk itself it has a budget of its own.
    const auto asKiosk = [&](const std::string& code) {
        return city.send({.path = "/v1/feedback/" + code, .headers = kiosk.auth()}).status;
    };
    CHECK(asKiosk(sent.code) == 200);
    for (int i = 0; i < 4; ++i) CHECK(asKiosk(freshCode(kiosk.place.prefix)) == 404);
    CHECK(asKiosk(freshCode(kiosk.place.prefix)) == 429);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("misses on one prefix are counted whoever makes them") {
    LiveCity city({.demo = false, .config = R"({"connector":"demo-1022",
        "budgets":{"misses_per_address":100,"misses_per_prefix":3}})"});
    PretendKiosk kiosk(city);
    for (int i = 0; i < 3; ++i) CHECK(kiosk.follow(freshCode("K7M")).status == 404);
    CHECK(kiosk.follow(freshCode("K7M")).status == 429);
    CHECK(kiosk.follow(freshCode("Z9Z")).status == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a report without a name tells no precise time") {
    // STANDARDS 14
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report([](wire::ActionBody& body, wire::FeedbackReport& report) {
        report.disclosure = wire::Disclosure::Anonymous;
        report.name.clear();
        report.phone.clear();
        body.createdAt = base::toRfc3339(base::coarseToHour(base::SystemClock().wall()));
    });
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(city.tool({"quarantine", "list"}).empty());
    const auto history = json::parse(kiosk.follow(sent.code).body).at("history");
    base::WallTime received;
    REQUIRE(base::fromRfc3339(history.at(0).at("at").get<std::string>(), received));
    CHECK(received == base::coarseToHour(received));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("without a connector reports wait as received") {
    LiveCity city({.demo = false, .config = "{}"});
    PretendKiosk kiosk(city);
    const auto sent = kiosk.report();
    REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
    CHECK(stateOf(kiosk, sent.code) == "received");
    CHECK(json::parse(city.send({.path = "/dashboard/state"}).body).at("reports").at("waiting") == 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

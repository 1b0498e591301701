// What a kiosk asks of offices: queues, appointments, watches, and how they are rated.
#include <catch2/catch.hpp>

#include "SignedInLine.h"

using namespace tram;
using base::ProblemKind;
using test::answerJson;
using test::kindOf;
using Line = test::SignedInLine;

TEST_CASE("a queue, a number of it, an appointment and a watch", "[link]") {
    Line line;
    const std::string time = "2026-11-21T09:41:07+07:00";
    wire::TurnBoard board{"27154"};
    board.source = "demo";
    board.asOf = time;
    wire::TurnTicket ticket;
    ticket.office = "27154";
    ticket.deskId = ticket.desk = "a";
    ticket.number = "A001";
    ticket.takenAt = ticket.asOf = time;
    const wire::TurnRequest wish{*base::Uuid::parse("019aa4c1-1e9a-7cc3-98c4-dc0c0c07398f"), "a"};
    ticket.id = wish.id.text();
    wire::AppointmentStatus status;
    status.trackingCode = "K7M3Q9X2TW";
    status.day = "2026-12-01";
    status.asOf = time;
    auto& server = line.http.server;
    server.Get("/v1/offices/(.+)/turns", [&](const httplib::Request&, httplib::Response& response) {
        answerJson(response, board.toJson());
    });
    server.Post("/v1/offices/(.+)/turns", [&](const httplib::Request& request, httplib::Response& response) {
        CHECK(request.body == wish.toJson());
        answerJson(response, wire::TurnAnswer{ticket}.toJson());
    });
    server.Get("/v1/appointments/(.+)", [&](const httplib::Request&, httplib::Response& response) {
        answerJson(response, status.toJson());
    });
    server.Post("/v1/dossiers/(.+)/watch", [&](const httplib::Request&, httplib::Response& response) {
        answerJson(response, wire::WatchAnswer{"2026-12-31"}.toJson());
    });
    line.http.start();

    SECTION("are asked for with the kiosk's token") {
        CHECK(line.client->turns("27154"));
        CHECK(line.signedIn(line.last()));
        const auto taken = line.client->takeTurn("27154", wish);
        REQUIRE(taken);
        REQUIRE(taken->ticket);
        CHECK(taken->ticket->number == "A001");
        CHECK(line.signedIn(line.last()));
        CHECK(line.client->appointment("K7M3Q9X2TW"));
        wire::WatchRequest watch{.id = wish.id};
        watch.to = base::SecretText("0901234567");
        watch.consentVersion = "vi:1";
        watch.consentAt = time;
        watch.language = "vi";
        const auto watched = line.client->watchDossier("H29.25-260310-0420", watch);
        REQUIRE(watched);
        CHECK(watched->until == "2026-12-31");
    }
    SECTION("and another's, mixed up on the way, is not shown") {
        CHECK(kindOf(line.client->turns("27142")) == ProblemKind::BadResponse);
        CHECK(kindOf(line.client->appointment("K7M3Q9X2TA")) == ProblemKind::BadResponse);
        ticket.id = "019aa4c1-1e9a-7cc3-98c4-dc0c0c073990";
        CHECK(kindOf(line.client->takeTurn("27154", wish)) == ProblemKind::BadResponse);
    }
    SECTION("and what is no name of an office goes nowhere") {
        CHECK(kindOf(line.client->turns("..")) == ProblemKind::OutOfRange);
        CHECK(kindOf(line.client->takeTurn("a/b", wish)) == ProblemKind::OutOfRange);
        CHECK(kindOf(line.client->appointment("K7M-3Q9")) == ProblemKind::OutOfRange);
    }
}

TEST_CASE("how an office is rated is asked by its name, whatever is in it", "[link]") {
    Line line;
    std::string told = wire::OfficeRating{43, 128, "2026-11-30"}.toJson();
    line.http.server.Get("/v1/ratings/(.+)", [&](const httplib::Request&, httplib::Response& response) {
        if (!told.empty()) return answerJson(response, told);
        response.status = 404;
        response.set_content("{}", "application/problem+json");
    });
    line.http.start();
    const auto rating = line.client->officeRating("Phòng Tư pháp / 27154?x");
    REQUIRE(rating);
    CHECK(rating->tenths == 43);
    CHECK(rating->count == 128);
    CHECK(rating->asOf == "2026-11-30");
    CHECK(line.last().target == "/v1/ratings/Ph%C3%B2ng%20T%C6%B0%20ph%C3%A1p%20%2F%2027154%3Fx");
    told = R"({"tenths": 51, "count": 1, "as_of": "2026-11-30"})";
    CHECK(kindOf(line.client->officeRating("27154")) == ProblemKind::BadResponse);
    told.clear();
    CHECK(kindOf(line.client->officeRating("27154")) == ProblemKind::NotFound);
}

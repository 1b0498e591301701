#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

template <class Message>
bool reads(json value, const json& patch) {
    value.merge_patch(patch);
    return Message::parse(value.dump()).has_value();
}

}  // namespace

TEST_CASE("A board, a number and why there is none say the same after the line as before") {
    const auto board = wire::TurnBoard::parse(turnBoard().toJson());
    REQUIRE(board);
    CHECK(board->toJson() == turnBoard().toJson());
    CHECK(board->desks[0].givesNumbers());
    CHECK(board->desks[0].serves("khai-sinh", ""));
    CHECK(board->desks[0].serves("other", "1.004873"));
    CHECK_FALSE(board->desks[0].serves("other", ""));
    CHECK(board->desks[1].serves("anything", ""));
    CHECK_FALSE(board->desks[1].givesNumbers());
    const auto answer = wire::TurnAnswer::parse(turnAnswer().toJson());
    REQUIRE(answer);
    REQUIRE(answer->ticket);
    CHECK(answer->ticket->number == "A012");
    CHECK(answer->ticket->ahead == 4);
    const auto none =
        wire::TurnAnswer::parse(wire::TurnAnswer{{}, wire::TurnRefusal::Closed, "13:00"}.toJson());
    REQUIRE(none);
    CHECK_FALSE(none->ticket);
    CHECK(none->opens == "13:00");
}

TEST_CASE("What comes of a queue is read strictly") {
    const auto board = json::parse(turnBoard().toJson());
    CHECK(reads<wire::TurnBoard>(board, {{"later", 1}}));
    CHECK_FALSE(reads<wire::TurnBoard>(board, {{"office", "../x"}}));
    CHECK_FALSE(
        reads<wire::TurnBoard>(board, {{"days", {{{"day", "2026-13-01"}, {"halves", json::array()}}}}}));
    CHECK_FALSE(reads<wire::TurnBoard>(board, {{"days", {{{"day", "2026-12-01"}, {"halves", {"noon"}}}}}}));
    CHECK_FALSE(reads<wire::TurnBoard>(
        board, {{"desks", {{{"id", "a"}, {"name", "b"}, {"open", true}, {"waiting", -1}}}}}));
    CHECK_FALSE(reads<wire::TurnBoard>(board, {{"desks", {{{"id", "a"}, {"name", ""}, {"open", true}}}}}));
    const auto request = json::parse(wire::TurnRequest{id(), "ho-tich"}.toJson());
    CHECK(reads<wire::TurnRequest>(request, json::object()));
    CHECK_FALSE(reads<wire::TurnRequest>(request, {{"more", 1}}));
    CHECK_FALSE(reads<wire::TurnRequest>(request, {{"id", "1"}}));
    CHECK_FALSE(reads<wire::TurnRequest>(request, {{"v", 2}}));
    const auto ticket = json::parse(turnTicket().toJson());
    CHECK_FALSE(reads<wire::TurnTicket>(ticket, {{"number", "A 12"}}));
    CHECK_FALSE(reads<wire::TurnTicket>(ticket, {{"number", std::string(17, 'A')}}));
    CHECK_FALSE(reads<wire::TurnAnswer>(json::object(), {{"refused", "tired"}}));
    for (const char* clock : {"24:00", "12:60", "1:00", "12-00", "", "12:000"})
        CHECK_FALSE(wire::isClock(clock));
    CHECK(wire::isClock("23:59"));
}

TEST_CASE("A request for an appointment names a person who can be reached, and its answer nobody") {
    const auto written = appointmentRequest().toJson();
    const auto read = wire::AppointmentRequest::parse(written.reveal());
    REQUIRE(read);
    CHECK(read->toJson().reveal() == written.reveal());
    const auto request = json::parse(written.reveal());
    for (const auto& patch :
         {json{{"name", ""}}, json{{"phone", "12"}}, json{{"phone", "0901 234 567"}}, json{{"half", "noon"}},
          json{{"day", "2026-02-30"}}, json{{"tracking_code", "K7M3Q9X2TT"}}, json{{"procedure", "a/b"}},
          json{{"office", ""}}, json{{"language", "fr"}}, json{{"email", "a@b.vn"}},
          json{{"phone", nullptr}}}) {
        CAPTURE(patch.dump());
        CHECK_FALSE(reads<wire::AppointmentRequest>(request, patch));
    }
    const auto status = wire::AppointmentStatus::parse(appointmentStatus().toJson());
    REQUIRE(status);
    CHECK(status->toJson() == appointmentStatus().toJson());
    CHECK(appointmentStatus().toJson().find("Nguyễn") == std::string::npos);
    CHECK_FALSE(reads<wire::AppointmentStatus>(json::parse(appointmentStatus().toJson()),
                                               {{"confirmed_day", nullptr}}));
}

TEST_CASE("A watch is for an address of its channel") {
    const auto written = watchRequest().toJson();
    const auto read = wire::WatchRequest::parse(written.reveal());
    REQUIRE(read);
    CHECK(read->toJson().reveal() == written.reveal());
    const auto request = json::parse(written.reveal());
    CHECK(reads<wire::WatchRequest>(request, {{"channel", "email"}, {"to", "lan@example.vn"}}));
    CHECK_FALSE(reads<wire::WatchRequest>(request, {{"channel", "email"}}));
    CHECK_FALSE(reads<wire::WatchRequest>(request, {{"to", "lan@example.vn"}}));
    CHECK_FALSE(reads<wire::WatchRequest>(request, {{"channel", "pigeon"}}));
    CHECK_FALSE(reads<wire::WatchRequest>(request, {{"code", "x"}}));
    CHECK(wire::WatchAnswer::parse(R"({"until":"2026-12-31"})"));
    CHECK_FALSE(wire::WatchAnswer::parse(R"({"until":"soon"})"));
}

TEST_CASE("A dossier's answer names channels, and those that are not known are left out") {
    auto status = json::parse(dossier().toJson());
    status["notify"] = {"sms", "pigeon", "sms", "zalo"};
    const auto read = wire::DossierStatus::parse(status.dump());
    REQUIRE(read);
    CHECK(read->notify == std::vector{wire::Channel::Sms, wire::Channel::Zalo});
}

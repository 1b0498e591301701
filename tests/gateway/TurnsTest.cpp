// Numbers of an office's queue, and days at its counter, from the pretend city's, through nginx as deployed.
#include <catch2/catch.hpp>
#include <set>

#include "PretendKiosk.h"
#include "QuietCity.h"
#include "calendar/WorkingDays.h"
#include "gateway/demo/DemoTurns.h"
#include "gateway/inbox/Halves.h"
#include "wire/Appointment.h"
#include "wire/Rating.h"
#include "wire/Turn.h"
#include "wire/VisitToken.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

constexpr const char *kHere = "27154", *kClosedWard = "27142";

base::Uuid freshId() {
    return base::Uuid::v7(base::SystemClock().wall());
}

Reply takeNumber(PretendKiosk& kiosk, const std::string& desk, const base::Uuid& id,
                 const std::string& office = kHere) {
    return kiosk.city.send({.method = "POST",
                            .path = "/v1/offices/" + office + "/turns",
                            .headers = kiosk.auth(),
                            .type = "application/json",
                            .body = wire::TurnRequest{id, desk}.toJson()});
}

wire::TurnTicket ticketIn(const Reply& reply) {
    REQUIRE(reply.status == 200);
    const auto answer = wire::TurnAnswer::parse(reply.body);
    REQUIRE(answer);
    REQUIRE(answer->ticket);
    return *answer->ticket;
}

std::string nextSunday(const std::string& from) {
    auto day = *calendar::dayFrom(from);
    while (std::chrono::weekday(day) != std::chrono::Sunday) day += std::chrono::days(1);
    return calendar::toText(day);
}

wire::AppointmentRequest wish(const std::string& code, const std::string& day) {
    wire::AppointmentRequest request;
    request.trackingCode = code;
    request.office = kHere;
    request.procedure = "khai-sinh";
    request.procedureName = "Đăng ký khai sinh";
    request.day = day;
    request.name = base::SecretText(kCanary);
    request.phone = base::SecretText("0901234567");
    request.consentVersion = "vi:1";
    request.consentAt = base::toRfc3339(base::SystemClock().wall());
    request.language = "vi";
    return request;
}

/// An envelope with it inside, and its id.
template <class Fields>
std::pair<base::Uuid, std::string> envelopeWith(PretendKiosk& kiosk, const Fields& fields) {
    wire::ActionBody body{.id = freshId(),
                          .kind = std::string(Fields::kKind),
                          .kioskId = kiosk.place.kioskId,
                          .createdAt = base::toRfc3339(base::SystemClock().wall()),
                          .fieldsJson = fields.toJson()};
    return {body.id, kiosk.envelopeOf(body.id, body.toJson().reveal())};
}

}  // namespace

TEST_CASE("turns: the same request gives the same number, also after a restart, and another the next") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto board = city.send({.path = "/v1/offices/27154/turns", .headers = kiosk.auth()});
    REQUIRE(board.status == 200);
    const auto read = wire::TurnBoard::parse(board.body);
    REQUIRE(read);
    CHECK(read->desks.size() == 3);
    CHECK(read->appointments);
    CHECK(read->days.size() >= 5);
    const auto id = freshId();
    const auto first = ticketIn(takeNumber(kiosk, "ho-tich", id));
    CHECK(first.number == "A001");
    CHECK(ticketIn(takeNumber(kiosk, "ho-tich", id)).number == first.number);
    CHECK(ticketIn(takeNumber(kiosk, "ho-tich", freshId())).number == "A002");
    CHECK(ticketIn(takeNumber(kiosk, "dat-dai", freshId())).number == "B001");
    CHECK(takeNumber(kiosk, "dat-dai", id).status == 409);
    city.stopGateway(SIGKILL);
    city.startGateway();
    CHECK(ticketIn(takeNumber(kiosk, "ho-tich", id)).number == first.number);
    CHECK(ticketIn(takeNumber(kiosk, "ho-tich", freshId())).number == "A003");
    const auto page = city.send({.path = "/l/" + first.id});
    CHECK(page.status == 200);
    CHECK(page.body.find("A001") != page.body.npos);
    CHECK(city.send({.path = "/l/" + first.id, .headers = {}}).body.find("visit") == page.body.npos);
    const auto scanned = city.send({.path = "/v1/turns/" + first.id, .headers = kiosk.auth()});
    CHECK(ticketIn(scanned).number == "A001");
    CHECK(ticketIn(scanned).visit.empty());
    CHECK(city.send({.path = "/v1/turns/" + first.id}).status == 401);
    CHECK(city.send({.path = "/v1/turns/" + freshId().text(), .headers = kiosk.auth()}).status == 404);
    CHECK(city.send({.path = "/v1/turns/x", .headers = kiosk.auth()}).status == 404);
    CHECK(city.send({.path = "/l/" + freshId().text()}).status == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("turns: a number carries the token that rates this visit, once, and its page does not") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto id = freshId();
    const auto ticket = ticketIn(takeNumber(kiosk, "ho-tich", id));
    const auto token = wire::VisitToken::parse(ticket.visit);
    REQUIRE(token);
    CHECK(token->ward == kHere);
    CHECK(ticketIn(takeNumber(kiosk, "ho-tich", id)).visit == ticket.visit);
    CHECK(ticketIn(takeNumber(kiosk, "ho-tich", freshId())).visit != ticket.visit);
    CHECK(city.send({.path = "/l/" + ticket.id}).body.find(ticket.visit) == std::string::npos);
    CHECK(city.send({.path = "/r/" + ticket.visit}).status == 200);
    wire::Rating visit;
    visit.about = wire::Rating::About::Visit;
    visit.proof = base::SecretText(ticket.visit);
    visit.stars = 5;
    CHECK(kiosk.verdict(envelopeWith(kiosk, visit).second) == "accepted");
    CHECK(kiosk.verdict(envelopeWith(kiosk, visit).second) == "accepted");
    CHECK(city.tool({"report", "ratings"}) == "dossier\t0\nvisit\t1\nkiosk\t0\nrepeated\t1\n");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("turns: closed, none left, no such desk and no such office are told apart") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto refused = [&](const Reply& reply) {
        REQUIRE(reply.status == 200);
        const auto answer = wire::TurnAnswer::parse(reply.body);
        REQUIRE(answer);
        CHECK_FALSE(answer->ticket);
        return std::string(wire::name(answer->refusal)) + answer->opens;
    };
    CHECK(refused(takeNumber(kiosk, "xa-hoi", freshId())) == "none_left");
    CHECK(refused(takeNumber(kiosk, "tiep-nhan", freshId(), kClosedWard)) == "closed13:00");
    CHECK(takeNumber(kiosk, "quay-la", freshId()).status == 404);
    CHECK(takeNumber(kiosk, "ho-tich", freshId(), "99999").status == 404);
    CHECK(city.send({.path = "/v1/offices/99999/turns", .headers = kiosk.auth()}).status == 404);
    CHECK(city.send({.path = "/v1/offices/27154/turns"}).status == 401);
    CHECK(city.send({.method = "POST",
                     .path = "/v1/offices/27154/turns",
                     .headers = kiosk.auth(),
                     .type = "application/json",
                     .body = "{\"v\":1,\"id\":\"x\"}",
                     .outsideContract = true})
              .status == 400);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("turns: a scripted kiosk cannot empty a queue") {
    LiveCity city({.config = R"({"turns":{"source":"demo","per_kiosk_hour":4}})"});
    PretendKiosk kiosk(city), other(city);
    std::vector<base::Uuid> ids;
    for (int i = 0; i < 4; ++i) {
        ids.push_back(freshId());
        CHECK(takeNumber(kiosk, "ho-tich", ids.back()).status == 200);
    }
    const auto stopped = takeNumber(kiosk, "ho-tich", freshId());
    CHECK(stopped.status == 429);
    CHECK(std::stol(stopped.header("Retry-After")) > 3000);
    CHECK(takeNumber(kiosk, "ho-tich", ids.front()).status == 200);  // what was given is given
    CHECK(ticketIn(takeNumber(other, "ho-tich", freshId())).number == "A005");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("appointments: asked for once, answered, and told by their code without a name") {
    LiveCity city({.speed = 1000});
    PretendKiosk kiosk(city);
    const auto board =
        wire::TurnBoard::parse(city.send({.path = "/v1/offices/27154/turns", .headers = kiosk.auth()}).body);
    REQUIRE(board);
    const auto code = freshCode(kiosk.place.prefix), refusedCode = freshCode(kiosk.place.prefix);
    const auto [id, envelope] = envelopeWith(kiosk, wish(code, board->days.front().day));
    CHECK(kiosk.verdict(envelope) == "accepted");
    CHECK(kiosk.verdict(envelope) == "replayed");
    const auto [other, sunday] = envelopeWith(kiosk, wish(refusedCode, nextSunday(board->days.front().day)));
    CHECK(kiosk.verdict(sunday) == "accepted");
    const auto state = [&](const std::string& of) {
        const auto reply = city.send({.path = "/v1/appointments/" + of});
        if (reply.status != 200) return std::to_string(reply.status);
        CHECK(reply.body.find("CANARY") == reply.body.npos);
        const auto status = wire::AppointmentStatus::parse(reply.body);
        REQUIRE(status);
        return std::string(wire::name(status->state)) + " " + status->confirmedDay;
    };
    CHECK(eventually([&] { return state(code) == "confirmed " + board->days.front().day; }));
    CHECK(eventually([&] { return state(refusedCode) == "refused "; }));
    const auto page = city.send({.path = "/hen/" + code});
    CHECK(page.status == 200);
    CHECK(page.body.find("CANARY") == page.body.npos);
    CHECK(page.body.find("Bàn Cờ") != page.body.npos);
    CHECK(state(freshCode(kiosk.place.prefix)) == "404");
    CHECK(city.send({.path = "/v1/feedback/" + code}).status == 404);
    CHECK(city.logs().find("CANARY") == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("appointments: what is wrong inside waits for people, and what is forgotten is gone") {
    QuietCity quiet([](auto& config) {
        config.turns.source = "demo";
        config.retention.closedReports = std::chrono::days(30);
    });
    const auto sealed = [&](const std::function<void(wire::AppointmentRequest&)>& change) {
        return quiet.seal("x", 0, [&](wire::ActionBody& body, auto& report) {
            auto request = wish(report.trackingCode, "2026-11-24");
            change(request);
            body.kind = wire::AppointmentRequest::kKind;
            body.fieldsJson = request.toJson();
        });
    };
    const auto fine = sealed([](auto&) {});
    REQUIRE(quiet.take(fine.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto wrong = sealed([](auto& request) { request.phone = base::SecretText("12"); });
    REQUIRE(quiet.take(wrong.bytes).verdict == wire::ActionVerdict::Accepted);
    const auto found = quiet.city->quarantine.find(wrong.id);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->reason.starts_with("schema"));

    auto& store = quiet.city->appointments;
    const auto stateOf = [&] {
        const auto status = store.status(fine.code, "", quiet.clock.wall());
        REQUIRE(status);
        return *status ? std::string(wire::name((*status)->state)) : "none";
    };
    CHECK(stateOf() == "received");
    REQUIRE(quiet.city->appointmentDelivery);
    REQUIRE(quiet.city->appointmentDelivery->step([] { return false; }));
    CHECK(stateOf() == "asked");
    quiet.restart();
    gateway::Halves halves(quiet.city->storage);
    const auto mended = halves.mend();
    REQUIRE(mended);
    CHECK_FALSE(mended->any());
    CHECK(quiet.filesWith(kCanary).empty());
    const auto code = base::TrackingCode::parse(fine.code);
    REQUIRE(code);
    REQUIRE(quiet.city->erasure.forget(*code));
    const auto gone = quiet.city->appointments.status(fine.code, "", quiet.clock.wall());
    REQUIRE(gone);
    CHECK_FALSE(*gone);
}

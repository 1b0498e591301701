// How sparingly an office's queue is asked, and what of a hostile one reaches anybody: with a scripted queue.
#include "gateway/turn/TurnHall.h"

#include <catch2/catch.hpp>

#include "gateway/account/RightsStore.h"
#include "gateway/turn/Appointments.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using gateway::Appointments;
using wire::AppointmentState;

namespace {

constexpr const char *kWard = "27154", *kOther = "27142", *kSubject = "whose";

struct Queue {
    int boards = 0, taken = 0, looks = 0, requests = 0;
    std::vector<std::string> cancelled;
    std::optional<ProblemKind> failure;
    wire::TurnTicket ticket;
    gateway::AppointmentStanding standing;
};
class ScriptedQueue final : public gateway::TurnSource {
  public:
    explicit ScriptedQueue(Queue& queue) : queue_(queue) {}
    base::Result<std::optional<wire::TurnBoard>> board(const std::string& office) override {
        ++queue_.boards;
        wire::TurnBoard board{office, "Trung tâm", ""};
        wire::TurnDesk desk{"ho-tich", "Quầy 1"};
        desk.open = true;
        board.desks.push_back(std::move(desk));
        return board;
    }
    base::Result<wire::TurnAnswer> take(const gateway::TurnAsked&) override {
        ++queue_.taken;
        if (queue_.failure) return base::fail(*queue_.failure);
        return wire::TurnAnswer{queue_.ticket};
    }
    base::Result<Now> now(const wire::TurnTicket&) override {
        ++queue_.looks;
        return Now{.ahead = 3};
    }
    base::Result<std::string> request(const base::Uuid& id, const wire::AppointmentRequest&) override {
        ++queue_.requests;
        return id.text();
    }
    base::Result<gateway::AppointmentStanding> standing(const std::string&) override {
        return queue_.standing;
    }
    base::Result<void> cancel(const std::string& reference) override {
        if (queue_.failure) return base::fail(*queue_.failure);
        queue_.cancelled.push_back(reference);
        return {};
    }
    std::string sourceName() const override { return "Hàng chờ thử"; }

  private:
    Queue& queue_;
};

struct Hall {
    TempDir dir;
    FakeClock clock;
    gateway::Storage storage = gateway::Storage::openOrCreate(dir / "data").value();
    Queue queue;
    crypto::SigningKey identity = crypto::SigningKey::generate();
    gateway::RatingKeys keys{identity};
    gateway::VisitTokens visits{keys};
    gateway::TurnHall hall{
        *storage.city, {std::make_unique<ScriptedQueue>(queue), {.perKioskHour = 3}}, &visits};

    Hall() { queue.ticket.number = "A012"; }
    base::Uuid fresh() {
        clock.advance(std::chrono::seconds(1));
        return base::Uuid::v7(clock.wall());
    }
    base::Result<wire::TurnAnswer> take(const base::Uuid& id, const std::string& office = kWard) {
        return hall.take({"kiosk", kWard}, office, {id, "ho-tich"}, clock.wall());
    }
};

struct Calendar {
    TempDir dir;
    FakeClock clock;  // 21 November 2026
    gateway::Storage storage = gateway::Storage::openOrCreate(dir / "data").value();
    Queue queue;
    ScriptedQueue source{queue};
    Appointments store{*storage.reports};
    gateway::AppointmentDelivery delivery{store, source,
                                          [](const auto&, auto&) { return base::Result<void>(); }, clock};
    gateway::RightsStore rights{*storage.reports};
    int asked = 0;

    std::string ask(const std::string& day, const std::string& phone, const std::string& kiosk = "kiosk") {
        wire::AppointmentRequest request;
        request.trackingCode = "CODE" + std::to_string(100'000 + ++asked);
        request.office = kWard;
        request.day = day;
        request.language = "vi";
        request.consentAt = base::toRfc3339(clock.wall());
        const auto added =
            store.add({{base::Uuid::v7(clock.wall()), kiosk, request, clock.wall(), phone, kSubject}})
                .value();
        CHECK(added == std::vector{Appointments::Added::Kept});
        return request.trackingCode;
    }
    void withdraw(const std::string& about, const char* subject = kSubject) {
        wire::RightsRequest request;
        request.trackingCode = "RIGHT" + std::to_string(10'000 + ++asked);
        request.right = wire::Right::Withdraw;
        request.about = about;
        request.language = "vi";
        REQUIRE(rights.add({{base::Uuid::v7(clock.wall()), request, subject, clock.wall(), clock.wall()}}));
    }
    std::string state(const std::string& code) {
        return std::string(wire::name(store.status(code, "", clock.wall()).value()->state));
    }
    void round() {
        REQUIRE(delivery.step([] { return false; }));
    }
};

}  // namespace

TEST_CASE("turns: numbers that a failing queue may have given count, the same request once") {
    Hall at;
    at.queue.failure = ProblemKind::ServerFault;
    const auto id = at.fresh();
    for (int again = 0; again < 5; ++again) CHECK(at.take(id).error().kind == ProblemKind::ServerFault);
    for (int more = 0; more < 2; ++more) CHECK_FALSE(at.take(at.fresh()));
    at.queue.failure.reset();
    CHECK(at.take(at.fresh()).error().kind == ProblemKind::TooManyRequests);
    at.clock.advance(std::chrono::hours(1));
    CHECK(at.take(at.fresh()));
    Hall away;
    away.queue.failure = ProblemKind::NoNetwork;
    for (int more = 0; more < 5; ++more) CHECK_FALSE(away.take(away.fresh()));
    away.queue.failure.reset();
    CHECK(away.take(away.fresh()));
}

TEST_CASE("turns: a ticket's link asks the queue once in a while, whoever looks") {
    Hall at;
    const auto id = at.fresh();
    REQUIRE(at.take(id));
    for (int look = 0; look < 20; ++look) {
        const auto ticket = at.hall.ticket(id.text(), at.clock.wall()).value();
        REQUIRE(ticket);
        CHECK(ticket->ahead == 3);
        CHECK(ticket->visit.empty());
    }
    CHECK(at.queue.looks == 1);
    at.clock.advance(gateway::TurnHall::kFresh);
    REQUIRE(at.hall.ticket(id.text(), at.clock.wall()));
    CHECK(at.queue.looks == 2);
}

TEST_CASE("turns: a visit can be rated where the kiosk stands, and nowhere else") {
    Hall at;
    CHECK_FALSE(at.take(at.fresh())->ticket->visit.empty());
    CHECK(at.take(at.fresh(), kOther)->ticket->visit.empty());
}

TEST_CASE("turns: what a queue writes of blanks is as if it had written nothing") {
    Hall at;
    at.queue.ticket.desk = "   ";
    at.queue.ticket.officeName = "\u200B";
    const auto id = at.fresh();
    const auto answer = at.take(id);
    REQUIRE(answer);
    CHECK(answer->ticket->desk == "Quầy 1");
    CHECK(answer->ticket->officeName == "Trung tâm");
    CHECK(at.take(id));
}

TEST_CASE("appointments: a day that no office gives is refused before anybody is asked") {
    Calendar at;
    for (const char* day : {"2001-01-01", "2026-11-20", "2027-03-22", "9999-12-31"})
        CHECK(at.state(at.ask(day, day)) == "refused");
    const auto fine = at.ask("2026-11-23", "phone");
    at.round();
    CHECK(at.queue.requests == 1);
    CHECK(at.state(fine) == "asked");
}

TEST_CASE("appointments: one phone has a few, and one kiosk not more than a counter can have in a day") {
    Calendar at;
    for (int i = 0; i < Appointments::kMostOfPhone; ++i)
        CHECK(at.state(at.ask("2026-11-23", "one")) == "received");
    CHECK(at.state(at.ask("2026-11-23", "one")) == "refused");
    for (int i = Appointments::kMostOfPhone + 1; i < Appointments::kMostOfKioskInDay; ++i)
        (void)at.ask("2026-11-23", "phone" + std::to_string(i));
    CHECK(at.state(at.ask("2026-11-23", "another")) == "refused");
    CHECK(at.state(at.ask("2026-11-23", "another", "second kiosk")) == "received");
    at.clock.advance(std::chrono::hours(25));
    CHECK(at.state(at.ask("2026-11-24", "a third")) == "received");
}

TEST_CASE("appointments: an answer of another age is none, and what was never answered ends with its day") {
    Calendar at;
    const auto code = at.ask("2026-11-23", "phone");
    at.queue.standing = {AppointmentState::Confirmed, "9999-12-31", "08:00", "", ""};
    at.round();
    CHECK(at.state(code) == "asked");
    at.clock.advance(std::chrono::hours(48));
    CHECK(at.store.endPast(at.clock.wall()).value() == 0);  // it is the day
    at.clock.advance(std::chrono::hours(24));
    CHECK(at.store.endPast(at.clock.wall()).value() == 1);
    CHECK(at.state(code) == "refused");
}

TEST_CASE("appointments: one that is withdrawn is cancelled at its source, as often as it takes, and once") {
    Calendar at;
    const auto asked = at.ask("2026-11-23", "phone"), confirmed = at.ask("2026-11-24", "phone");
    const auto others = at.ask("2026-11-23", "phone");
    at.queue.standing = {AppointmentState::Confirmed, "2026-11-24", "08:00", "", ""};
    at.round();
    REQUIRE(at.state(confirmed) == "confirmed");
    at.withdraw(confirmed, "somebody else");
    at.round();
    CHECK(at.state(confirmed) == "confirmed");
    at.queue.failure = ProblemKind::NoNetwork;
    at.withdraw(confirmed);
    CHECK(at.state(confirmed) == "withdrawn");
    at.round();
    CHECK(at.queue.cancelled.empty());
    at.queue.failure.reset();
    at.clock.advance(std::chrono::hours(1));
    at.round();
    at.round();
    CHECK(at.queue.cancelled.size() == 1);
    CHECK(at.state(others) == "confirmed");
    at.withdraw("all");
    at.round();
    CHECK(at.queue.cancelled.size() == 3);
    CHECK(at.state(asked) == "withdrawn");
}

TEST_CASE("appointments: one that is withdrawn before its source has it never gets there") {
    Calendar at;
    const auto code = at.ask("2026-11-23", "phone");
    at.withdraw(code);
    at.round();
    CHECK(at.queue.requests == 0);
    CHECK(at.queue.cancelled.empty());
    CHECK(at.state(code) == "withdrawn");
    CHECK(at.store.endPast(at.clock.wall() + std::chrono::hours(96)).value() == 0);
}

TEST_CASE("appointments: one that is withdrawn while its source takes it is cancelled there") {
    Calendar at;
    const auto code = at.ask("2026-11-23", "phone");
    const auto due = at.store.due(at.clock.wall(), 1).value();
    REQUIRE(due.size() == 1);
    at.withdraw(code);
    REQUIRE(at.store.asked(due[0].id, "theirs", at.clock.wall()));
    at.round();
    CHECK(at.queue.cancelled == std::vector<std::string>{"theirs"});
    CHECK(at.state(code) == "withdrawn");
}

TEST_CASE("appointments: a round stops when the gateway does") {
    Calendar at;
    for (int i = 0; i < 3; ++i) (void)at.ask("2026-11-23", std::to_string(i));
    REQUIRE(at.delivery.step([&] { return at.queue.requests == 1; }));
    CHECK(at.queue.requests == 1);
    at.round();
    CHECK(at.queue.requests == 3);
}

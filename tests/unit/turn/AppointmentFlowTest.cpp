#include "turn/AppointmentFlow.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "crypto/Bytes.h"
#include "outbox/MemoryOutboxStore.h"
#include "tests/support/FakeFeedback.h"

using namespace tram;
using namespace tram::turn;
using base::ProblemKind;
using wire::AppointmentState;
using wire::HalfDay;

namespace {

struct AppointmentWorld {
    test::FakeKiosk kiosk;
    base::Result<wire::TurnBoard> board = base::fail(ProblemKind::NoNetwork);
    base::Result<wire::AppointmentStatus> status = base::fail(ProblemKind::NotFound);
    std::unique_ptr<AppointmentFlow> flow;

    void begin() {
        flow = std::make_unique<AppointmentFlow>(
            AppointmentFlow::Errand{"27154", "", "khai-sinh", "Đăng ký khai sinh"},
            AppointmentFlow::Ask{[this](const std::string&) { return board; },
                                 [this](const std::string&) { return status; }},
            kiosk.box, kiosk.scheduler, kiosk.clock);
        flow->start();
        kiosk.scheduler.settle();
    }
    void offer(std::vector<wire::TurnDay> days) {
        wire::TurnBoard offered{"27154", "Trung tâm", "221 Nguyễn Đình Chiểu"};
        offered.appointments = true;
        offered.days = std::move(days);
        board = offered;
    }
    void fillIn() {
        flow->chooseDay(flow->days().front().day);
        flow->next();
        flow->chooseHalf(HalfDay::Morning);
        flow->next();
        flow->setName(base::SecretText("Nguyễn Thị Thử"));
        flow->setPhone(base::SecretText("0901 234 567"));
        flow->setConsent(true, "vi:0123456789abcdef");
        flow->next();
    }
    void send() {
        flow->send("vi");
        kiosk.scheduler.settle();
    }
};

}  // namespace

TEST_CASE("An appointment is asked for without a line, on a working day") {
    AppointmentWorld world;
    world.begin();
    CHECK_FALSE(world.flow->daysAreKnown());
    CHECK_FALSE(world.flow->takesNone());
    REQUIRE(world.flow->days().size() == 10);
    world.flow->next();
    CHECK(world.flow->issues() == std::vector{AppointmentIssue::DayMissing});
    world.fillIn();
    REQUIRE(world.flow->step() == Step::Check);
    CHECK(world.flow->place().empty());
    world.send();
    REQUIRE(world.flow->receipt());
    const auto items = world.kiosk.items();
    REQUIRE(items.size() == 1);
    const auto body = world.kiosk.body(items[0]);
    CHECK(body.kind == "appointment.request");
    const auto request = wire::AppointmentRequest::parse(body.fieldsJson.reveal());
    REQUIRE(request);
    CHECK(request->trackingCode == world.flow->receipt()->code.symbols());
    CHECK(request->subject.empty());
    CHECK(request->phone.reveal() == "0901234567");
    CHECK(request->name.reveal() == "Nguyễn Thị Thử");
    CHECK(request->day == world.flow->day());
    CHECK(request->consentVersion == "vi:0123456789abcdef");
    CHECK(world.flow->name().empty());
    CHECK_FALSE(world.flow->back());
    world.send();
    CHECK(world.kiosk.items().size() == 1);
}

TEST_CASE("A day chosen before the office had answered is chosen again where it has no room") {
    AppointmentWorld world;
    world.begin();
    const auto guessed = world.flow->days()[1].day;
    world.flow->chooseDay(guessed);
    world.flow->next();
    world.flow->chooseHalf(HalfDay::Afternoon);
    world.offer({{guessed, true, false}, {"2026-12-31", true, true}});
    world.flow->start();
    world.kiosk.scheduler.settle();
    CHECK(world.flow->day() == guessed);
    CHECK_FALSE(world.flow->half());
    CHECK(world.flow->step() == Step::Half);
    world.offer({{"2026-12-31", true, true}});
    world.flow->start();
    world.kiosk.scheduler.settle();
    CHECK(world.flow->day().empty());
    CHECK(world.flow->step() == Step::Day);
    CHECK(world.flow->issues() == std::vector{AppointmentIssue::DayMissing});
}

TEST_CASE("What the office offers is what can be chosen") {
    AppointmentWorld world;
    world.offer({{"2026-12-01", true, false}, {"2026-12-02", false, true}});
    world.begin();
    CHECK(world.flow->daysAreKnown());
    CHECK(world.flow->place() == "Trung tâm, 221 Nguyễn Đình Chiểu");
    world.flow->chooseDay("2026-12-03");
    CHECK(world.flow->day().empty());
    world.flow->chooseDay("2026-12-01");
    world.flow->next();
    world.flow->chooseHalf(HalfDay::Afternoon);
    CHECK_FALSE(world.flow->half());
    world.flow->chooseHalf(HalfDay::Morning);
    REQUIRE(world.flow->half());
    CHECK(world.flow->back());
    world.flow->chooseDay("2026-12-02");
    CHECK_FALSE(world.flow->half());
}

TEST_CASE("An office that takes none says so, a queue that is silent does not") {
    AppointmentWorld world;
    world.board = base::fail(ProblemKind::NotFound);
    world.begin();
    CHECK(world.flow->takesNone());
    world.board = base::fail(ProblemKind::ServerFault, {{"detail", "source"}});
    world.begin();
    CHECK_FALSE(world.flow->takesNone());
    wire::TurnBoard none{"27154"};
    world.board = none;
    world.begin();
    CHECK(world.flow->takesNone());
}

TEST_CASE("Who asks has to be reachable, and to agree") {
    AppointmentWorld world;
    world.begin();
    world.flow->chooseDay(world.flow->days().front().day);
    world.flow->next();
    world.flow->chooseHalf(HalfDay::Morning);
    world.flow->next();
    world.flow->next();
    const auto first = world.flow->issues();
    CHECK(std::ranges::count(first, AppointmentIssue::PhoneMissing) == 1);
    world.flow->setPhone(base::SecretText("12"));
    world.flow->next();
    CHECK(world.flow->step() == Step::Who);
    CHECK(world.flow->issues() == std::vector{AppointmentIssue::NameMissing, AppointmentIssue::PhoneInvalid,
                                              AppointmentIssue::ConsentMissing});
    world.send();
    CHECK_FALSE(world.flow->receipt());
}

TEST_CASE("What could not be kept is told, and is there to be sent again") {
    AppointmentWorld world;
    world.begin();
    world.fillIn();
    world.kiosk.store->failures = {ProblemKind::DiskFull};
    world.send();
    CHECK_FALSE(world.flow->receipt());
    REQUIRE(world.flow->failure());
    CHECK(world.flow->failure()->kind == ProblemKind::DiskFull);
    CHECK(world.flow->name().reveal() == "Nguyễn Thị Thử");
    world.send();
    CHECK(world.flow->receipt());
    CHECK_FALSE(world.flow->failure());
}

TEST_CASE("An appointment names who was logged in when it was sent") {
    AppointmentWorld world;
    world.begin();
    world.fillIn();
    const auto sub = std::string(42, 'B') + "A";
    world.flow->send("vi", base::SecretText(sub));
    world.kiosk.scheduler.settle();
    const auto items = world.kiosk.items();
    REQUIRE(items.size() == 1);
    const auto request = wire::AppointmentRequest::parse(world.kiosk.body(items[0]).fieldsJson.reveal());
    REQUIRE(request);
    CHECK(request->subject.reveal() == sub);
}

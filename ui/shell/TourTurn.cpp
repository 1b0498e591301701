#include "calendar/WorkingDays.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/FollowScreen.h"
#include "ui/screens/TurnScreen.h"
#include "ui/screens/WatchScreen.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using base::Result;

namespace {

const char *const kCounter = "Trung tâm Phục vụ hành chính công Phường Bàn Cờ", *const kWard = "27154",
                  *const kQueue = "Hệ thống xếp hàng (giả lập)";

wire::TurnBoard stagedBoard(const screens::Services& real) {
    wire::TurnBoard board{kWard, kCounter, "221 Nguyễn Đình Chiểu, Phường Bàn Cờ"};
    wire::TurnDesk open{"ho-tich", "Quầy 1–3: Hộ tịch, chứng thực"};
    open.open = true;
    open.waiting = 4;
    open.minutes = 16;
    open.left = 40;
    wire::TurnDesk closed{"dat-dai", "Quầy 4: Đất đai, xây dựng, kinh doanh"};
    closed.opens = "13:00";
    wire::TurnDesk full{"xa-hoi", "Quầy 5: Bảo trợ xã hội"};
    full.open = true;
    full.left = 0;
    board.desks = {open, closed, full};
    board.appointments = true;
    const calendar::WorkingDays week;
    auto day = calendar::dayInCity(real.clock.wall());
    for (int i = 0; i < 6; ++i) {
        day = week.firstFrom(day + std::chrono::days(1));
        board.days.push_back({calendar::toText(day), i != 1, true});
    }
    board.source = kQueue;
    board.asOf = base::toRfc3339(real.clock.wall());
    return board;
}

Result<wire::TurnAnswer> stagedNumber(const screens::Services& real, const wire::TurnRequest& request) {
    wire::TurnTicket ticket;
    ticket.id = request.id.text();
    ticket.office = kWard;
    ticket.deskId = request.desk;
    ticket.officeName = kCounter;
    ticket.desk = "Quầy 1–3: Hộ tịch, chứng thực";
    ticket.number = "A012";
    ticket.ahead = 4;
    ticket.minutes = 16;
    ticket.takenAt = ticket.asOf = base::toRfc3339(real.clock.wall());
    ticket.source = kQueue;
    return wire::TurnAnswer{ticket};
}

wire::AppointmentStatus stagedStatus(const screens::Services& real, wire::AppointmentState state) {
    wire::AppointmentStatus status;
    status.trackingCode = "K7M3Q9X2TW";
    status.state = state;
    status.office = kWard;
    status.procedureName = "Đăng ký khai sinh";
    status.day = stagedBoard(real).days.front().day;
    if (state == wire::AppointmentState::Confirmed) {
        status.confirmedDay = status.day;
        status.confirmedTime = "08:15";
        status.desk = "Quầy 1–3: Hộ tịch, chứng thực";
    }
    if (state == wire::AppointmentState::Refused) status.reason = "Buổi đó đã kín lịch.";
    status.source = kQueue;
    status.asOf = base::toRfc3339(real.clock.wall());
    return status;
}

screens::TurnErrand birth() {
    return {kWard, "khai-sinh", "", "Đăng ký khai sinh"};
}

}  // namespace

void Tour::asksQueue(Result<wire::TurnBoard> board) {
    homeAgain();
    auto services = real_;
    services.turns = [board](const std::string&) { return board; };
    services.takeTurn = [real = real_](const std::string&, const wire::TurnRequest& request) {
        return stagedNumber(real, request);
    };
    kiosk_.useServices(services);
}

void Tour::planTurns() {
    const auto opens = [this](Result<wire::TurnBoard> board) {
        asksQueue(std::move(board));
        kiosk_.open(std::make_unique<screens::TurnScreen>(kiosk_, birth()));
    };
    stop(
        "procedure-turn",
        [this] {
            asksQueue(stagedBoard(real_));
            press("tile.procedures");
            press("entry.procedure.khai-sinh");
        },
        [this] { return at("city_entry") && shows("turn"); });
    stop("turn-desks", [this, opens] { opens(stagedBoard(real_)); }, [this] { return at("turn_desks"); });
    stop("turn-closed", [this] { press("desk.dat-dai"); }, [this] { return at("turn_none"); });
    stop("turn-desks-again", [this] { press("back"); }, [this] { return at("turn_desks"); });
    stop("turn-none-left", [this] { press("desk.xa-hoi"); }, [this] { return at("turn_none"); });
    stop("turn-desks-once-more", [this] { press("back"); }, [this] { return at("turn_desks"); });
    stop("turn-ticket", [this] { press("desk.ho-tich"); }, [this] { return at("turn_ticket"); });
    stop(
        "turn-offline", [opens] { opens(base::fail(ProblemKind::NoNetwork)); },
        [this] { return at("turn_problem"); });
    stop(
        "turn-silent", [opens] { opens(base::fail(ProblemKind::ServerFault, {{"detail", "source"}})); },
        [this] { return at("turn_problem"); });
    stop(
        "turn-not-offered", [opens] { opens(base::fail(ProblemKind::NotFound)); },
        [this] { return at("turn_not_offered"); });
}

void Tour::planAppointments() {
    const auto flow = [this]() -> turn::AppointmentFlow& {
        return static_cast<screens::AppointmentScreen&>(kiosk_.screen()).flow();
    };
    stop(
        "appointment-day",
        [this] {
            asksQueue(stagedBoard(real_));
            kiosk_.open(std::make_unique<screens::AppointmentScreen>(kiosk_, birth()));
        },
        [this, flow] { return at("appointment_day") && flow().daysAreKnown(); });
    stop(
        "appointment-half",
        [this, flow] {
            flow().chooseDay(flow().days().front().day);
            press("next");
        },
        [this] { return at("appointment_half"); });
    stop(
        "appointment-who",
        [this] {
            press("half.morning");
            press("next");
        },
        [this] { return at("appointment_who"); });
    stop("appointment-who-missing", [this] { press("next"); });
    stop(
        "appointment-check",
        [this, flow] {
            type("name", "Nguyễn Thị Thử");
            type("phone", "0901234567");
            press("consent");
            press("next");
        },
        [this] { return at("appointment_check"); });
    stop("appointment-receipt", [this] { press("send"); }, [this] { return at("appointment_receipt"); });
    using State = wire::AppointmentState;
    for (const auto& [name, state] :
         {std::pair("appointment-asked", State::Asked), std::pair("appointment-confirmed", State::Confirmed),
          std::pair("appointment-refused", State::Refused)})
        stop(
            name,
            [this, state = state] {
                homeAgain();
                auto services = real_;
                services.status = [](const auto&, const auto&) { return base::fail(ProblemKind::NotFound); };
                services.appointment = [status = stagedStatus(real_, state)](const std::string&) {
                    return status;
                };
                kiosk_.useServices(services);
                kiosk_.open(std::make_unique<screens::FollowScreen>(kiosk_, "K7M3Q9X2TW"));
            },
            [this] { return at("follow_appointment"); });
}

void Tour::planWatch() {
    const auto opens = [this](Result<wire::WatchAnswer> answer) {
        homeAgain();
        auto services = real_;
        services.watchDossier = [answer](const std::string&, const wire::WatchRequest&) { return answer; };
        kiosk_.useServices(services);
        wire::DossierStatus status;
        status.code = "H29.168-261105-0042";
        status.procedure = "Đăng ký biến động đất đai";
        status.notify = {wire::Channel::Sms};
        kiosk_.open(std::make_unique<screens::WatchScreen>(kiosk_, status));
    };
    const auto sends = [this] {
        type("phone", "0901234567");
        press("consent");
        press("send");
    };
    stop("watch", [opens] { opens(wire::WatchAnswer{"2027-05-29"}); }, [this] { return at("watch"); });
    stop("watch-missing", [this] { press("send"); });
    stop("watch-done", sends, [this] { return at("watch_done"); });
    stop(
        "watch-failed",
        [opens, sends] {
            opens(base::fail(ProblemKind::NoNetwork));
            sends();
        },
        [this] { return at("watch_problem"); });
}

}  // namespace tram::shell

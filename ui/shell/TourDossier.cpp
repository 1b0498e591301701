#include "calendar/WorkingDays.h"
#include "ui/screens/DossierScreen.h"
#include "ui/shell/StagedPrinter.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using std::chrono::hours;
using wire::DossierState;
using wire::DossierStatus;

namespace {

const char* const kOffice = "Trung tâm Phục vụ hành chính công phường Bàn Cờ";

std::string ago(const screens::Services& real, int days) {
    return base::toRfc3339(real.clock.wall() - hours(24) * days);
}
std::string dayAhead(const screens::Services& real, int days) {
    return calendar::toText(calendar::dayInCity(real.clock.wall()) + std::chrono::days(days));
}

DossierStatus staged(const screens::Services& real, DossierState state) {
    DossierStatus status{.code = "H29.168-261105-0042",
                         .procedure = "Đăng ký biến động đất đai",
                         .state = state,
                         .way = wire::DossierWay::Counter,
                         .office = kOffice,
                         .received = ago(real, 16),
                         .promised = dayAhead(real, 10),
                         .workingDays = 7,
                         .source = "Hệ thống giải quyết thủ tục hành chính TP.HCM",
                         .asOf = ago(real, 0)};
    status.events = {{DossierState::Received, ago(real, 16), kOffice, ""},
                     {DossierState::InProgress, ago(real, 15), "", ""}};
    if (state != DossierState::InProgress) status.events.push_back({state, ago(real, 1), kOffice, ""});
    return status;
}

DossierStatus papersAsked(const screens::Services& real) {
    auto status = staged(real, DossierState::PapersAsked);
    status.task =
        wire::DossierTask{.by = dayAhead(real, 6),
                          .papers = {"bản chính giấy chứng nhận quyền sử dụng đất"},
                          .where = std::string(kOffice) + ", quầy 3, giờ hành chính; hoặc trực tuyến"};
    return status;
}

DossierStatus paymentAsked(const screens::Services& real) {
    auto status = staged(real, DossierState::PaymentAsked);
    status.task = wire::DossierTask{.by = dayAhead(real, 4),
                                    .fee = 1250000,
                                    .paymentQr = "MAU-KHONG-THANH-TOAN-DUOC H29.168-261105-0042 1250000",
                                    .where = "quầy 1, hoặc chuyển khoản"};
    return status;
}

DossierStatus late(const screens::Services& real) {
    auto status = staged(real, DossierState::InProgress);
    status.promised = dayAhead(real, -4);
    status.workingDays = -2;
    return status;
}

DossierStatus untold(const screens::Services& real) {
    auto status = staged(real, DossierState::Unknown);
    status.said = "Chuyển liên thông cơ quan thuế";
    status.events.back().said = status.said;
    return status;
}

}  // namespace

void Tour::asksDossier(base::Result<DossierStatus> answer) {
    homeAgain();
    auto services = real_;
    services.dossier = [answer](const std::string&) { return answer; };
    kiosk_.useServices(services);
    kiosk_.open(std::make_unique<screens::DossierScreen>(kiosk_, "H29.168-261105-0042"));
}

void Tour::asksMyDossiers(base::Result<wire::MyDossiers> answer) {
    homeAgain();
    auto services = real_;
    services.myDossiers = [answer](const base::SecretText&) { return answer; };
    kiosk_.useServices(services);
    kiosk_.open(std::make_unique<screens::DossierScreen>(kiosk_, screens::DossierScreen::Begin::Mine));
}

void Tour::planDossier() {
    stop(
        "dossier-code",
        [this] {
            homeAgain();
            press("tile.dossier");
        },
        [this] { return at("dossier_code"); });
    stop("dossier-code-slip", [this] { type("code", "h29.168-2611"); });
    stop("dossier-code-right", [this] { type("code", "h29.168 - 261105 - 0042"); });
    const auto shown = [this](const char* name, auto make) {
        stop(name, [this, make] { asksDossier(make(real_)); }, [this] { return at("dossier_status"); });
    };
    const auto in = [](DossierState state) {
        return [state](const screens::Services& real) { return staged(real, state); };
    };
    shown("dossier-papers", papersAsked);
    stop("dossier-phone", [this] { press("phone"); }, [this] { return at("dossier_phone"); });
    planPrinting();
    shown("dossier-payment", paymentAsked);
    shown("dossier-waiting", in(DossierState::InProgress));
    shown("dossier-late", late);
    shown("dossier-ready", in(DossierState::Finished));
    shown("dossier-handed-over", in(DossierState::HandedOver));
    shown("dossier-declined", in(DossierState::Declined));
    shown("dossier-untold", untold);
    stop(
        "dossier-not-found", [this] { asksDossier(base::fail(ProblemKind::NotFound)); },
        [this] { return at("dossier_not_found"); });
    stop(
        "dossier-source-away",
        [this] { asksDossier(base::fail(ProblemKind::ServerFault, {{"detail", "source"}})); },
        [this] { return at("dossier_problem"); });
    stop(
        "dossier-offline", [this] { asksDossier(base::fail(ProblemKind::NoNetwork)); },
        [this] { return at("dossier_problem"); });
    stop(
        "my-dossiers-login", [this] { asksMyDossiers(wire::MyDossiers{}); },
        [this] { return at("my_dossiers_login"); });
}

/// Over the dossier's page, which then has *In*.
void Tour::planPrinting() {
    using Stage = device::PrintState::Stage;
    const auto prints = [this](const char* name, const char* screen, device::PrintState state) {
        stop(
            name,
            [this, state] {
                homeAgain();
                auto services = real_;
                services.dossier = [status = papersAsked(real_)](const std::string&) { return status; };
                services.printer = std::make_shared<StagedPrinter>(state);
                kiosk_.useServices(services);
                kiosk_.open(std::make_unique<screens::DossierScreen>(kiosk_, "H29.168-261105-0042"));
                printing_ = true;
            },
            [this, screen] {
                if (printing_ && shows("print")) {
                    printing_ = false;
                    press("print");
                }
                return at(screen);
            });
    };
    prints("print-under-way", "print_under_way", {Stage::Printing, {}});
    prints("print-done", "print_done", {Stage::Done, {}});
    prints("print-paper-out", "print_trouble", {Stage::Spooled, ProblemKind::PrinterPaperOut});
    prints("print-failed", "print_trouble", {Stage::Failed, ProblemKind::PrinterOffline});
}

void Tour::planMyDossiers() {
    stop(
        "my-dossiers",
        [this] {
            asksMyDossiers(
                wire::MyDossiers{{papersAsked(real_), late(real_), staged(real_, DossierState::Finished)},
                                 "Hệ thống giải quyết thủ tục hành chính TP.HCM",
                                 ago(real_, 0)});
        },
        [this] { return at("my_dossiers"); });
    stop(
        "my-dossiers-none", [this] { asksMyDossiers(wire::MyDossiers{{}, "Hệ thống mẫu", ago(real_, 0)}); },
        [this] { return at("my_dossiers_none"); });
}

}  // namespace tram::shell

#include "outbox/MemoryOutboxStore.h"
#include "ui/screens/AccountScreen.h"
#include "ui/screens/MyServicesScreen.h"
#include "ui/screens/RightsScreen.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
using base::Result;
using screens::AccountScreen;

namespace {

wire::MyServices chosenFor(std::vector<std::string> services, std::int64_t revision = 3) {
    wire::MyServices mine;
    mine.revision = revision;
    mine.services = std::move(services);
    return mine;
}

/// What the gateway would say to whoever the tour logs in.
account::MyLine toldOfMine(const screens::Services& services) {
    const auto now = base::toRfc3339(services.clock.wall());
    const auto ours = [&](const char* random) {
        return base::TrackingCode::make(services.station.prefix, random)->symbols();
    };
    const auto fields = services.fields();
    const auto field = [&](std::size_t at) {
        return fields && at < fields->fields.size() ? fields->fields[at].id : std::string("other");
    };
    using About = wire::MyNotice::About;
    const wire::MyNotices notices{
        {{About::Report, ours("000000"), field(1), "in_progress", now},
         {About::Dossier, "H29.168-261105-0042", "Đăng ký biến động đất đai", "papers_asked", now},
         {About::Dossier, "H29.26-261102-0033", "Cấp bản sao trích lục khai sinh", "finished", now}},
        "2026-11-14T15:20:00+07:00",
        false,
        now};
    const wire::MyDocuments documents{
        {{"Thẻ căn cước", "Bộ Công an (mô phỏng)", "2024-03-08", "2039-03-08", ""},
         {"Thẻ bảo hiểm y tế", "Bảo hiểm xã hội Thành phố Hồ Chí Minh (mô phỏng)", "2021-01-01", "2025-12-31",
          ""},
         {"Giấy chứng nhận đăng ký kết hôn", "Uỷ ban nhân dân phường mẫu", "2012-10-20", "", ""}},
        "https://vneid.gov.vn/",
        "Kho giấy tờ cá nhân (mô phỏng)",
        now};
    const auto ahead = [&](int days) {
        return base::toRfc3339(services.clock.wall() + std::chrono::days(days)).substr(0, 10);
    };
    const wire::MyAppointments appointments{
        {{ours("333333"), services.config.turns.office, "Đăng ký khai sinh",
          wire::AppointmentState::Confirmed, ahead(2), wire::HalfDay::Morning, "09:20"},
         {ours("444444"), services.config.turns.office, "", wire::AppointmentState::Asked, ahead(5),
          wire::HalfDay::Afternoon, ""}},
        "Hệ thống lấy số (mô phỏng)",
        now};
    const wire::MyConsents consents{
        {{ours("000000"), field(1), "name_hidden", "3f9a1c02b7de", now, false},
         {ours("111111"), field(2), "named", "3f9a1c02b7de", now, true},
         {ours("333333"), "appointment", "named", "3f9a1c02b7de", now, false, true, "Đăng ký khai sinh"}},
        now};
    const wire::MyRights rights{
        {{ours("222222"), "delete", ours("111111"), "received", now, now.substr(0, 10), ""}}, now};
    const wire::MyAccount account{
        "VNeID (mô phỏng)", "VNeID (simulated)", {"address", "phone"}, "https://vneid.gov.vn/"};
    return {
        .services =
            [](const base::SecretText&) { return Result<wire::MyServices>(chosenFor({"dossier", "news"})); },
        .keepServices = [](const base::SecretText&,
                           const wire::MyServices& mine) { return Result<wire::MyServices>(mine); },
        .notices = [notices](const base::SecretText&) { return Result<wire::MyNotices>(notices); },
        .noticesSeen = [](const base::SecretText&, const wire::NoticesSeen&) { return Result<void>(); },
        .documents = [documents](const base::SecretText&) { return Result<wire::MyDocuments>(documents); },
        .account = [account](const base::SecretText&) { return Result<wire::MyAccount>(account); },
        .appointments =
            [appointments](const base::SecretText&) { return Result<wire::MyAppointments>(appointments); },
        .consents = [consents](const base::SecretText&) { return Result<wire::MyConsents>(consents); },
        .rights = [rights](const base::SecretText&) { return Result<wire::MyRights>(rights); }};
}

}  // namespace

void Tour::mineIs(account::MyLine mine) {
    homeAgain();
    auto services = real_;
    services.mine = std::move(mine);
    kiosk_.useServices(services);
}

/// Somebody is logged in by now. From here on nothing of theirs is asked of the real gateway.
void Tour::planMine() {
    real_.mine = toldOfMine(real_);
    const auto opens = [this](AccountScreen::Part part) {
        kiosk_.open(std::make_unique<AccountScreen>(kiosk_, part));
    };
    stop(
        "mine",
        [this] {
            mineIs(real_.mine);
            press("tile.mine");
        },
        [this] { return at("mine"); });
    stop("mine-news", [this] { press("part.news"); }, [this] { return shows("seen"); });
    stop("mine-news-none", [this] { press("seen"); });
    stop(
        "mine-appointments",
        [this] {
            mineIs(real_.mine);
            press("tile.mine");
            press("part.appointments");
        },
        [this] { return at("mine_appointments"); });
    stop(
        "mine-documents",
        [this] {
            mineIs(real_.mine);
            press("tile.mine");
            press("part.documents");
        },
        [this] { return shows("document.0"); });
    stop("mine-document", [this] { press("document.0"); }, [this] { return at("mine_document"); });
    stop(
        "mine-account",
        [this] {
            mineIs(real_.mine);
            press("tile.mine");
            press("part.account");
        },
        [this] { return at("mine_account"); });
    stop(
        "mine-services",
        [this] {
            mineIs(real_.mine);
            press("tile.mine");
            press("part.services");
        },
        [this] { return at("my_services"); });
    stop("mine-services-chosen", [this] { press("add.nearby"); });
    stop("mine-services-saved", [this] { press("save"); }, [this] { return at("my_services_saved"); });
    stop("home-chosen", [this] { press("home"); }, [this] { return at("home"); });
    stop(
        "mine-services-newer",
        [this] {
            auto mine = real_.mine;
            mine.services = [](const base::SecretText&) {
                return wire::MyServices::parse(R"({"version":2,"revision":4,"services":["news","dossier"]})");
            };
            mineIs(std::move(mine));
            kiosk_.open(std::make_unique<screens::MyServicesScreen>(kiosk_));
        },
        [this] { return at("my_services_newer"); });
    stop(
        "mine-services-elsewhere",
        [this] {
            auto mine = real_.mine;
            mine.keepServices = [](const base::SecretText&,
                                   const wire::MyServices&) -> Result<wire::MyServices> {
                return base::fail(ProblemKind::Conflict);
            };
            mineIs(std::move(mine));
            kiosk_.open(std::make_unique<screens::MyServicesScreen>(kiosk_));
        },
        [this] {
            if (at("my_services") && shows("add.nearby")) {
                press("add.nearby");
                press("save");
            }
            return at("my_services_elsewhere");
        });
    stop(
        "mine-consents",
        [this, opens] {
            mineIs(real_.mine);
            opens(AccountScreen::Part::Consents);
        },
        [this] { return shows("rights"); });
    stop("rights", [this] { press("rights"); }, [this] { return at("rights"); });
    stop("rights-about", [this] { press("right.correct"); }, [this] { return at("rights_about"); });
    stop("rights-words", [this] { press("about.all"); }, [this] { return at("rights_words"); });
    stop("rights-words-missing", [this] { press("next"); });
    stop("rights-words-typed", [this] { type("words", "Số nhà đúng là 14, không phải 12."); });
    stop("rights-check", [this] { press("next"); }, [this] { return at("rights_check"); });
    stop(
        "rights-delete",
        [this] {
            useMemoryOutbox(std::make_shared<outbox::MemoryOutboxStore>());
            kiosk_.open(std::make_unique<screens::RightsScreen>(kiosk_, "all"));
        },
        [this] { return shows("right.delete"); });
    stop("rights-delete-check", [this] { press("right.delete"); }, [this] { return at("rights_check"); });
    stop("rights-receipt", [this] { press("send"); }, [this] { return at("rights_receipt"); });
    stop(
        "mine-documents-none",
        [this, opens] {
            auto mine = real_.mine;
            mine.documents = [](const base::SecretText&) -> Result<wire::MyDocuments> {
                return base::fail(ProblemKind::NotFound);
            };
            mineIs(std::move(mine));
            opens(AccountScreen::Part::Documents);
        },
        [this] { return shows("again"); });
    stop(
        "mine-offline",
        [this, opens] {
            auto mine = real_.mine;
            mine.notices = [](const base::SecretText&) -> Result<wire::MyNotices> {
                return base::fail(ProblemKind::NoNetwork);
            };
            mineIs(std::move(mine));
            opens(AccountScreen::Part::News);
        },
        [this] { return shows("again"); });
}

}  // namespace tram::shell

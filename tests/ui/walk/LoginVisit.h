#pragma once
#include <catch2/catch.hpp>

#include "Visit.h"
#include "tests/support/FakeClock.h"

namespace tram::ui::test {

namespace loggingIn = identity::situation;

/// A login that does what the test says a phone and the gateway do.
class HandLogin final : public identity::Login {
  public:
    struct Seen {
        HandLogin* open = nullptr;  ///< the one under way
        int begun = 0, moreTime = 0, cancelled = 0;
    };
    explicit HandLogin(Seen& seen) : seen_(seen) { seen_.open = this; }
    ~HandLogin() override { seen_.open = nullptr; }
    const identity::LoginState& state() const override { return state_; }
    int secondsLeft() const override { return std::holds_alternative<loggingIn::Showing>(state_) ? left : 0; }
    bool mayHaveMoreTime() const override { return true; }
    void begin() override {
        ++seen_.begun;
        become(loggingIn::Asking{});
    }
    void moreTime() override { ++seen_.moreTime; }
    void cancel() override {
        ++seen_.cancelled;
        become(loggingIn::Idle{});
    }
    void become(identity::LoginState state) {
        state_ = std::move(state);
        const bool shows = std::holds_alternative<loggingIn::Showing>(state_);
        if (std::exchange(held_, shows) != shows) onHold(shows);
        if (onChange) onChange();
    }
    int left = 102;

  private:
    Seen& seen_;
    identity::LoginState state_ = loggingIn::Idle{};
    bool held_ = false;
};

inline loggingIn::Showing code(link::ScanWay scan = link::ScanWay::PhoneBrowser) {
    const bool app = scan == link::ScanWay::ProviderApp;
    return {scan, app ? "VNEID:7d1f0b1c9f6a" : "https://example.vn/d?code=WDJB-MJHT", app ? "" : "WDJB-MJHT"};
}

inline std::shared_ptr<identity::ResidentSession> lan(const base::Clock& clock) {
    auto resident = std::make_shared<identity::ResidentSession>();
    resident->accessToken = base::SecretText("a-token");
    resident->name = base::SecretText("NGUYỄN THỊ LAN");
    resident->phone = base::SecretText("0901234567");
    resident->accountLevel = 2;
    resident->tokenEnds = clock.boot();
    resident->tokenEnds.sinceBoot += std::chrono::minutes(15);
    return resident;
}

/// A kiosk on its home page, its login in the test's hands, its clock too.
class LoginVisit {
  public:
    explicit LoginVisit(const std::string& language = "vi", wxSize size = {1080, 1920}, int textPercent = 100)
        : visit(language, size, textPercent) {
        const auto& real = visit.kiosk().services();
        clock.set(real.clock.wall());
        auto services = inTime(real, clock, real.scheduler);
        services.login = [this] { return std::make_unique<HandLogin>(seen); };
        services.myReports = [this](const base::SecretText& token) { return answerFor(token); };
        services.endLogins = [] { return base::Result<void>(); };
        services.mine = mineByHand();
        services.pretendPhone = nullptr;
        visit.kiosk().useServices(services);
        visit.robot().tap("start");
        REQUIRE(visit.arrives("home"));
    }
    HandLogin& login() {
        REQUIRE(seen.open);
        return *seen.open;
    }
    void openLogin() {
        visit.robot().reach("tile.login");
        REQUIRE(visit.arrives("login_asking"));
        login().become(code());
        REQUIRE(visit.arrives("login_code"));
    }
    void approve() { approve(lan(clock)); }
    void approve(std::shared_ptr<identity::ResidentSession> resident) {
        login().become(loggingIn::Approved{std::move(resident)});
        REQUIRE(visit.arrives("login_approved"));
    }
    base::Result<link::MyReports> answerFor(const base::SecretText& token) {
        tokenAsked = token.reveal();
        return reports;
    }

    /// What the gateway says of what a resident has.
    account::MyLine mineByHand() {
        return {.services = [this](const base::SecretText&) { return mine.services; },
                .keepServices =
                    [this](const base::SecretText&, const wire::MyServices& chosen) {
                        mine.sent.push_back(chosen);
                        return mine.kept ? *mine.kept : base::Result<wire::MyServices>(chosen);
                    },
                .notices = [this](const base::SecretText&) { return mine.notices; },
                .noticesSeen =
                    [this](const base::SecretText&, const wire::NoticesSeen& shown) {
                        mine.seen += shown.items.size();
                        return base::Result<void>();
                    },
                .documents = [this](const base::SecretText&) { return mine.documents; },
                .account = [this](const base::SecretText&) { return mine.account; },
                .appointments = [this](const base::SecretText&) { return mine.appointments; },
                .consents = [this](const base::SecretText&) { return mine.consents; },
                .rights = [this](const base::SecretText&) { return mine.rights; }};
    }

    tram::test::FakeClock clock;
    struct Mine {
        base::Result<wire::MyServices> services = wire::MyServices();
        std::optional<base::Result<wire::MyServices>> kept;  ///< the answer to what is sent
        std::vector<wire::MyServices> sent;
        base::Result<wire::MyNotices> notices = wire::MyNotices();
        std::size_t seen = 0;
        base::Result<wire::MyDocuments> documents = wire::MyDocuments();
        base::Result<wire::MyAccount> account = wire::MyAccount{"VNeID", "VNeID", {}, ""};
        base::Result<wire::MyAppointments> appointments = wire::MyAppointments();
        base::Result<wire::MyConsents> consents = wire::MyConsents();
        base::Result<wire::MyRights> rights = wire::MyRights();
    } mine;
    HandLogin::Seen seen;
    base::Result<link::MyReports> reports = link::MyReports{};
    std::string tokenAsked;
    Visit visit;
};

/// A draft as far as its page *who*.
inline void draftToWho(Visit& visit) {
    visit.typeReport();
    visit.robot().tap("next");
    REQUIRE(visit.arrives("feedback_who"));
}

}  // namespace tram::ui::test

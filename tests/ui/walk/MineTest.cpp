// *Của tôi*: what somebody who has logged in has, and what they may do with it.
#include "LoginVisit.h"
#include "PretendPhone.h"
#include "ui/screens/MyServicesScreen.h"

namespace tram::ui::test {

namespace {

struct MineVisit : LoginVisit {
    explicit MineVisit(const std::string& language = "vi", wxSize size = {1080, 1920}, int textPercent = 100)
        : LoginVisit(language, size, textPercent) {}
    /// Logged in, on *Của tôi*.
    void open() {
        openLogin();
        approve();
        visit.robot().reach("carry_on");
        REQUIRE(visit.arrives("home"));
        visit.robot().reach("tile.mine");
        REQUIRE(visit.arrives("mine"));
    }
    void open(const std::string& part, const std::string& screen) {
        visit.robot().reach("part." + part);
        REQUIRE(visit.arrives(screen));
    }
    bool comes(const std::string& id) {
        return runUntil([&] { return visit.shows(id); });
    }
};

wire::MyServices services(std::vector<std::string> ids) {
    wire::MyServices mine;
    mine.revision = 1;
    mine.services = std::move(ids);
    return mine;
}

/// The first of home's tiles, from above.
std::string firstTile(Visit& visit) {
    std::string first;
    int x = 0, y = 0;
    for (const auto& id : screens::homeServiceIds()) {
        const auto view = visit.kiosk().surface().find("tile." + id);
        if (!view) continue;
        const auto rect = view->rect();
        if (first.empty() || rect.y < y || (rect.y == y && rect.x < x)) first = id, x = rect.x, y = rect.y;
    }
    return first;
}

}  // namespace

TEST_CASE("News is counted, looked at, and is news no longer") {
    MineVisit at;
    at.mine.notices = wire::MyNotices{
        {{wire::MyNotice::About::Dossier, "H29.168-261105-0042", "Đất đai", "papers_asked", ""},
         {wire::MyNotice::About::Report, "K7M3Q9X2TW", "thoat-nuoc", "in_progress", ""}},
        "2026-11-20T08:00:00+07:00",
        false,
        "2026-11-21T09:00:00+07:00"};
    at.openLogin();
    at.approve();
    at.visit.robot().reach("carry_on");
    REQUIRE(at.visit.arrives("home"));
    CHECK(runUntil([&] { return spoken(at.visit, "tile.mine") == "Của tôi (2 tin mới)"; }));
    at.visit.robot().reach("tile.mine");
    REQUIRE(at.visit.arrives("mine"));
    REQUIRE(runUntil([&] { return spoken(at.visit, "part.news").find("2 tin mới") != std::string::npos; }));
    CHECK(spoken(at.visit, "part.reports").find("1 tin mới") != std::string::npos);
    at.open("news", "mine_news");
    REQUIRE(at.comes("news.K7M3Q9X2TW"));
    CHECK(says(at.visit, "08:00, 20/11/2026"));
    CHECK(spoken(at.visit, "news.H29.168-261105-0042").find("Yêu cầu bổ sung giấy tờ") != std::string::npos);
    at.visit.robot().tap("seen");
    CHECK(runUntil([&] { return at.mine.seen == 2; }));
    CHECK(says(at.visit, "Không có tin mới"));
    at.mine.notices = wire::MyNotices{};
    at.visit.kiosk().home();
    REQUIRE(at.visit.arrives("home"));
    CHECK(spoken(at.visit, "tile.mine") == "Của tôi");
}

TEST_CASE("Chosen tiles come first on home, at once and at the next login, for nobody else") {
    MineVisit at;
    at.mine.services = services({"later_one", "news"});
    at.open();
    at.open("services", "my_services");
    REQUIRE(at.comes("chosen.news"));
    auto& robot = at.visit.robot();
    robot.reach("add.nearby");
    REQUIRE(at.comes("up.nearby"));
    robot.reach("up.nearby");
    robot.reach("save");
    REQUIRE(at.visit.arrives("my_services_saved"));
    REQUIRE(at.mine.sent.size() == 1);
    CHECK(at.mine.sent[0].services == std::vector<std::string>{"later_one", "nearby", "news"});
    robot.reach("home");
    REQUIRE(at.visit.arrives("home"));
    CHECK(firstTile(at.visit) == "nearby");
    auto session = at.visit.kiosk().session();
    session.resident = nullptr;
    at.visit.kiosk().setSession(session);
    robot.settle();
    CHECK(firstTile(at.visit) == "feedback");
    at.mine.services = services({"dossier"});
    at.openLogin();
    at.approve();
    robot.reach("carry_on");
    REQUIRE(at.visit.arrives("home"));
    CHECK(runUntil([&] { return firstTile(at.visit) == "dossier"; }));
}

TEST_CASE("What a later version has chosen can be looked at, and no button writes it") {
    MineVisit at;
    at.mine.services = wire::MyServices::parse(R"({"version":2,"revision":4,"services":["news"]})");
    at.open();
    at.open("services", "my_services_newer");
    CHECK(says(at.visit, "trạm này không ghi đè"));
    CHECK_FALSE(at.visit.shows("save"));
    CHECK(at.mine.sent.empty());
}

TEST_CASE("Documents open on the phone, and only where this station's list leads") {
    MineVisit at;
    at.mine.documents = wire::MyDocuments{
        {{"Thẻ căn cước", "Bộ Công an", "2024-03-08", "2039-03-08", ""},
         {"Thẻ bảo hiểm y tế", "", "2019-01-01", "2021-01-01", "https://elsewhere.example/"}},
        "https://vneid.gov.vn/",
        "Kho giấy tờ",
        "2026-11-21T09:00:00+07:00"};
    at.open();
    at.open("documents", "mine_documents");
    REQUIRE(at.comes("document.0"));
    CHECK(says(at.visit, "Hết hạn ngày 01/01/2021"));
    CHECK_FALSE(says(at.visit, "elsewhere.example"));
    at.visit.robot().reach("document.0");
    REQUIRE(at.visit.arrives("mine_document"));
    CHECK(says(at.visit, "vneid.gov.vn"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("mine_documents"));
    at.mine.documents = base::fail(base::ProblemKind::NotFound);
    at.visit.robot().tap("again");
    CHECK(runUntil([&] { return says(at.visit, "Chưa xem được giấy tờ tại đây"); }));
}

TEST_CASE("The account shows no whole number, and the quarter of an hour ends every page") {
    MineVisit at;
    at.mine.account = wire::MyAccount{"VNeID", "VNeID", {"phone"}, "https://vneid.gov.vn/"};
    at.open();
    at.open("account", "mine_account");
    CHECK(runUntil([&] { return says(at.visit, "Số điện thoại được cập nhật tại VNeID"); }));
    CHECK(says(at.visit, "567"));
    CHECK_FALSE(says(at.visit, "0901234567"));
    at.mine.account = base::fail(base::ProblemKind::Unauthorized);
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("mine_over"));
    CHECK_FALSE(at.visit.shows("resident"));
    at.mine.account = wire::MyAccount{"VNeID", "VNeID", {}, ""};
    at.visit.robot().tap("login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.approve();
    at.visit.robot().tap("carry_on");
    REQUIRE(at.visit.arrives("mine_account"));
    CHECK(says(at.visit, "NGUYỄN THỊ LAN"));
}

TEST_CASE("Appointments are listed with where they stand, and so is the consent of each") {
    MineVisit at;
    at.mine.appointments =
        wire::MyAppointments{{{"K7M3Q9X2TW", "27154", "Đăng ký khai sinh", wire::AppointmentState::Confirmed,
                               "2026-12-01", wire::HalfDay::Morning, "09:20"}},
                             "Hàng chờ",
                             "2026-11-21T09:00:00+07:00"};
    at.mine.consents = wire::MyConsents{{{"K7M3Q9X2TW", "appointment", "named", "2026-11",
                                          "2026-11-20T08:00:00+07:00", false, true, "Đăng ký khai sinh"}},
                                        "2026-11-21T09:00:00+07:00"};
    at.open();
    at.open("appointments", "mine_appointments");
    REQUIRE(at.comes("appointment.K7M3Q9X2TW"));
    const auto row = spoken(at.visit, "appointment.K7M3Q9X2TW");
    CHECK(row.find("Đã có lịch hẹn") != std::string::npos);
    CHECK(row.find("09:20") != std::string::npos);
    at.visit.robot().reach("appointment.K7M3Q9X2TW");
    CHECK(runUntil([&] { return at.visit.kiosk().screen().name().starts_with("follow_"); }));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("mine_appointments"));
    at.mine.appointments = wire::MyAppointments{};
    at.visit.robot().tap("again");
    CHECK(runUntil([&] { return says(at.visit, "Chưa có lịch hẹn nào"); }));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("mine"));
    at.open("consents", "mine_consents");
    REQUIRE(at.comes("consent.K7M3Q9X2TW"));
    CHECK(spoken(at.visit, "consent.K7M3Q9X2TW").find("Lịch hẹn: Đăng ký khai sinh") != std::string::npos);
}

TEST_CASE("A right is used, a question a page, to a receipt with a code") {
    MineVisit at;
    at.mine.consents = wire::MyConsents{
        {{"K7M3Q9X2TW", "thoat-nuoc", "named", "2026-11", "2026-11-20T08:00:00+07:00", false}},
        "2026-11-21T09:00:00+07:00"};
    at.openLogin();
    auto resident = lan(at.clock);
    resident->subject = base::SecretText(std::string(42, 'B') + "A");
    at.approve(resident);
    auto& robot = at.visit.robot();
    robot.reach("carry_on");
    REQUIRE(at.visit.arrives("home"));
    robot.reach("tile.mine");
    REQUIRE(at.visit.arrives("mine"));
    at.open("consents", "mine_consents");
    REQUIRE(at.comes("consent.K7M3Q9X2TW"));
    robot.reach("rights");
    REQUIRE(at.visit.arrives("rights"));
    robot.reach("right.correct");
    REQUIRE(at.visit.arrives("rights_about"));
    REQUIRE(at.comes("about.K7M3Q9X2TW"));
    robot.reach("about.all");
    REQUIRE(at.visit.arrives("rights_words"));
    robot.type("So nha la 14");
    robot.reach("next");
    REQUIRE(at.visit.arrives("rights_check"));
    CHECK(says(at.visit, "Trong 2 ngày làm việc"));
    robot.reach("send");
    REQUIRE(at.visit.arrives("rights_receipt"));
    CHECK(at.visit.shows("receipt.code"));
    CHECK(says(at.visit, "Đã lưu tại trạm"));
    CHECK(at.visit.outboxBytes().find("So nha la 14") == std::string::npos);
    at.visit.kiosk().home();
    REQUIRE(at.visit.arrives("home"));
}

TEST_CASE("In the largest letters no page of one's own breaks") {
    const auto size = GENERATE(wxSize{1080, 1920}, wxSize{1920, 1080});
    MineVisit at("vi", size, 200);
    at.mine.services = services({"news", "dossier"});
    at.open();
    const auto whole = [&] {
        at.visit.robot().settle();
        return at.visit.kiosk().surface().layoutFaults().empty();
    };
    CHECK(whole());
    at.open("services", "my_services");
    REQUIRE(at.comes("chosen.news"));
    CHECK(whole());
    at.visit.robot().reach("back");
    REQUIRE(at.visit.arrives("mine"));
    at.open("account", "mine_account");
    CHECK(whole());
    at.visit.robot().reach("back");
    REQUIRE(at.visit.arrives("mine"));
    at.open("consents", "mine_consents");
    REQUIRE(at.comes("rights"));
    CHECK(whole());
    at.visit.robot().reach("rights");
    REQUIRE(at.visit.arrives("rights"));
    CHECK(whole());
}

}  // namespace tram::ui::test

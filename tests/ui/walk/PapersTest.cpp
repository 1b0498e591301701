// Staff and a resident's papers: consent, pages by the camera and by a scanner, one PDF in a report.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "PaperScene.h"
#include "Visit.h"
#include "base/Files.h"
#include "ledger/Read.h"
#include "tests/support/FakeCamera.h"
#include "ui/screens/staff/PapersPage.h"

namespace tram::ui::test {

namespace {

using screens::PapersPage;

constexpr const char* kCardText = "079090001234|025123456|Nguyen Van An|02011990|Nam|12 Nguyen Hue|25042021";

/// Of the demo's staff, by their place in the file.
enum class Signed : std::size_t { Helper = 0, Supervisor = 2 };

/// Somebody of staff with the station's camera in the test's hands; tram-camera is the real one.
struct PapersDesk {
    Visit visit;
    Robot& robot = visit.robot();
    std::shared_ptr<tram::test::FakeCamera> camera = std::make_shared<tram::test::FakeCamera>();

    explicit PapersDesk(Signed who = Signed::Helper, const std::string& language = "vi",
                        wxSize size = {1920, 1080}, int percent = 100)
        : visit(language, size, percent) {
        auto services = visit.kiosk().services();
        services.camera = camera;
        visit.kiosk().useServices(services);
        const auto member = nlohmann::json::parse(
            base::readFile(TRAM_BINARY_DIR "/share/tram/demo/staff.json").value())["staff"][std::size_t(who)];
        visit.kiosk().signInStaff({});  // in large letters the start page has no room for it
        REQUIRE(visit.arrives("staff_badge"));
        robot.reach("code.instead");
        REQUIRE(visit.arrives("staff_code"));
        robot.type(member.at("code").get<std::string>());
        visit.enter("pin");
        robot.type(member.at("pin").get<std::string>());
        robot.reach("enter");
        REQUIRE(visit.arrives("staff_help"));
        open("papers");
    }
    void open(const std::string& section) {
        if (!visit.shows("section." + section)) robot.tap("staff.sections");
        REQUIRE(comes("section." + section));
        robot.reach("section." + section);
        REQUIRE(visit.arrives("staff_" + section));
    }
    void agree() {
        robot.reach("papers.ask");
        REQUIRE(visit.arrives("staff_consent"));
        robot.key(WXK_F10);
        REQUIRE(visit.arrives("staff_papers"));
        REQUIRE(camera->on());
        camera->show(64, 48);
    }
    papers::PapersFlow& flow() {
        auto& screen = dynamic_cast<screens::StaffScreen&>(visit.kiosk().screen());
        return dynamic_cast<PapersPage&>(screen.page()).flow();
    }
    bool comes(const std::string& id) {
        const bool came = runUntil([&] { return visit.shows(id); });
        robot.settle();
        return came;
    }
    bool told(const std::string& words) {
        const bool came = runUntil([&] { return says(visit, words); });
        robot.settle();
        INFO(spoken(visit, "papers.state"));
        return came;
    }
    void take(const PaperScene& scene) {
        robot.key(WXK_F9);
        REQUIRE(runUntil([&] { return camera->asked(); }));
        camera->give(device::Camera::Taken{scene.jpeg(), scene.jpeg(), 1280, 960});
    }
    void takeAndKeep() {
        take(PaperScene().sheet());
        REQUIRE(comes("papers.keep"));
        const auto before = flow().pages().size();
        robot.key(WXK_F10);
        REQUIRE(runUntil([&] { return flow().pages().size() == before + 1; }));
        robot.settle();
    }
    std::vector<int> order() {
        std::vector<int> numbers;
        for (const auto& page : flow().pages()) numbers.push_back(page.number);
        return numbers;
    }
    std::vector<ledger::Values> log(const std::string& event) {
        std::vector<ledger::Values> lines;
        REQUIRE(ledger::each(visit.kiosk().services().config.dataDir / "staff-log", {},
                             [&](const ledger::Row& row) {
                                 if (row.line.event == event) lines.push_back(row.line.members);
                             }));
        return lines;
    }
};

}  // namespace

TEST_CASE("Papers wait for consent, their pages are looked at, kept, put in order, and go with a report") {
    PapersDesk at;
    CHECK(says(at.visit, "cần người dân đồng ý trước"));
    CHECK_FALSE(at.visit.shows("papers.take"));
    CHECK_FALSE(at.camera->on());
    at.agree();
    CHECK(says(at.visit, "Không chụp căn cước"));

    at.take(PaperScene().sheet());
    REQUIRE(at.comes("papers.captured"));
    CHECK_FALSE(at.camera->on());  // while it is looked at nobody is filmed
    CHECK(at.flow().captured()->height > at.flow().captured()->width);
    at.robot.tap("papers.turn");
    CHECK(runUntil([&] { return at.flow().captured()->quarters == 1; }));
    at.robot.key(WXK_F9);  // once more
    REQUIRE(at.comes("papers.take"));
    CHECK(at.camera->on());
    CHECK(at.flow().pages().empty());
    for (int i = 0; i < 3; ++i) at.takeAndKeep();
    CHECK(spoken(at.visit, "papers.count") == "Các trang đã giữ: 3 / 60");
    CHECK(at.order() == std::vector{2, 3, 4});

    at.open("help");  // another section takes nothing away
    CHECK_FALSE(at.camera->on());
    at.open("papers");
    at.robot.reach("page.3");
    REQUIRE(at.comes("page.earlier"));
    at.robot.reach("page.earlier");
    CHECK(runUntil([&] { return at.order() == std::vector{2, 4, 3}; }));
    at.robot.settle();
    at.robot.reach("page.remove");
    REQUIRE(runUntil([&] { return at.order() == std::vector{2, 3}; }));
    at.robot.settle();
    CHECK_FALSE(at.visit.shows("page.remove"));

    auto& flow = at.flow();
    at.robot.key(WXK_F11);
    REQUIRE(at.visit.arrives("feedback_field"));
    CHECK_FALSE(at.camera->on());
    CHECK(flow.pages().empty());
    CHECK(spoken(at.visit, "papers.attached") == "Kèm giấy tờ đã số hoá: 2 trang");
    CHECK(at.visit.feedback().flow().draft().paperPages == 2);
    const auto& pdf = at.visit.feedback().flow().draft().papers.reveal();
    CHECK(std::string(pdf.begin(), pdf.begin() + 5) == "%PDF-");
    CHECK(at.log("errand").size() == 2);  // papers, and the report
    const auto scanned = at.log("paper_scanned");
    REQUIRE(scanned.size() == 1);
    CHECK(scanned[0] == ledger::Values{{"pages", std::int64_t{2}}, {"paper", std::string("ordinary")}});

    at.robot.tap("field.thoat-nuoc");
    REQUIRE(at.visit.arrives("feedback_text"));
    at.robot.type("nuwowcs ngaapj tuwf sangs");
    for (const char* page : {"feedback_place", "feedback_pictures"}) {
        at.robot.tap("next");
        REQUIRE(at.visit.arrives(page));
    }
    at.robot.reach("papers.remove");
    REQUIRE(runUntil([&] { return !at.visit.shows("papers.attached"); }));
    CHECK(at.visit.feedback().flow().draft().papers.empty());
}

TEST_CASE(
    "What is no single page is said in words, an identity paper is not for a helper, and nothing stays") {
    PapersDesk at;
    at.agree();
    at.take(PaperScene());
    CHECK(at.told("Chưa thấy trang giấy nào"));
    CHECK(at.camera->on());  // the next press takes the next picture
    at.take(PaperScene().card({80, 300}).card({690, 320}));
    CHECK(at.told("Có nhiều trang hoặc nhiều thẻ trong hình"));
    at.take(PaperScene().sheet().code({420, 560}, kCardText));
    CHECK(at.told("Đây là giấy tờ tuỳ thân"));
    CHECK(at.flow().pages().empty());
    CHECK(at.flow().captured() == nullptr);
    at.robot.key(WXK_F9);
    REQUIRE(runUntil([&] { return at.camera->asked(); }));
    at.camera->give(base::fail(base::ProblemKind::CameraFailed));
    CHECK(at.told("Chưa chụp được"));
    at.camera->fail(base::ProblemKind::CameraBlack);
    REQUIRE(at.comes("papers.camera"));
    CHECK_FALSE(at.visit.kiosk().surface().find("papers.take")->enabled);
    at.camera->recover();
    REQUIRE(runUntil([&] { return !at.visit.shows("papers.camera"); }));
    at.takeAndKeep();
    CHECK(at.log("paper_scanned").empty());
}

TEST_CASE("An officer's identity paper is told apart in the log, a resident who refuses is not worked for") {
    PapersDesk at(Signed::Supervisor, "en");
    at.robot.tap("papers.ask");
    REQUIRE(at.visit.arrives("staff_consent"));
    at.robot.tap("refuse");
    REQUIRE(at.visit.arrives("staff_papers"));
    CHECK(says(at.visit, "The resident did not agree"));
    CHECK_FALSE(at.camera->on());
    at.agree();
    CHECK_FALSE(at.visit.shows("papers.no_identity"));
    at.take(PaperScene().sheet().code({420, 560}, kCardText));
    REQUIRE(at.comes("papers.keep"));
    at.robot.tap("papers.keep");
    REQUIRE(at.comes("papers.attach"));
    at.robot.tap("papers.attach");
    REQUIRE(at.visit.arrives("feedback_field"));
    const auto scanned = at.log("paper_scanned");
    REQUIRE(scanned.size() == 1);
    CHECK(scanned[0] == ledger::Values{{"pages", std::int64_t{1}}, {"paper", std::string("identity")}});
}

TEST_CASE("Of the scanner's folder this resident's files are offered, and gone once they are pages") {
    PapersDesk at;
    const auto folder = at.visit.kiosk().services().config.dataDir / PapersPage::kScans;
    std::filesystem::create_directory(folder);
    const auto put = [&](const char* name) {
        const auto bytes = PaperScene().sheet().jpeg();
        std::ofstream(folder / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.reveal().data()),
                   static_cast<std::streamsize>(bytes.reveal().size()));
    };
    put("before.jpg");
    std::filesystem::last_write_time(folder / "before.jpg",
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    at.agree();
    REQUIRE(at.told("không hiện ở đây: 1"));
    CHECK_FALSE(at.visit.shows("scan.1"));
    put("now.jpg");
    REQUIRE(at.comes("scan.1"));
    CHECK_FALSE(says(at.visit, "now.jpg"));
    at.robot.reach("scan.1");
    REQUIRE(at.comes("papers.keep"));
    CHECK_FALSE(std::filesystem::exists(folder / "now.jpg"));
    CHECK(std::filesystem::exists(folder / "before.jpg"));
    at.robot.key(WXK_F10);
    CHECK(runUntil([&] { return at.flow().pages().size() == 1; }));
}

TEST_CASE(
    "Where a PDF holds no more pages that is said, until one is removed, and the largest letters have room") {
    PapersDesk at(Signed::Helper, "vi", {1366, 768}, 200);
    at.agree();
    const auto faultless = [&] {
        at.robot.settle();
        return at.visit.kiosk().surface().layoutFaults() == std::vector<std::string>{};
    };
    CHECK(faultless());
    at.take(PaperScene().sheet());
    REQUIRE(at.comes("papers.keep"));
    CHECK(faultless());
    at.robot.key(WXK_F10);
    REQUIRE(at.comes("page.1"));
    at.robot.reach("page.1");
    REQUIRE(at.comes("page.remove"));
    CHECK(faultless());

    auto& kiosk = at.visit.kiosk();
    const device::PageHelper helper(TRAM_CAMERA);
    const auto clean = [helper](const auto& picture) { return helper.clean(picture); };
    auto work = std::make_shared<screens::PapersWork>(
        kiosk, papers::PapersFlow::Services{clean, clean, papers::forgetFile}, false, 1);
    screens::StaffScreen::Setup setup{.who = [] { return screens::StaffView{.name = "Trần Văn Bình"}; },
                                      .first = screens::StaffSection::Papers};
    setup.pages[screens::StaffSection::Papers] = [&kiosk, work] {
        return std::make_unique<PapersPage>(kiosk, work);
    };
    setup.onLock = [] {};
    kiosk.open(std::make_unique<screens::StaffScreen>(kiosk, std::move(setup)));
    at.robot.settle();
    at.takeAndKeep();
    CHECK(at.told("Đã đủ 1 trang"));
    CHECK_FALSE(at.camera->on());
    CHECK(faultless());
    at.robot.reach("page.1");
    REQUIRE(at.comes("page.remove"));
    at.robot.reach("page.remove");
    CHECK(runUntil([&] { return at.camera->on(); }));
}

}  // namespace tram::ui::test

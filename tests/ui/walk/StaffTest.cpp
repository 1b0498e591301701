// The staff's side: sections by role and by key, what waits to be sent, devices.
#include <catch2/catch.hpp>

#include "Visit.h"
#include "outbox/MemoryOutboxStore.h"
#include "ui/screens/staff/DevicesPage.h"
#include "ui/screens/staff/QueuePage.h"

namespace tram::ui::test {

namespace {

using outbox::AsideReason;
using outbox::ItemState;
using screens::StaffSection;
using wire::StaffRole;

outbox::Item keptItem(const char* kind, int minutes) {
    const auto at = base::SystemClock().wall() - std::chrono::minutes(minutes) + base::Millis(1);
    outbox::Item item{.id = base::Uuid::v7(at), .kind = kind};
    item.envelope = std::string(1500, 'x');
    item.keptAt = at;
    return item;
}

/// A member of staff at their pages; what waits is in memory, devices say what the test wants.
struct StaffVisit {
    Visit visit;
    std::shared_ptr<outbox::MemoryOutboxStore> store = std::make_shared<outbox::MemoryOutboxStore>();
    outbox::Item report = keptItem("feedback.report", 5), refused = keptItem("survey.answer", 90);
    std::vector<std::pair<base::Uuid, std::optional<AsideReason>>> done;
    std::vector<doctor::Part> tested;
    std::shared_ptr<std::atomic<bool>> paper = std::make_shared<std::atomic<bool>>(false);
    int locked = 0, left = 0;

    explicit StaffVisit(StaffRole role, const std::string& language = "vi", wxSize size = {1920, 1080},
                        int percent = 100)
        : visit(language, size, percent) {
        for (const auto& item : {report, refused}) REQUIRE(store->add(item));
        REQUIRE(store->markBegun({refused.id}));
        REQUIRE(store->markNeedsAttention(refused.id, "refused_malformed"));
        visit.robot().tap("start");
        REQUIRE(visit.arrives("home"));
        auto services = visit.kiosk().services();
        services.outbox = std::make_shared<outbox::Outbox>(
            store,
            outbox::Outbox::Keys{services.station.kioskId, services.station.prefix,
                                 crypto::SigningKey::generate(), crypto::OpeningKey::generate().sealingKey(),
                                 base::SecretBytes(crypto::randomBytes(32))},
            services.clock);
        visit.kiosk().useServices(services);
        visit.kiosk().open(std::make_unique<screens::StaffScreen>(visit.kiosk(), setupFor(role)));
        REQUIRE(visit.arrives("staff_queue"));
        REQUIRE(runUntil([&] { return visit.shows("item.1.state"); }));
        visit.robot().settle();
    }

    screens::StaffScreen::Setup setupFor(StaffRole role) {
        const screens::StaffView who{
            .name = "Trần Văn Bình", .unit = "Khu phố 3", .role = role, .waiting = 2};
        auto& kiosk = visit.kiosk();
        screens::StaffScreen::Setup setup{.who = [who] { return who; }, .first = StaffSection::Queue};
        setup.pages[StaffSection::Queue] = [this, &kiosk, role] {
            return std::make_unique<screens::QueuePage>(
                kiosk, role, [this](const outbox::Item& item, std::optional<AsideReason> reason) {
                    done.emplace_back(item.id, reason);
                });
        };
        setup.pages[StaffSection::Devices] = [this, &kiosk, who] {
            screens::DevicesPage::Calls calls{
                .examine =
                    [paper = paper](doctor::Part part) {
                        if (part != doctor::Part::Printer || *paper)
                            return doctor::good(std::string(name(part)), {{"seconds", "0"}});
                        return doctor::bad("printer", {base::ProblemKind::PrinterPaperOut, {}});
                    },
                .leaveFullScreen = [this] { ++left; },
                .tested = [this](doctor::Part part, doctor::Verdict) { tested.push_back(part); }};
            return std::make_unique<screens::DevicesPage>(kiosk, who, std::move(calls));
        };
        setup.onLock = [this] { ++locked; };
        return setup;
    }

    std::optional<outbox::Item> now(const outbox::Item& item) { return *store->find(item.id); }
    bool comes(const std::string& id) {
        const bool came = runUntil([&] { return visit.shows(id); });
        visit.robot().settle();
        return came;
    }
};

}  // namespace

TEST_CASE("Staff go through their sections by key, and lock by touch") {
    StaffVisit at(StaffRole::Officer);
    auto& robot = at.visit.robot();
    CHECK(spoken(at.visit, "staff.name") == "Trần Văn Bình");
    CHECK(says(at.visit, "Khu phố 3 · Phường Bàn Cờ"));
    CHECK(spoken(at.visit, "section.queue") == "Hàng chờ gửi · 2. Phím Alt 1");
    CHECK_FALSE(at.visit.shows("section.log"));  // there is no page of it here
    robot.key('2', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_devices"));
    robot.key('2');  // alone it is a digit like any other
    robot.key('1', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_queue"));
    robot.key('7', wxMOD_ALT);  // there is none
    CHECK(at.visit.arrives("staff_queue"));
    robot.tap("section.devices");
    REQUIRE(at.visit.arrives("staff_devices"));
    robot.tap("staff.lock");
    CHECK(runUntil([&] { return at.locked == 1; }));
    CHECK_FALSE(at.visit.shows("end"));  // of residents' frame there is nothing
}

TEST_CASE("What waits is told by kind, age, size, tries and reason, and is retried and put aside") {
    StaffVisit at(StaffRole::Officer);
    auto& robot = at.visit.robot();
    CHECK(says(at.visit, "5 phút · 2 KB · chưa thử"));
    CHECK(says(at.visit, "90 phút · 2 KB · đã thử 1 lần"));
    CHECK(spoken(at.visit, "item.2.reason") == "cổng từ chối: sai định dạng");
    CHECK(at.visit.kiosk().surface().find("item.2.state")->rect().y <
          at.visit.kiosk().surface().find("item.1.state")->rect().y);  // what needs somebody is first
    robot.tap("item.2.retry");
    CHECK(runUntil([&] { return at.now(at.refused)->state == ItemState::Waiting; }));
    CHECK(runUntil([&] { return at.done.size() == 1; }));

    robot.tap("item.1.aside");
    REQUIRE(at.comes("item.1.aside_withdrawn"));
    robot.tap("item.1.keep");  // thought better of it
    REQUIRE(runUntil([&] { return !at.visit.shows("item.1.aside_withdrawn"); }));
    CHECK(at.now(at.report)->state == ItemState::Waiting);
    robot.settle();
    robot.tap("item.1.aside");
    REQUIRE(at.comes("item.1.aside_withdrawn"));
    robot.tap("item.1.aside_withdrawn");
    CHECK(runUntil([&] { return at.now(at.report)->aside() == AsideReason::Withdrawn; }));
    REQUIRE(at.comes("item.1.reason"));
    CHECK(spoken(at.visit, "item.1.reason") == "để riêng: người dân không muốn gửi nữa");
    CHECK_FALSE(at.visit.shows("item.1.aside"));
    REQUIRE(at.done.size() == 2);
    CHECK(at.done[0] == std::pair{at.refused.id, std::optional<AsideReason>{}});
    CHECK(at.done[1] == std::pair{at.report.id, std::optional{AsideReason::Withdrawn}});
}

TEST_CASE("A helper may try again and not put aside, and is let out of no full screen") {
    StaffVisit at(StaffRole::Helper, "en");
    CHECK(at.visit.shows("item.1.retry"));
    CHECK_FALSE(at.visit.shows("item.1.aside"));
    CHECK(says(at.visit, "not tried yet"));
    at.visit.robot().key('2', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_devices"));
    CHECK(at.visit.shows("devices.all"));
    CHECK_FALSE(at.visit.shows("devices.leave"));
}

TEST_CASE("Devices are tested each and all, say what to do, and full screen is left after one question") {
    StaffVisit at(StaffRole::Supervisor);
    auto& robot = at.visit.robot();
    robot.tap("section.devices");
    REQUIRE(at.visit.arrives("staff_devices"));
    CHECK(spoken(at.visit, "device.printer.state") == "chưa kiểm tra");
    robot.tap("devices.all");
    CHECK(runUntil([&] { return at.tested.size() == doctor::kParts.size(); }));
    REQUIRE(at.comes("device.printer.do"));
    CHECK(spoken(at.visit, "device.printer.state") == "Hỏng: Máy in hết giấy");
    CHECK(spoken(at.visit, "device.printer.do") == "Lắp giấy mới.");
    CHECK(spoken(at.visit, "device.clock.state") == "Tốt: khớp giờ của cổng thành phố");
    *at.paper = true;
    robot.tap("device.printer.test");
    REQUIRE(runUntil([&] { return spoken(at.visit, "device.printer.state") == "Tốt: sẵn sàng in"; }));
    CHECK_FALSE(at.visit.shows("device.printer.do"));
    robot.settle();

    robot.tap("devices.leave");
    REQUIRE(at.comes("devices.stay"));
    CHECK(at.left == 0);
    robot.tap("devices.stay");
    REQUIRE(runUntil([&] { return !at.visit.shows("devices.go"); }));
    robot.settle();
    robot.tap("devices.leave");
    REQUIRE(at.comes("devices.go"));
    robot.tap("devices.go");
    CHECK(runUntil([&] { return at.left == 1; }));
}

TEST_CASE("Devices are told as they are: a real gateway, its clock, the store on this disk") {
    StaffVisit at(StaffRole::Officer);
    auto& kiosk = at.visit.kiosk();
    auto setup = at.setupFor(StaffRole::Officer);
    setup.first = StaffSection::Devices;
    setup.pages[StaffSection::Devices] = [&kiosk] {
        const auto& services = kiosk.services();
        return std::make_unique<screens::DevicesPage>(
            kiosk, screens::StaffView{.name = "Trần Văn Bình", .role = StaffRole::Officer},
            screens::DevicesPage::Calls{.examine = [&services](doctor::Part part) {
                return doctor::examine(
                    part, {services.config, services.clock, TRAM_CAMERA, TRAM_CAMERA, "tram-kiosk"});
            }});
    };
    kiosk.open(std::make_unique<screens::StaffScreen>(kiosk, std::move(setup)));
    REQUIRE(at.visit.arrives("staff_devices"));
    at.visit.robot().tap("devices.all");
    const auto becomes = [&](const char* part, const char* state) {
        const auto id = "device." + std::string(part) + ".state";
        INFO(id << ": " << spoken(at.visit, id));
        return runUntil([&] { return spoken(at.visit, id) == state; });
    };
    CHECK(becomes("gateway", "Tốt: nối được, và nhận ra trạm này"));
    CHECK(becomes("clock", "Tốt: khớp giờ của cổng thành phố"));
    CHECK(becomes("store", "Tốt: nguyên vẹn, 0 mục đang chờ gửi"));
    CHECK(becomes("network", "Tốt: cổng thành phố ở ngay trên máy này"));
    CHECK(becomes("camera", "Tốt: trạm này không có camera"));
}

TEST_CASE("In the largest letters the sections are behind one button, and everything has its place") {
    StaffVisit at(StaffRole::Supervisor, "vi", {1366, 768}, 200);
    auto& robot = at.visit.robot();
    CHECK(at.visit.kiosk().surface().layoutFaults().empty());
    robot.key('2', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_devices"));
    robot.key('1', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_queue"));
    REQUIRE(at.comes("item.1.state"));
    CHECK_FALSE(at.visit.shows("section.devices"));
    robot.tap("staff.sections");
    REQUIRE(at.comes("section.queue"));
    CHECK(at.visit.kiosk().surface().layoutFaults().empty());
    robot.reach("section.devices");
    REQUIRE(at.visit.arrives("staff_devices"));
    CHECK_FALSE(at.visit.shows("section.devices"));
    CHECK(at.visit.kiosk().surface().layoutFaults().empty());
}

}  // namespace tram::ui::test

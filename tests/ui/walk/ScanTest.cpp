#include <catch2/catch.hpp>
#include <chrono>

#include "ScanVisit.h"
#include "device/CameraClient.h"

namespace tram::ui::test {

TEST_CASE("A card held up fills in a report's name, and logs nobody in") {
    ScanVisit at;
    at.look();
    at.camera->show(64, 36);
    at.camera->advise(sight::Hint::Closer);
    CHECK(runUntil([&] { return says(at.visit, "Đưa lại gần hơn một chút."); }));
    at.camera->see(kCard);
    REQUIRE(at.visit.arrives("scan_citizen_card"));
    CHECK_FALSE(at.camera->on());
    CHECK(says(at.visit, "Nguyễn Thị Lan"));
    CHECK(says(at.visit, " 1234"));
    CHECK_FALSE(says(at.visit, "079190001234"));
    at.visit.robot().tap("use");
    REQUIRE(at.visit.arrives("feedback_field"));
    at.visit.robot().tap("field.thoat-nuoc");
    REQUIRE(at.visit.arrives("feedback_text"));
    at.onToWho();
    at.visit.robot().tap("who.named");
    CHECK(at.flow().draft().name.reveal() == "Nguyễn Thị Lan");
    CHECK_FALSE(at.visit.kiosk().session().resident);
    at.visit.robot().reach("who.anonymous");
    CHECK(at.flow().draft().name.empty());
}

TEST_CASE("From the page that asks who sends, the card takes the place of what stands there") {
    ScanVisit at;
    at.toTextOfReport();
    at.onToWho();
    at.visit.robot().tap("who.named");
    at.flow().setName("x");
    at.visit.robot().reach("who.scan");
    REQUIRE(at.visit.arrives("scan_looking"));
    at.camera->see(kCard);
    REQUIRE(at.visit.arrives("scan_citizen_card"));
    at.visit.robot().tap("use");
    REQUIRE(at.visit.arrives("feedback_who"));
    CHECK(at.flow().draft().name.reveal() == "Nguyễn Thị Lan");
}

TEST_CASE("Over the real tram-camera: the scene's card is read, then its dossier's code") {
    Visit visit("vi");
    auto services = visit.kiosk().services();
    services.camera = std::make_shared<device::CameraClient>(
        TRAM_CAMERA, device::CameraConfig{device::CameraConfig::Source::Scene, {}, 0}, services.scheduler);
    visit.kiosk().useServices(services);
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.scan");
    REQUIRE(visit.arrives("scan_looking"));
    REQUIRE(visit.arrives("scan_citizen_card", std::chrono::seconds(60)));
    CHECK(says(visit, "Nguyễn Thị Thử Nghiệm"));
    CHECK(says(visit, " 0001"));
    visit.robot().tap("again");
    REQUIRE(visit.arrives("scan_looking"));
    REQUIRE(visit.arrives("dossier_status", std::chrono::seconds(60)));
    CHECK(says(visit, "H29.26-20261109-0012345"));
}

TEST_CASE("Each thing held up has its page, and what cannot be used says what can") {
    ScanVisit at;
    at.look();
    at.camera->see("h29.25-260310-0420", sight::CodeFormat::Code128);
    REQUIRE(at.visit.arrives("dossier_status"));
    CHECK(says(at.visit, "H29.25-260310-0420"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    at.look();
    at.camera->see(kInsurance);
    REQUIRE(at.visit.arrives("scan_health_insurance_card"));
    CHECK(says(at.visit, "đưa thẻ căn cước"));
    CHECK_FALSE(says(at.visit, "4797900012"));
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("scan_looking"));
    for (const std::string& odd :
         {std::string(), std::string("https://elsewhere.example/x"), std::string("<script>alert(1)</script>"),
          std::string("../../etc/passwd"), std::string("'; DROP TABLE reports;--"), std::string("\x01\x02"),
          std::string(4096, 'A'), std::string(4096, '|'),
          std::string("079190001234||Nguyễn Thị Lan")}) {  // too few fields
        CAPTURE(odd);
        at.camera->see(odd);
        REQUIRE(at.visit.arrives("scan_unknown"));
        CHECK(says(at.visit, "Mã QR trên biên nhận phản ánh"));
        CHECK_FALSE(says(at.visit, "Nguyễn Thị Lan"));
        at.visit.robot().tap("again");
        REQUIRE(at.visit.arrives("scan_looking"));
    }
    at.camera->see("K7M3Q9X2TW");
    REQUIRE(at.visit.arrives("follow_not_arrived"));
    CHECK_FALSE(at.camera->on());
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
}

TEST_CASE("What was read is told by the frame, a tick and a tone before its page comes") {
    int tones = 0;
    ScanVisit at;
    HeldMoments held(at.visit.kiosk().services().scheduler);
    at.use(held, [&tones] { ++tones; });
    at.look();
    at.camera->show(64, 36);
    CHECK(at.overFilm() != at.ok());
    at.camera->see(kCard);
    REQUIRE(at.visit.arrives("scan_found"));
    CHECK(tones == 1);
    CHECK(runUntil([&] { return says(at.visit, "Đã đọc được."); }));
    CHECK(at.overFilm() == at.ok());
    at.camera->fail(base::ProblemKind::CameraFrozen);
    at.visit.robot().settle();
    CHECK(at.visit.kiosk().screen().name() == "scan_found");
    CHECK_FALSE(says(at.visit, "Nguyễn Thị Lan"));
    held.pass();
    REQUIRE(at.visit.arrives("scan_citizen_card"));
    CHECK(tones == 1);
}

TEST_CASE("Who does something else in the moment after a code was read has their way") {
    ScanVisit at;
    HeldMoments held(at.visit.kiosk().services().scheduler);
    at.use(held, nullptr);
    at.look();
    at.camera->see("h29.25-260310-0420");
    REQUIRE(at.visit.arrives("scan_found"));
    at.visit.robot().tap("type");
    REQUIRE(at.visit.arrives("scan_typing"));
    CHECK_FALSE(at.camera->on());
    held.pass();
    CHECK(at.visit.arrives("scan_typing"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("scan_looking"));
    at.camera->see("h29.25-260310-0420");
    at.handScan(kInsurance);
    REQUIRE(at.visit.arrives("scan_health_insurance_card"));
    held.pass();
    CHECK(at.visit.arrives("scan_health_insurance_card"));
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("scan_looking"));
    at.camera->see("h29.25-260310-0420");
    REQUIRE(at.visit.arrives("scan_found"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    held.pass();
    CHECK(at.visit.arrives("home"));
}

TEST_CASE("All of what the camera sees is shown, whatever its shape") {
    ScanVisit at;
    at.look();
    struct Shape {
        int width, height;
    };
    for (const auto& [width, height] : {Shape{640, 360}, Shape{640, 480}, Shape{360, 640}, Shape{480, 640}}) {
        CAPTURE(width, height);
        at.camera->show(width, height, 200);
        const auto& surface = at.visit.kiosk().surface();
        const auto film = surface.find("scan.film")->rect();
        const auto image = surface.picture().ConvertToImage();
        const double scale = std::min(film.width / double(width), film.height / double(height));
        const int halfWidth = static_cast<int>(width * scale / 2),
                  halfHeight = static_cast<int>(height * scale / 2);
        const auto grey = [&](int right, int down) {
            return image.GetRed(film.x + film.width / 2 + right, film.y + film.height / 2 + down) == 200;
        };
        CHECK(grey(0, 0));
        CHECK(grey(halfWidth - 4, 0));
        CHECK(grey(4 - halfWidth, 0));
        CHECK(grey(0, halfHeight - 4));
        CHECK(grey(0, 4 - halfHeight));
        if (halfWidth + 4 < film.width / 2) CHECK_FALSE(grey(halfWidth + 4, 0));
        if (halfHeight + 4 < film.height / 2) CHECK_FALSE(grey(0, halfHeight + 4));
    }
}

TEST_CASE("Every trouble with the camera has its page, and goes when the trouble does") {
    ScanVisit at;
    at.look();
    struct Trouble {
        base::ProblemKind kind;
        const char* words;
    };
    for (const Trouble& one : {Trouble{base::ProblemKind::CameraMissing, "Chưa thấy camera"},
                               Trouble{base::ProblemKind::CameraBusy, "Camera đang bận"},
                               Trouble{base::ProblemKind::CameraBlack, "Camera bị che hoặc quá tối"},
                               Trouble{base::ProblemKind::CameraFrozen, "Camera bị đứng hình"},
                               Trouble{base::ProblemKind::CameraUnfit, "Camera này chưa dùng được"}}) {
        at.camera->fail(one.kind);
        REQUIRE(at.visit.arrives("scan_problem"));
        CHECK(says(at.visit, one.words));
        CHECK(at.visit.shows("call"));
        CHECK_FALSE(at.visit.shows("again"));
        at.camera->recover();
        REQUIRE(at.visit.arrives("scan_looking"));
    }
    at.camera->fail(base::ProblemKind::CameraFailed);
    REQUIRE(at.visit.arrives("scan_problem"));
    CHECK(says(at.visit, "Camera ngừng hoạt động"));
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("scan_looking"));
    at.camera->fail(base::ProblemKind::CameraMissing);
    REQUIRE(at.visit.arrives("scan_problem"));
    at.visit.robot().tap("type");
    REQUIRE(at.visit.arrives("scan_typing"));
    CHECK_FALSE(at.camera->on());
    at.visit.robot().type("h29.25-260310-0420");
    at.visit.robot().tap("read");
    REQUIRE(at.visit.arrives("dossier_status"));
}

TEST_CASE("A camera that nobody looks through is off") {
    ScanVisit at;
    CHECK_FALSE(at.camera->on());
    at.look();
    at.visit.robot().tap("display");
    REQUIRE(at.visit.arrives("display"));
    CHECK_FALSE(at.camera->on());
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("scan_looking"));
    CHECK(at.camera->on());
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    CHECK(runUntil([&] { return !at.camera->on(); }));
}

}  // namespace tram::ui::test

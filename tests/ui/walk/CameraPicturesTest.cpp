// A picture of the station's own camera on its way into a report: real presses in a real window; the camera
// is in the test's hands, but for the last walk, which has tram-camera and its scene.
#include <SQLiteCpp/SQLiteCpp.h>
#include <wx/image.h>
#include <wx/mstream.h>

#include <catch2/catch.hpp>

#include "LoginVisit.h"
#include "base/Files.h"
#include "crypto/Bytes.h"
#include "device/CameraClient.h"
#include "gateway/identity/SealingRing.h"
#include "tests/support/FakeCamera.h"
#include "ui/screens/ScanScreen.h"
#include "wire/Action.h"
#include "wire/Envelope.h"

namespace tram::ui::test {
namespace {

using namespace std::chrono_literals;
using base::ProblemKind;
using device::KioskConfig;

base::SecretBytes sampleJpeg() {
    const auto text = base::readFile(TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg");
    return base::SecretBytes(std::vector<unsigned char>(text->begin(), text->end()));
}

/// A report at its fourth step.
template <class CameraOf>
struct AtPictures {
    Visit visit;
    Robot& robot = visit.robot();
    std::shared_ptr<CameraOf> camera;

    template <class Make>
    explicit AtPictures(Make make, wxSize size = {1080, 1920}, int percent = 100)
        : visit("vi", size, percent) {
        auto services = visit.kiosk().services();
        camera = make(services);
        services.camera = camera;
        visit.kiosk().useServices(services);
        visit.toPictures();
    }
    screens::FeedbackScreen& feedback() { return visit.feedback(); }
    const std::vector<feedback::DraftPicture>& pictures() { return feedback().flow().draft().pictures; }
    kit::Surface& surface() { return visit.kiosk().surface(); }
    bool enabled(const std::string& id) { return surface().find(id) && surface().find(id)->enabled; }

    void openCamera() {
        robot.reach("camera.picture");
        REQUIRE(visit.arrives("feedback_camera"));
    }
    void use() {
        robot.tap("use");
        REQUIRE(visit.arrives("feedback_pictures"));
        REQUIRE(runUntil([&] { return feedback().flow().pictureBusy() == 0; }));
        robot.settle();
    }
};

struct Pictures : AtPictures<tram::test::FakeCamera> {
    explicit Pictures(wxSize size = {1080, 1920}, int percent = 100)
        : AtPictures([](auto&) { return std::make_shared<tram::test::FakeCamera>(); }, size, percent) {}

    void open() {
        openCamera();
        REQUIRE(camera->on());
        camera->show(64, 36);
    }
    /// Up to the frame that is asked for when the count is over.
    void pressTake() {
        robot.tap("take");
        CHECK(says(visit, "Giữ yên, còn"));
        CHECK_FALSE(enabled("take"));
        REQUIRE(runUntil([&] { return camera->asked(); }));
    }
    void takeOne() {
        pressTake();
        camera->give(device::Camera::Taken{sampleJpeg(), sampleJpeg(), 1280, 720});
        REQUIRE(visit.arrives("feedback_camera_taken"));
    }
    bool faultless() { return surface().layoutFaults() == std::vector<std::string>{}; }
};

}  // namespace

TEST_CASE("A picture by the station's camera is looked at, taken again, used and removed") {
    Pictures at;
    CHECK_FALSE(at.camera->on());
    at.open();
    CHECK(says(at.visit, "Người đi ngang có thể lọt vào ảnh"));
    CHECK(at.surface().focused() == "take");
    CHECK(at.faultless());
    at.takeOne();
    CHECK_FALSE(at.camera->on());  // while it is looked at nobody is filmed
    CHECK(at.surface().focused() == "use");
    CHECK(at.visit.shows("camera.taken"));
    CHECK(at.faultless());
    at.robot.tap("again");
    REQUIRE(at.visit.arrives("feedback_camera"));
    CHECK(at.camera->on());
    at.takeOne();
    at.use();
    REQUIRE(at.pictures().size() == 1);
    CHECK(at.pictures()[0].jpeg.reveal() == sampleJpeg().reveal());
    CHECK_FALSE(at.camera->on());
    at.robot.reach("picture." + at.pictures()[0].id + ".remove");
    REQUIRE(runUntil([&] { return at.pictures().empty(); }));
    // What was taken and not used is nowhere: of all of it nothing came to the disk.
    const auto& jpeg = sampleJpeg().reveal();
    CHECK(at.visit.outboxBytes().find(std::string(jpeg.begin(), jpeg.begin() + 64)) == std::string::npos);
}

TEST_CASE("Two impatient presses make one picture") {
    Pictures at;
    at.open();
    at.robot.tap("take");
    const auto where = at.surface().centreOf("take");
    for (int i = 0; i < 2; ++i) {
        at.robot.press(where);
        at.robot.release();
    }
    REQUIRE(runUntil([&] { return at.camera->asked(); }));
    at.camera->give(device::Camera::Taken{sampleJpeg(), sampleJpeg(), 1280, 720});
    REQUIRE(at.visit.arrives("feedback_camera_taken"));
    at.use();
    CHECK(at.pictures().size() == 1);
    CHECK(at.visit.kiosk().screen().name() == "feedback_pictures");
}

TEST_CASE("With as many pictures as there may be none can be taken until one is removed") {
    Pictures at;
    const auto most = static_cast<std::size_t>(at.feedback().flow().fields().maxPictures);
    while (at.pictures().size() + 1 < most) {
        at.feedback().flow().addPicture(feedback::DraftPicture{"", sampleJpeg(), sampleJpeg()});
        REQUIRE(runUntil([&] { return at.feedback().flow().pictureBusy() == 0; }));
    }
    at.robot.settle();
    at.open();
    at.takeOne();
    at.use();
    REQUIRE(at.pictures().size() == most);
    CHECK_FALSE(at.enabled("camera.picture"));
    at.robot.reach("picture." + at.pictures()[0].id + ".remove");
    CHECK(runUntil([&] { return at.enabled("camera.picture"); }));
}

TEST_CASE("Each trouble of the camera says what it is and what does as well, and goes when it does") {
    Pictures at;
    at.open();
    struct Trouble {
        ProblemKind kind;
        const char* words;
    };
    for (const Trouble& one : {Trouble{ProblemKind::CameraMissing, "Chưa thấy camera"},
                               Trouble{ProblemKind::CameraBusy, "Camera đang bận"},
                               Trouble{ProblemKind::CameraBlack, "Camera bị che hoặc quá tối"},
                               Trouble{ProblemKind::CameraFrozen, "Camera bị đứng hình"},
                               Trouble{ProblemKind::CameraUnfit, "Camera này chưa dùng được"}}) {
        at.camera->fail(one.kind);
        REQUIRE(at.visit.arrives("feedback_camera_problem"));
        CHECK(says(at.visit, one.words));
        CHECK(says(at.visit, "Gửi ảnh từ điện thoại, hoặc gửi phản ánh không kèm ảnh."));
        CHECK_FALSE(says(at.visit, "Nhập mã"));
        CHECK_FALSE(at.visit.shows("again"));
        CHECK(at.faultless());
        at.camera->recover();
        REQUIRE(at.visit.arrives("feedback_camera"));
    }
    at.camera->fail(ProblemKind::CameraFailed);
    REQUIRE(at.visit.arrives("feedback_camera_problem"));
    at.robot.tap("again");
    REQUIRE(at.visit.arrives("feedback_camera"));
    at.camera->fail(ProblemKind::CameraFailed);
    REQUIRE(at.visit.arrives("feedback_camera_problem"));
    at.robot.tap("phone");
    REQUIRE(at.visit.arrives("feedback_phone"));
    CHECK_FALSE(at.camera->on());
}

TEST_CASE("Without a line a camera in trouble leads back to a report without its picture") {
    Pictures at;
    at.visit.kiosk().force({.link = device::AgentState::Link::Offline});
    at.open();
    at.camera->fail(ProblemKind::CameraMissing);
    REQUIRE(at.visit.arrives("feedback_camera_problem"));
    CHECK_FALSE(at.visit.shows("phone"));
    at.robot.tap("without");
    REQUIRE(at.visit.arrives("feedback_pictures"));
    CHECK(at.pictures().empty());
}

TEST_CASE("A trouble while it counts ends the count, and no picture that did not come is waited for") {
    Pictures at;
    at.open();
    at.robot.tap("take");
    at.camera->fail(ProblemKind::CameraBlack);
    REQUIRE(at.visit.arrives("feedback_camera_problem"));
    // The count looks each second: what begins later ends later.
    const auto life = std::make_shared<int>();
    bool found = false;
    at.visit.kiosk().services().scheduler.after(base::Millis(1500), life, [&] { found = true; });
    REQUIRE(runUntil([&] { return found; }));
    at.camera->recover();
    REQUIRE(at.visit.arrives("feedback_camera"));
    REQUIRE(runUntil([&] { return at.enabled("take"); }));
    CHECK_FALSE(at.camera->asked());
    at.pressTake();
    at.camera->give(base::fail(ProblemKind::CameraFailed));
    REQUIRE(runUntil([&] { return says(at.visit, "Chưa chụp được. Bấm Chụp để thử lại."); }));
    at.robot.settle();
    CHECK(at.enabled("take"));
    at.takeOne();
}

TEST_CASE("Who goes while it counts, takes or shows leaves no picture and no light") {
    const std::string during = GENERATE("counting", "taking", "looking at it");
    CAPTURE(during);
    Pictures at;
    at.open();
    if (during == "counting") at.robot.tap("take");
    if (during == "taking") at.pressTake();
    if (during == "looking at it") at.takeOne();
    SECTION("back to the report") {
        at.robot.tap("back");
        REQUIRE(at.visit.arrives("feedback_pictures"));
        CHECK_FALSE(at.camera->on());
        CHECK_FALSE(at.camera->asked());
        CHECK(at.pictures().empty());
    }
    SECTION("for good") {
        at.robot.tap("end");
        REQUIRE(runUntil([&] { return at.visit.wiped(); }));
        at.visit.nextResident();
        CHECK_FALSE(at.camera->on());
        CHECK_FALSE(at.camera->asked());
    }
}

TEST_CASE("A code scanned meanwhile has the camera, and gives it back") {
    Pictures at;
    at.open();
    at.robot.tap("take");
    at.visit.kiosk().open(std::make_unique<screens::ScanScreen>(at.visit.kiosk()));
    REQUIRE(at.visit.arrives("scan_looking"));
    CHECK(at.camera->on());
    at.robot.tap("back");
    REQUIRE(at.visit.arrives("feedback_camera"));
    at.robot.settle();  // the page that went is gone now
    CHECK(at.camera->on());
    CHECK(at.enabled("take"));
    at.takeOne();
    at.visit.kiosk().open(std::make_unique<screens::ScanScreen>(at.visit.kiosk()));
    REQUIRE(at.visit.arrives("scan_looking"));
    at.robot.tap("back");
    REQUIRE(at.visit.arrives("feedback_camera_taken"));
    CHECK_FALSE(at.camera->on());
    at.use();
    CHECK(at.pictures().size() == 1);
}

// EN 301 549, STANDARDS 18.
TEST_CASE("A picture can be taken and used with the keyboard alone") {
    Pictures at;
    at.robot.tabTo("camera.picture");
    at.robot.key(WXK_RETURN);
    REQUIRE(at.visit.arrives("feedback_camera"));
    CHECK(at.surface().ringed() == "take");
    at.robot.key(WXK_RETURN);
    REQUIRE(runUntil([&] { return at.camera->asked(); }));
    at.camera->give(device::Camera::Taken{sampleJpeg(), sampleJpeg(), 1280, 720});
    REQUIRE(at.visit.arrives("feedback_camera_taken"));
    at.robot.key(WXK_RETURN);
    REQUIRE(at.visit.arrives("feedback_pictures"));
    CHECK(runUntil([&] { return at.pictures().size() == 1; }));
}

TEST_CASE("Who uses fingers sees no focus ring, until a key is used") {
    Pictures at;
    at.robot.tap("camera.picture");
    REQUIRE(at.visit.arrives("feedback_camera"));
    CHECK(at.surface().focused() == "take");
    CHECK(at.surface().ringed().empty());
    at.robot.key(WXK_TAB, wxMOD_SHIFT);
    CHECK_FALSE(at.surface().ringed().empty());
}

TEST_CASE("With the largest letters what is filmed, and what was taken, stands in sight") {
    const wxSize size = GENERATE(wxSize{1920, 1080}, wxSize{1080, 1920});
    Pictures at(size, 200);
    const auto inSight = [&](const char* id) {
        at.robot.settle();
        const auto seen = at.surface().seen(id);
        return seen.height * 2 > at.surface().find(id)->rect().height;
    };
    // By keys: the right half of a window that lies is beyond the tests' display, and its pointer.
    at.robot.tabTo("camera.picture");
    at.robot.key(WXK_RETURN);
    REQUIRE(at.visit.arrives("feedback_camera"));
    at.camera->show(64, 36);
    CHECK(inSight("camera.film"));
    CHECK(at.faultless());
    at.robot.key(WXK_RETURN);
    REQUIRE(runUntil([&] { return at.camera->asked(); }));
    at.camera->give(device::Camera::Taken{sampleJpeg(), sampleJpeg(), 1280, 720});
    REQUIRE(at.visit.arrives("feedback_camera_taken"));
    CHECK(inSight("camera.taken"));
    CHECK(at.faultless());
}

namespace {

/// What the gateway can open of the only report it has.
base::SecretBytes onlyPictureAtGateway(const std::filesystem::path& data) {
    const SQLite::Database db((data / "gateway.db").string(), SQLite::OPEN_READONLY);
    SQLite::Statement rows(db, "SELECT bytes FROM sealed");
    REQUIRE(rows.executeStep());
    const auto envelope = wire::Envelope::parse(rows.getColumn(0).getString());
    REQUIRE(envelope);
    auto ring = gateway::SealingRing::load(data / "keys");
    REQUIRE(ring);
    const auto* key = ring->find(envelope->sealingKeyId);
    REQUIRE(key);
    const auto plain = key->key->open(envelope->sealed);
    REQUIRE(plain);
    const auto body = wire::ActionBody::parse(
        {reinterpret_cast<const char*>(plain->reveal().data()), plain->reveal().size()});
    REQUIRE(body);
    REQUIRE(body->attachments.size() == 1);
    const auto& picture = body->attachments[0];
    const auto cipher = base::readFile(data / "attachments" / body->kioskId / picture.sha256);
    REQUIRE(cipher);
    auto jpeg =
        crypto::decryptStream(crypto::view(*cipher), picture.key, crypto::view(body->id.text()), 8u << 20);
    REQUIRE(jpeg);
    return std::move(*jpeg);
}

}  // namespace

TEST_CASE("What tram-camera saw is at the gateway, a picture without metadata") {
    AtPictures<device::CameraClient> at([](const screens::Services& services) {
        return std::make_shared<device::CameraClient>(
            TRAM_CAMERA, KioskConfig::Camera{KioskConfig::Camera::Source::Scene, {}, 0}, services.scheduler);
    });
    at.openCamera();
    at.robot.tap("take");
    REQUIRE(at.visit.arrives("feedback_camera_taken", 30s));
    at.use();
    REQUIRE(at.pictures().size() == 1);
    auto& flow = at.feedback().flow();
    flow.next();
    flow.setDisclosure(wire::Disclosure::Anonymous);
    flow.setConsent(true, "test");
    REQUIRE(flow.next());
    flow.send();
    REQUIRE(at.visit.arrives("receipt"));
    REQUIRE(runUntil([&] { return flow.receipt()->gatewayAt.has_value(); }, 60s));
    const auto jpeg = onlyPictureAtGateway(at.visit.city().dataDir());
    const std::string bytes(jpeg.reveal().begin(), jpeg.reveal().end());
    for (const char* mark : {"Exif", "http://ns.adobe.com", "Photoshop"})
        CHECK(bytes.find(mark) == std::string::npos);
    wxMemoryInputStream stream(bytes.data(), bytes.size());
    wxImage image;
    REQUIRE(image.LoadFile(stream, wxBITMAP_TYPE_JPEG));
    CHECK(image.GetSize() == wxSize(1280, 720));  // the scene's own
    // A picture of it, not one grey: its brightest and darkest places are far apart.
    const auto* rgb = image.GetData();
    const auto [dark, light] = std::minmax_element(rgb, rgb + std::size_t{3} * 1280 * 720);
    CHECK(*light - *dark > 100);
    CHECK(at.visit.city().contractFaults().empty());
}

}  // namespace tram::ui::test

// Pictures from the resident's own phone: the kiosk's side of them at the real gateway behind nginx.
#include "feedback/PhonePictures.h"

#include <csignal>

#include "../PretendPhone.h"
#include "KioskAt.h"

using namespace tram;
using namespace tram::test;
using namespace std::chrono_literals;
namespace phone = feedback::phone;

namespace {

struct Draft {
    LiveCity city;
    PretendKiosk enrolled{city};
    KioskAt kiosk{city.url(), enrolled.place, enrolled.key};
    PretendPhone phone{city};
    std::vector<std::string> came;
    std::vector<feedback::PhonePictures::Told> told;  // what is still to be said of those that came
    int signs = 0;
    std::unique_ptr<feedback::PhonePictures> pictures = std::make_unique<feedback::PhonePictures>(
        std::make_shared<link::PhoneUploads>(kiosk.client()), kiosk.scheduler, kiosk.clock);

    Draft() {
        pictures->onSign = [this] { ++signs; };
        pictures->onPicture = [this](auto picture, auto tell) {
            REQUIRE(picture);
            came.emplace_back(picture->reveal().begin(), picture->reveal().end());
            told.push_back(std::move(tell));
        };
    }
    /// The path of the link on show.
    std::string begin() {
        pictures->begin();
        CHECK(is<phone::Asking>());
        kiosk.scheduler.settle();
        return get<phone::Showing>().link.substr(city.url().size());
    }
    /// The one that came last, and a moment for it to arrive.
    void judge(bool used) {
        REQUIRE_FALSE(told.empty());
        told.back()(used);
        kiosk.scheduler.advance(1s);
    }
    bool phoneSays(const std::string& path, const std::string& words) {
        return shows(phone.get(path), words);
    }
    template <class State>
    bool is() const {
        return std::holds_alternative<State>(pictures->state());
    }
    template <class State>
    const State& get() const {
        REQUIRE(is<State>());
        return std::get<State>(pictures->state());
    }
};

std::string jpeg(char filling) {
    return "\xFF\xD8\xFF\xE1" + std::string(100'000, filling);
}

}  // namespace

TEST_CASE("a phone's pictures come one after the other, and after the third the link is spent") {
    Draft draft;
    const auto path = draft.begin();
    CHECK(draft.pictures->secondsLeft() == 600);
    draft.phone.get(path);
    draft.kiosk.scheduler.advance(3s);
    CHECK(draft.get<phone::Showing>().opened);
    CHECK(draft.signs == 1);
    draft.phone.sendPicture(path, jpeg('a'));
    draft.phone.sendPicture(path, jpeg('b'));
    draft.kiosk.scheduler.advance(4s);
    CHECK(draft.came == std::vector<std::string>{jpeg('a'), jpeg('b')});
    CHECK(draft.get<phone::Showing>().used == 0);
    CHECK(draft.phoneSays(path, "Đang chuyển tới trạm: 2 ảnh"));
    for (const auto& told : draft.told) told(true);
    draft.kiosk.scheduler.advance(1s);
    CHECK(draft.get<phone::Showing>().used == 2);
    CHECK(draft.phoneSays(path, "Trạm đã nhận 2 trong 3 ảnh"));
    draft.phone.sendPicture(path, jpeg('c'));
    draft.kiosk.scheduler.advance(4s);
    CHECK(draft.came.size() == 3);
    draft.judge(true);
    CHECK(draft.get<phone::Over>().why == phone::Why::Full);
    CHECK(draft.phoneSays(path, "Đã gửi đủ ảnh"));
    // A fresh link takes more.
    const auto next = draft.begin();
    CHECK(next != path);
    CHECK(draft.phone.get(path).status == 404);
    draft.phone.get(next);
    draft.phone.sendPicture(next, jpeg('d'));
    draft.kiosk.scheduler.advance(4s);
    CHECK(draft.came.back() == jpeg('d'));
}

TEST_CASE("what could not be used is told on the phone, and its place is taken by another") {
    Draft draft;
    const auto path = draft.begin();
    draft.phone.get(path);
    draft.phone.sendPicture(path, jpeg('a'));
    draft.kiosk.scheduler.advance(3s);
    draft.judge(false);
    CHECK(draft.get<phone::Showing>().useless == 1);
    CHECK(draft.phoneSays(path, "Trạm không dùng được 1 tệp"));
    for (const char each : {'b', 'c', 'd'}) {
        draft.phone.sendPicture(path, jpeg(each));
        draft.kiosk.scheduler.advance(4s);
        REQUIRE(draft.came.back() == jpeg(each));
        draft.judge(true);
    }
    CHECK(draft.get<phone::Over>().why == phone::Why::Full);
    CHECK(draft.get<phone::Over>().useless == 1);
    CHECK(draft.phoneSays(path, "Đã gửi đủ ảnh"));
}

TEST_CASE("a link that brings nothing of use ends after nine files") {
    Draft draft;
    const auto path = draft.begin();
    draft.phone.get(path);
    for (char each = 'a'; each < 'a' + 9; ++each) {
        REQUIRE(draft.is<phone::Showing>());
        draft.phone.sendPicture(path, jpeg(each));
        draft.kiosk.scheduler.advance(4s);
        REQUIRE(draft.came.back() == jpeg(each));
        draft.judge(false);
    }
    CHECK(draft.get<phone::Over>().why == phone::Why::Spent);
    CHECK(draft.phoneSays(path, "Trang này không nhận thêm tệp"));
}

TEST_CASE("what became of a picture is told again when the line was lost") {
    Draft draft;
    const auto path = draft.begin();
    draft.phone.get(path);
    draft.phone.sendPicture(path, jpeg('a'));
    draft.kiosk.scheduler.advance(3s);
    draft.city.cutLine();
    draft.judge(true);
    CHECK(draft.get<phone::Showing>().lineLost);
    draft.city.mendLine();
    draft.kiosk.scheduler.advance(4s);
    CHECK_FALSE(draft.get<phone::Showing>().lineLost);
    CHECK(draft.phoneSays(path, "Trạm đã nhận 1 trong 3 ảnh"));
}

TEST_CASE("what is said of a picture once its link was given up goes nowhere") {
    Draft draft;
    const auto path = draft.begin();
    draft.phone.get(path);
    draft.phone.sendPicture(path, jpeg('a'));
    draft.kiosk.scheduler.advance(3s);
    const auto told = draft.told.back();
    draft.begin();
    told(true);
    CHECK(draft.get<phone::Showing>().used == 0);
    draft.pictures.reset();
    told(true);
}

TEST_CASE("the page for pictures begins in the session's language") {
    Draft draft;
    draft.pictures->begin("en");
    draft.kiosk.scheduler.settle();
    const auto path = draft.get<phone::Showing>().link.substr(draft.city.url().size());
    CHECK(draft.phone.get(path).body.find("0 of 3 pictures have reached") != std::string::npos);
}

TEST_CASE("a link ends with its time, with the page, and with the draft") {
    Draft draft;
    auto path = draft.begin();
    SECTION("its time") {
        draft.kiosk.scheduler.advance(599s);
        CHECK(draft.is<phone::Showing>());
        draft.kiosk.scheduler.advance(1s);
        CHECK(draft.get<phone::Over>().why == phone::Why::Time);
    }
    SECTION("the page") {
        draft.pictures->end();
        CHECK(draft.is<phone::Idle>());
    }
    SECTION("another link") {
        draft.begin();
    }
    SECTION("the draft") {
        draft.pictures.reset();
    }
    draft.kiosk.scheduler.settle();
    CHECK(draft.phone.get(path).status == 404);
    CHECK(draft.came.empty());
}

TEST_CASE("what comes after the page was left is dropped") {
    Draft draft;
    const auto path = draft.begin();
    draft.phone.get(path);
    draft.phone.sendPicture(path, jpeg('a'));
    SECTION("while it was asked for") {
        draft.kiosk.scheduler.advance(1999ms);
    }
    SECTION("before the place was there") {
        draft.pictures->begin();
    }
    draft.pictures->end();
    draft.kiosk.scheduler.advance(10s);
    CHECK(draft.is<phone::Idle>());
    CHECK(draft.came.empty());
}

TEST_CASE("a lost line is said and passes, a gateway that has forgotten the link ends it") {
    Draft draft;
    const auto path = draft.begin();
    draft.phone.get(path);
    draft.city.stopGateway(SIGTERM);
    draft.kiosk.scheduler.advance(3s);
    CHECK(draft.get<phone::Showing>().lineLost);
    draft.city.startGateway();  // places live in its memory
    draft.kiosk.scheduler.advance(3s);
    CHECK(draft.get<phone::Over>().why == phone::Why::Time);
}

TEST_CASE("without a line there is no link, and it is said why") {
    Draft draft;
    draft.city.stopGateway(SIGTERM);
    draft.pictures->begin();
    draft.kiosk.scheduler.settle();
    CHECK(draft.get<phone::Failed>().problem.kind != base::ProblemKind::Internal);
}

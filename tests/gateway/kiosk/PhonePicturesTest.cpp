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
    int signs = 0;
    std::unique_ptr<feedback::PhonePictures> pictures = std::make_unique<feedback::PhonePictures>(
        std::make_shared<link::PhoneUploads>(kiosk.client()), kiosk.scheduler, kiosk.clock);

    Draft() {
        pictures->onSign = [this] { ++signs; };
        pictures->onPicture = [this](auto picture) {
            REQUIRE(picture);
            came.emplace_back(picture->reveal().begin(), picture->reveal().end());
        };
    }
    /// The path of the link on show.
    std::string begin() {
        pictures->begin();
        CHECK(is<phone::Asking>());
        kiosk.scheduler.settle();
        return get<phone::Showing>().link.substr(city.url().size());
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
    CHECK(draft.get<phone::Showing>().received == 2);
    draft.phone.sendPicture(path, jpeg('c'));
    draft.kiosk.scheduler.advance(4s);
    CHECK(draft.came.size() == 3);
    CHECK(draft.get<phone::Over>().full);
    CHECK(draft.phone.get(path).status == 404);
    // A fresh link takes more.
    const auto next = draft.begin();
    CHECK(next != path);
    draft.phone.get(next);
    draft.phone.sendPicture(next, jpeg('d'));
    draft.kiosk.scheduler.advance(4s);
    CHECK(draft.came.back() == jpeg('d'));
}

TEST_CASE("the page for pictures begins in the session's language") {
    Draft draft;
    draft.pictures->begin("en");
    draft.kiosk.scheduler.settle();
    const auto path = draft.get<phone::Showing>().link.substr(draft.city.url().size());
    CHECK(draft.phone.get(path).body.find("0 of 3 pictures sent") != std::string::npos);
}

TEST_CASE("a link ends with its time, with the page, and with the draft") {
    Draft draft;
    auto path = draft.begin();
    SECTION("its time") {
        draft.kiosk.scheduler.advance(599s);
        CHECK(draft.is<phone::Showing>());
        draft.kiosk.scheduler.advance(1s);
        CHECK_FALSE(draft.get<phone::Over>().full);
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
    CHECK_FALSE(draft.get<phone::Over>().full);
}

TEST_CASE("without a line there is no link, and it is said why") {
    Draft draft;
    draft.city.stopGateway(SIGTERM);
    draft.pictures->begin();
    draft.kiosk.scheduler.settle();
    CHECK(draft.get<phone::Failed>().problem.kind != base::ProblemKind::Internal);
}

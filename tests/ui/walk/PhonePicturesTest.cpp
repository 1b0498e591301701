// A picture on its way from a phone to the report: the real gateway, tram-camera and pages.
#include <catch2/catch.hpp>
#include <fstream>

#include "PretendPhone.h"
#include "Visit.h"

namespace tram::ui::test {
namespace {

struct PicturesPage {
    Visit visit{"vi"};
    Robot& robot = visit.robot();
    tram::test::PretendPhone phone{visit.city()};

    PicturesPage() { visit.toPictures(); }
    screens::FeedbackScreen& feedback() { return visit.feedback(); }
    std::string openLink() {
        robot.tap("phone.pictures");
        REQUIRE(visit.arrives("feedback_phone"));
        const auto* pictures = feedback().fromPhone();
        REQUIRE(pictures);
        REQUIRE(
            runUntil([&] { return std::holds_alternative<feedback::phone::Showing>(pictures->state()); }));
        robot.settle();
        return std::get<feedback::phone::Showing>(pictures->state()).link.substr(visit.city().url().size());
    }
    std::string over() {
        const auto heading = visit.kiosk().surface().find("phone.over");
        return heading ? heading->spokenName : "";
    }
    std::size_t chosen() { return feedback().flow().draft().pictures.size(); }
};

/// A phone looks again every few seconds; asked a hundred times a second, the gateway has enough of it.
bool seenByPhone(const std::function<bool()>& seen) {
    using Clock = std::chrono::steady_clock;
    auto next = Clock::now();
    return runUntil([&] {
        if (Clock::now() < next) return false;
        next = Clock::now() + std::chrono::milliseconds(400);
        return seen();
    });
}

std::string sample() {
    std::ifstream file(TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a picture sent from a phone is in the report, what is none is said here and there") {
    PicturesPage page;
    const auto path = page.openLink();
    page.phone.get(path);
    page.phone.sendPicture(path, sample());
    REQUIRE(runUntil([&] { return page.chosen() == 1; }));
    page.phone.sendPicture(path, tram::test::jpegOf("and is none"));
    REQUIRE(runUntil([&] { return page.visit.shows("why.picture"); }));
    CHECK(page.chosen() == 1);
    page.robot.settle();
    CHECK(page.visit.kiosk().surface().layoutFaults() == std::vector<std::string>{});
    const auto phoneSays = [&](const std::string& words) {
        return seenByPhone([&] { return tram::test::shows(page.phone.get(path), words); });
    };
    CHECK(phoneSays("Trạm không dùng được 1 tệp"));
    CHECK(phoneSays("Trạm đã nhận 1 trong 3 ảnh"));
    for (const std::size_t number : {2u, 3u}) {
        CHECK(page.phone.sendPicture(path, sample()).status == 303);
        REQUIRE(runUntil([&] { return page.chosen() == number; }));
    }
    REQUIRE(runUntil([&] { return page.over() == page.visit.kiosk().tr("feedback.phone.full.title"); }));
    CHECK(phoneSays("Đã gửi đủ ảnh"));
    page.robot.settle();
    page.robot.tap("done");
    REQUIRE(page.visit.arrives("feedback_pictures"));
    CHECK(page.chosen() == 3);
    CHECK(seenByPhone([&] { return page.phone.get(path).status == 404; }));
    // Of the way there nothing is on the disk: it was sealed at the gateway and opened in memory.
    CHECK(page.visit.outboxBytes().find(sample().substr(0, 64)) == std::string::npos);
}

TEST_CASE("without a line no picture is asked of a phone") {
    PicturesPage page;
    page.visit.kiosk().force({.link = device::AgentState::Link::Offline});
    page.robot.settle();
    const auto offer = page.visit.kiosk().surface().find("phone.pictures");
    REQUIRE(offer);
    CHECK_FALSE(offer->enabled);
}

}  // namespace tram::ui::test

#include <catch2/catch.hpp>

#include "Visit.h"
#include "Walk.h"
#include "ui/screens/GuideScreen.h"

namespace tram::ui::test {

namespace {

std::size_t tallied(Visit& visit) {
    const auto counted = visit.kiosk().services().outbox->store().counts();
    REQUIRE(counted);
    return counted->waiting + counted->accepted;
}

bool waitsFor(Visit& visit, std::size_t count) {
    for (int i = 0; i < 200 && tallied(visit) != count; ++i) visit.robot().settle();
    return tallied(visit) == count;
}

}  // namespace

TEST_CASE("Installing an app takes seven taps at most, and is counted once, without a name") {
    Visit visit("vi");
    beginInCity(visit);
    const auto before = tallied(visit);
    Walk walk{visit};
    walk.tap("tile.install");
    REQUIRE(visit.arrives("guides"));
    walk.tap("entry.guide.cong-dan-so");
    REQUIRE(visit.arrives("guide_phone"));
    walk.tap("android");
    REQUIRE(visit.arrives("guide_step_kho"));
    CHECK(says(visit, "Bước 2 / 5"));
    CHECK(says(visit, "Trang chính thức · congdanso.tphcm.gov.vn"));
    CHECK(says(visit, "Cán bộ không bao giờ hỏi mã OTP hay mật khẩu."));
    walk.tap("next");
    REQUIRE(visit.arrives("guide_step_mo"));
    CHECK(visit.shows("picture"));
    walk.tap("next");
    walk.tap("next");
    REQUIRE(visit.arrives("guide_end"));
    CHECK(tallied(visit) == before);
    walk.tap("outcome.signed_in");
    REQUIRE(visit.arrives("guide_done"));
    CHECK(walk.took("to install an app") <= 7);
    CHECK(waitsFor(visit, before + 1));
    CHECK(visit.outboxBytes().find("cong-dan-so") == std::string::npos);
    visit.robot().tap("home");
    CHECK(visit.arrives("home"));
    CHECK(tallied(visit) == before + 1);
}

TEST_CASE("Trouble on the way says what to do, and leads back or to an end") {
    Visit visit("vi");
    beginInCity(visit);
    visit.robot().tap("tile.install");
    REQUIRE(visit.arrives("guides"));
    visit.robot().tap("entry.guide.vneid");
    REQUIRE(visit.arrives("guide_phone"));
    visit.robot().tap("iphone");
    REQUIRE(visit.arrives("guide_step_kho-iphone"));
    CHECK(says(visit, "Trang chính thức · apps.apple.com"));
    visit.robot().tap("other");
    REQUIRE(visit.arrives("guide_step_kho-android"));
    visit.robot().tap("trouble");
    REQUIRE(visit.arrives("guide_troubles"));
    CHECK(visit.shows("trouble.android-cu"));
    CHECK_FALSE(visit.shows("trouble.apple-id"));
    visit.robot().tap("trouble.muc-2");
    REQUIRE(visit.arrives("guide_trouble"));
    CHECK(says(visit, "công an"));
    visit.robot().tap("resume");
    REQUIRE(visit.arrives("guide_step_kho-android"));
    visit.robot().tap("trouble");
    visit.robot().tap("give_up");
    REQUIRE(visit.arrives("guide_end"));
    visit.robot().tap("helped");
    visit.robot().tap("outcome.not_done:muc-2");
    REQUIRE(visit.arrives("guide_done"));
    CHECK(says(visit, "công an phường"));
    visit.robot().tap("more");
    CHECK(visit.arrives("guides"));
}

TEST_CASE("A guide is found by search, and its link off this station's list is not shown") {
    Visit visit("vi");
    beginInCity(visit);
    visit.robot().tap("tile.search");
    REQUIRE(visit.arrives("city_search"));
    visit.robot().type("khieu nai");
    REQUIRE(visit.shows("entry.guide.khieu-nai-to-cao"));
    visit.robot().tap("entry.guide.khieu-nai-to-cao");
    REQUIRE(visit.arrives("guide_step_phan-biet"));

    auto guide =
        form::Guide::parse(R"({"v": 1, "title": {"vi": "a", "en": "a"}, "intro": {"vi": "a", "en": "a"},
      "steps": [{"id": "one", "title": {"vi": "a", "en": "a"}, "text": [{"vi": "a", "en": "a"}],
                 "link": "https://example.com/", "next": {"vi": "a", "en": "a"}}],
      "outcomes": [{"id": "done", "label": {"vi": "a", "en": "a"}}, {"id": "not_done:x", "label": {"vi": "a", "en": "a"}}]})");
    REQUIRE(guide);
    visit.kiosk().open(std::make_unique<screens::GuideScreen>(
        visit.kiosk(), guide::GuideFlow::Settings{"x", std::move(*guide), "27154", ""}));
    REQUIRE(visit.arrives("guide_step_one"));
    CHECK(visit.shows("link.refused"));
    CHECK_FALSE(visit.shows("code"));
    CHECK_FALSE(says(visit, "example.com"));
}

}  // namespace tram::ui::test

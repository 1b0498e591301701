// The kiosk's own login, reports and pictures at the real gateway behind nginx, with a resident's phone.
#include "../PretendPhone.h"
#include "KioskAt.h"
#include "link/PhoneUploads.h"

using namespace tram;
using namespace tram::test;
using namespace std::chrono_literals;
namespace situation = identity::situation;

namespace {

struct World {
    explicit World(const std::string& config = "") : city({.config = config}) {}
    LiveCity city;
    PretendKiosk enrolled{city};
    KioskAt kiosk{city.url(), enrolled.place, enrolled.key};
    PretendPhone phone{city};
};

}  // namespace

TEST_CASE(
    "who approves on the phone is logged in at the kiosk, finds their reports, and is gone when it ends") {
    World w;
    auto& kiosk = w.kiosk;
    const auto shown = kiosk.begin();
    CHECK(shown.scan == link::ScanWay::PhoneBrowser);
    CHECK(shown.qrText.starts_with(w.city.url() + "/d?code=" + shown.userCode + "&k="));
    CHECK(kiosk.login->secondsLeft() == 120);
    const auto confirmed = w.phone.logIn(shown.userCode, "lan");
    CHECK(shows(confirmed, "Đã xác nhận trên điện thoại"));
    kiosk.scheduler.advance(5s);
    CHECK(shows(w.phone.awaits(confirmed, "Đã đăng nhập tại trạm"), "Đã đăng nhập tại trạm"));
    const auto session = kiosk.get<situation::Approved>().session;
    CHECK(session->name.reveal() == "Trần Thị Ngọc Lan");
    CHECK(session->personalNumber.reveal().size() == 12);
    CHECK_FALSE(session->foreigner);
    CHECK(session->accountLevel == 2);
    CHECK(session->tokenIsGood(kiosk.clock.boot()));

    const auto sent =
        w.enrolled.report([&](auto&, auto& report) { report.reporterSubject = session->subject.copy(); });
    REQUIRE(w.enrolled.verdict(sent.envelope) == "accepted");
    const auto mine = kiosk.line->myReports(session->accessToken);
    REQUIRE(mine);
    REQUIRE(mine->reports.size() == 1);
    CHECK(mine->reports[0].code == sent.code);
    const bool wiped = GENERATE(false, true);  // by "end", or by the fresh process after a crash
    if (wiped)
        REQUIRE(kiosk.line->endSessions());
    else
        REQUIRE(kiosk.line->revokeToken(session->accessToken));
    const auto after = kiosk.line->myReports(session->accessToken);
    REQUIRE_FALSE(after);
    CHECK(after.error().kind == base::ProblemKind::Unauthorized);
    CHECK(w.city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the kiosk sees that its code was opened, and its language goes along to the phone") {
    World w;
    w.kiosk.login->language = "en";
    const auto page = [&] { return w.phone.get(w.kiosk.begin().qrText.substr(w.city.url().size())); };
    CHECK(shows(page(), "Do you want to log in"));
    w.kiosk.scheduler.advance(2s);
    CHECK_FALSE(w.kiosk.get<situation::Showing>().opened);  // a preview
    w.phone.render(page());
    w.kiosk.scheduler.advance(2s);
    CHECK(w.kiosk.get<situation::Showing>().opened);
    w.kiosk.login->moreTime();
    w.kiosk.scheduler.advance(5s);
    CHECK_FALSE(w.kiosk.get<situation::Showing>().opened);
}

TEST_CASE("a foreigner logs in without a personal number") {
    World w;
    w.phone.logIn(w.kiosk.begin().userCode, "marie");
    w.kiosk.scheduler.advance(5s);
    const auto session = w.kiosk.get<situation::Approved>().session;
    CHECK(session->foreigner);
    CHECK(session->personalNumber.empty());
}

TEST_CASE("why nobody is logged in is told apart at the kiosk") {
    World w;
    const auto endedAs = [&](const std::string& person) {
        w.phone.logIn(w.kiosk.begin().userCode, person);
        w.kiosk.scheduler.advance(5s);
    };
    endedAs("duc");
    w.kiosk.get<situation::NotGranted>();
    endedAs("phuc");
    w.kiosk.get<situation::LevelTooLow>();
    endedAs("an");
    w.kiosk.get<situation::UnderAge>();
    endedAs("");  // refuses at the provider
    w.kiosk.get<situation::Declined>();
    w.phone.decline(w.kiosk.begin().userCode);  // refuses on our own page
    w.kiosk.scheduler.advance(5s);
    w.kiosk.get<situation::Declined>();
}

TEST_CASE("what is cancelled at the kiosk no phone approves any more, however far it had come") {
    World w;
    const auto shown = w.kiosk.begin();
    const auto provider = w.phone.follow(w.phone.agree(shown.userCode));
    w.kiosk.login->cancel();
    w.kiosk.scheduler.settle();
    w.kiosk.get<situation::Idle>();
    const auto late = w.phone.follow(w.phone.post(
        "/demo/vneid/authorize",
        {{"request", PretendPhone::field(provider, "request")}, {"person", "lan"}, {"decision", "approve"}}));
    CHECK(shows(late, "Trạm đã huỷ lần đăng nhập này"));
    w.kiosk.scheduler.advance(180s);
    w.kiosk.get<situation::Idle>();
    w.phone.logIn(w.kiosk.begin().userCode, "lan");  // the next one is as good as ever
    w.kiosk.scheduler.advance(5s);
    w.kiosk.get<situation::Approved>();
}

TEST_CASE("a fresh code puts an end to the one that was shown") {
    World w;
    const auto first = w.kiosk.begin().userCode;
    REQUIRE(w.kiosk.login->mayHaveMoreTime());
    w.kiosk.login->moreTime();
    w.kiosk.scheduler.advance(2s);
    const auto second = w.kiosk.get<situation::Showing>().userCode;
    CHECK(second != first);
    CHECK(shows(w.phone.follow(w.phone.get("/d?code=" + first)), "Trạm đã huỷ lần đăng nhập này"));
    w.phone.logIn(second, "lan");
    w.kiosk.scheduler.advance(5s);
    w.kiosk.get<situation::Approved>();
}

TEST_CASE("more time right after the agreement takes nothing away, and right after the approval greets") {
    World w;
    const auto shown = w.kiosk.begin();
    const auto vneid = w.phone.follow(w.phone.agree(shown.userCode));
    const auto confirm = [&] {
        return w.phone.follow(
            w.phone.post("/demo/vneid/authorize", {{"request", PretendPhone::field(vneid, "request")},
                                                   {"person", "lan"},
                                                   {"decision", "approve"}}));
    };
    Reply confirmed;
    SECTION("agreed, then more time, then approved") {
        w.kiosk.login->moreTime();
        w.kiosk.scheduler.advance(2s);
        const auto& same = w.kiosk.get<situation::Showing>();
        CHECK(same.agreed);
        CHECK(same.userCode == shown.userCode);
        confirmed = confirm();
    }
    SECTION("approved, then more time") {
        confirmed = confirm();
        w.kiosk.login->moreTime();
    }
    CHECK(shows(confirmed, "Đã xác nhận trên điện thoại"));
    w.kiosk.scheduler.advance(2s);
    CHECK(w.kiosk.get<situation::Approved>().session->name.reveal() == "Trần Thị Ngọc Lan");
    CHECK(shows(w.phone.awaits(confirmed, "Đã đăng nhập tại trạm"), "Đã đăng nhập tại trạm"));
    CHECK(w.city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("who agrees late has time for the provider, and the kiosk's countdown follows") {
    World w;
    const auto shown = w.kiosk.begin();
    w.kiosk.scheduler.advance(20s);  // too fast for the gateway, whose clock is another: slowed down twice
    REQUIRE(w.kiosk.login->secondsLeft() == 100);
    w.phone.agree(shown.userCode);
    w.kiosk.scheduler.advance(5s);
    REQUIRE(w.kiosk.get<situation::Showing>().agreed);
    CHECK(w.kiosk.login->secondsLeft() > 100);
    CHECK(w.city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what is cancelled right after the approval the phone does not call done") {
    World w;
    const auto confirmed = w.phone.logIn(w.kiosk.begin().userCode, "lan");
    CHECK(shows(confirmed, "Đã xác nhận trên điện thoại"));
    w.kiosk.login->cancel();
    w.kiosk.scheduler.settle();
    w.kiosk.get<situation::Idle>();
    CHECK(shows(w.phone.awaits(confirmed, "Trạm đã huỷ"), "Trạm đã huỷ lần đăng nhập này"));
    CHECK(w.city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the provider's own app logs in as well") {
    World w(R"({"identity_provider":"demo-vneid-app"})");
    const auto shown = w.kiosk.begin();
    CHECK(shown.scan == link::ScanWay::ProviderApp);
    CHECK(shown.userCode.empty());
    REQUIRE(shown.qrText.starts_with(w.city.url()));
    const auto app = w.phone.get(shown.qrText.substr(w.city.url().size()));
    REQUIRE(app.status == 200);
    w.phone.post(
        "/demo/vneid/app",
        {{"request", PretendPhone::field(app, "request")}, {"person", "lan"}, {"decision", "approve"}});
    w.kiosk.scheduler.advance(5s);
    CHECK(w.kiosk.get<situation::Approved>().session->name.reveal() == "Trần Thị Ngọc Lan");
}

TEST_CASE("pictures from the phone are opened by the draft they were sent to, and by no other") {
    World w;
    link::PhoneUploads uploads(w.kiosk.client());
    const auto draft = crypto::OpeningKey::generate(), other = crypto::OpeningKey::generate();
    const auto place = uploads.open(draft.sealingKey());
    REQUIRE(place);
    REQUIRE(place->link.starts_with(w.city.url()));
    CHECK(place->lives == 600s);
    CHECK_FALSE(uploads.state(place->id)->opened);
    const auto path = place->link.substr(w.city.url().size());
    w.phone.get(path);
    const std::string sent = "\xFF\xD8\xFF\xE1" + std::string(100'000, 'x');
    w.phone.sendPicture(path, sent);
    const auto state = uploads.state(place->id);
    REQUIRE(state);
    CHECK(state->opened);
    REQUIRE(state->pictures.size() == 1);
    CHECK_FALSE(uploads.picture(place->id, state->pictures[0], other));
    const auto picture = uploads.picture(place->id, state->pictures[0], draft);
    REQUIRE(picture);
    CHECK(std::string(picture->reveal().begin(), picture->reveal().end()) == sent);
    REQUIRE(uploads.close(place->id));
    CHECK(w.phone.get(path).status == 404);
    CHECK(uploads.state(place->id).error().kind == base::ProblemKind::NotFound);
}

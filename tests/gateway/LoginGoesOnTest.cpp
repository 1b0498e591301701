// What kiosk and phone learn of each other between the code and the greeting.
#include <catch2/catch.hpp>

#include "PretendPhone.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

TEST_CASE("the kiosk hears that a browser shows its code, and of no preview and no other code") {
    LiveCity city;
    PretendKiosk kiosk(city), neighbour(city);
    KioskLogin login(kiosk), other(neighbour);
    login.begin();
    other.begin();
    PretendPhone phone(city), stranger(city), fetcher(city, {{"Sec-Purpose", "prefetch;prerender"}});
    const auto preview = phone.get(other.scanned());
    stranger.get("/d");
    stranger.render(preview);            // a sheet of another phone's page
    PretendPhone(city).render(preview);  // and without a cookie
    fetcher.render(fetcher.get(other.scanned()));
    stranger.get("/d/shown?code=" + other.userCode + "&seal=" + std::string(64, '0'));
    phone.render(phone.get(login.scanned()));
    CHECK(json::parse(other.poll().body) == json{{"error", "authorization_pending"}});
    CHECK(json::parse(login.poll().body) == json{{"error", "authorization_pending"}, {"opened", true}});
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the kiosk hears that somebody has agreed and is at the provider, whatever their browser loads") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone(city).agree(login.userCode);
    auto heard = json::parse(login.poll().body);
    const auto left = heard.at("expires_in").get<int>();
    heard.erase("expires_in");
    CHECK(heard == json{{"error", "authorization_pending"}, {"opened", true}, {"agreed", true}});
    CHECK(left > 60);
    CHECK(left <= 120);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("no phone is told that it is logged in where the kiosk greets nobody") {
    LiveCity city;
    PretendKiosk kiosk(city);
    PretendPhone phone(city);
    KioskLogin former(kiosk), login(kiosk);
    const auto confirmed = [&](KioskLogin& which) {
        which.begin();
        auto page = phone.logIn(which.userCode, "lan");
        CHECK(shows(page, "Đã xác nhận trên điện thoại"));
        CHECK_FALSE(page.header("Refresh").empty());
        return page;
    };
    const auto ends = [&](const Reply& page) { return phone.awaits(page, "Trạm đã huỷ lần đăng nhập này"); };
    SECTION("a fresh code was asked for before the approval was fetched") {
        const auto page = confirmed(former);
        REQUIRE(login.begin().status == 200);
        CHECK(shows(ends(page), "Trạm đã huỷ"));
        CHECK(verdictOf(former.poll()) == "invalid_grant");
        // The fresh one is as good as ever.
        phone.logIn(login.userCode, "lan");
        CHECK(verdictOf(login.poll()) == "200");
    }
    SECTION("a fresh code was asked for while the person was at the provider") {
        former.begin();
        const auto vneid = phone.follow(phone.agree(former.userCode));
        login.begin();
        CHECK(shows(phone.follow(phone.post("/demo/vneid/authorize",
                                            {{"request", PretendPhone::field(vneid, "request")},
                                             {"person", "lan"},
                                             {"decision", "approve"}})),
                    "Trạm đã huỷ"));
        CHECK(verdictOf(login.poll()) == "authorization_pending");
    }
    SECTION("cancelled before the approval was fetched") {
        const auto page = confirmed(login);
        login.cancel();
        CHECK(shows(ends(page), "Trạm đã huỷ"));
    }
    SECTION("the session ended before the approval was fetched") {
        const auto page = confirmed(login);
        login.endSessions();
        CHECK(shows(ends(page), "Trạm đã huỷ"));
    }
    SECTION("cancelled while the approval was on its way to the kiosk") {
        const auto page = confirmed(login);
        CHECK(verdictOf(login.poll()) == "200");
        login.cancel();
        CHECK(shows(ends(page), "Trạm đã huỷ"));
    }
    SECTION("the kiosk gives it back, or asks again, after the phone was told that it has it") {
        const auto page = confirmed(login);
        CHECK(verdictOf(login.poll()) == "200");
        const auto told = phone.awaits(page, "Đã đăng nhập tại trạm");
        REQUIRE(shows(told, "Đã đăng nhập tại trạm"));
        CHECK(told.header("Refresh") == "5");
        if (GENERATE(false, true))
            login.cancel();
        else
            CHECK(verdictOf(login.poll()) == "invalid_grant");
        CHECK(shows(ends(told), "Trạm đã huỷ"));
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a phone that goes on is the same phone a quarter of an hour after its last page, not its first") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone phone(city);
    const auto given = [](const Reply& reply) { return reply.header("Set-Cookie"); };
    const auto page = phone.get("/d?code=" + login.userCode);
    const auto cookie = given(page);
    REQUIRE(cookie.find("Max-Age=900") != cookie.npos);
    CHECK(given(phone.get("/d?code=" + login.userCode)) == cookie);
    const auto vneid = phone.post(
        "/d",
        {{"code", login.userCode}, {"csrf", PretendPhone::field(page, "csrf")}, {"decision", "approve"}});
    CHECK(given(vneid) == cookie);
    const auto form = phone.follow(vneid);
    const auto back = phone.post(
        "/demo/vneid/authorize",
        {{"request", PretendPhone::field(form, "request")}, {"person", "lan"}, {"decision", "approve"}});
    REQUIRE(back.status == 303);
    CHECK(given(phone.get(back.header("Location").substr(city.url().size()))) == cookie);  // the callback
    CHECK(given(phone.get("/d/done?code=" + login.userCode)) == cookie);
    PretendPhone liar(city);
    liar.cookies["tram"] = std::string(42, 'A') + "\"";
    const auto fresh = given(liar.get("/d"));
    CHECK(fresh.find("Max-Age=900") != fresh.npos);
    CHECK(fresh.find('"') == fresh.npos);
    CHECK(given(PretendPhone(city).get("/d/done?code=" + login.userCode)).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

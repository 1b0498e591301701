// RFC 8628 and STANDARDS 1 to 3, through nginx as deployed, against the pretend VNeID, which the gateway
// speaks to as to a real one.
#include <catch2/catch.hpp>
#include <csignal>

#include "GatewayCount.h"
#include "PretendPhone.h"
#include "base/Files.h"
#include "gateway/schema/JsonSchema.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

const json kClaims =
    json::parse(*base::readFile(std::string(TRAM_SOURCE_DIR) + "/resources/api/schemas/id-token.json"));

json tokensOf(const Reply& reply) {
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    return json::parse(reply.body);
}

int statusOfMyReports(LiveCity& city, const std::string& token) {
    return city.send({.path = "/v1/me/reports", .headers = {{"Authorization", "Bearer " + token}}}).status;
}

}  // namespace

TEST_CASE("a resident logs in with the phone, and the kiosk learns who it is from a signed token") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    REQUIRE(login.begin().status == 200);
    CHECK(login.invitation.at("expires_in") == 120);
    CHECK(login.invitation.at("scan") == "phone_browser");
    CHECK(login.scanned().starts_with("/d?code=" + login.userCode + "&k="));

    PretendPhone phone(city);
    const auto page = phone.get("/d?code=" + login.userCode);
    for (const auto* named : {"Phường Bàn Cờ", "Trạm Bàn Cờ 02", "Từ chối", "Đồng ý"})
        CHECK(shows(page, named));
    CHECK(shows(page, login.userCode));
    CHECK(shows(phone.get("/d?code=" + login.userCode + "&lang=en"), "Decline"));
    CHECK_FALSE(shows(page, "<script"));
    const auto policy = page.header("Content-Security-Policy");
    CHECK(policy.find("script-src") == policy.npos);  // default-src 'none'
    const auto end = phone.logIn(login.userCode, "lan");
    CHECK(end.status == 200);
    CHECK(shows(end, "Đã xác nhận trên điện thoại"));
    CHECK_FALSE(shows(end, "Đã đăng nhập"));  // the kiosk does not know yet

    const auto tokens = tokensOf(login.poll());
    const auto greeted = phone.awaits(end, "Đã đăng nhập tại trạm");
    CHECK(shows(greeted, "Đã đăng nhập tại trạm"));
    CHECK(greeted.header("Refresh") == "5");  // for a while: the kiosk may yet give it back
    CHECK_FALSE(tokens.contains("refresh_token"));
    CHECK(tokens.at("scope") == "resident");
    CHECK(tokens.at("expires_in") <= 900);
    const auto claims = claimsOf(city, tokens.at("id_token"));
    const auto schema = gateway::JsonSchema::compile(kClaims);
    REQUIRE(schema);
    CHECK(schema->check(claims));
    CHECK(claims.at("iss") == kiosk.place.publicUrl);
    CHECK(claims.at("aud") == kiosk.place.kioskId);
    CHECK(claims.at("nonce") == login.nonce);
    CHECK(claims.at("name") == "Trần Thị Ngọc Lan");
    CHECK(claims.at("account_level") == 2);
    CHECK(claims.at("account_type") == "citizen");
    CHECK(claims.at("personal_number").get<std::string>().starts_with("0791"));
    CHECK(claims.at("exp").get<std::int64_t>() - claims.at("iat").get<std::int64_t>() <= 300);

    // Codes work once: neither the kiosk's, nor the phone's.
    CHECK(verdictOf(login.poll()) == "invalid_grant");
    CHECK(shows(phone.follow(phone.get("/d?code=" + login.userCode)), "Mã này đã dùng rồi"));
    CHECK(statusOfMyReports(city, tokens.at("access_token")) == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the same resident has the same sub at every kiosk, and it is not what the provider calls them") {
    LiveCity city;
    PretendKiosk here(city), there(city);
    const auto subAt = [&](PretendKiosk& kiosk, const std::string& person) {
        KioskLogin login(kiosk);
        REQUIRE(login.begin().status == 200);
        PretendPhone(city).logIn(login.userCode, person);
        return claimsOf(city, tokensOf(login.poll()).at("id_token")).at("sub").get<std::string>();
    };
    const auto lan = subAt(here, "lan");
    CHECK(subAt(there, "lan") == lan);
    CHECK(subAt(here, "marie") != lan);
    CHECK(lan.find("lan") == lan.npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("each situation of a resident is told apart, to the kiosk and to the phone") {
    const auto way = GENERATE("demo-vneid", "demo-vneid-app");
    LiveCity city({.config = std::string(R"({"identity_provider":")") + way + "\"}"});
    PretendKiosk kiosk(city);
    const bool app = std::string(way) == "demo-vneid-app";
    const auto endOf = [&](const std::string& person, KioskLogin& login) {
        PretendPhone phone(city);
        if (!app) return phone.logIn(login.userCode, person);
        const auto qr = login.invitation.at("provider_qr").get<std::string>();
        const auto page = phone.get(qr.substr(city.url().size()));
        return phone.post("/demo/vneid/app", {{"request", PretendPhone::field(page, "request")},
                                              {"person", person},
                                              {"decision", person.empty() ? "decline" : "approve"}});
    };
    const std::vector<std::tuple<const char*, const char*, const char*>> people = {
        {"phuc", "access_denied level_too_low", "Tài khoản chưa đạt mức độ 2"},
        {"duc", "access_denied not_granted", "VNeID chưa cho phép đăng nhập trên web"},
        {"an", "access_denied under_age", "Chưa đủ 14 tuổi"},
        {"", "access_denied declined", "Đã từ chối đăng nhập"},
        {"marie", "200", "Đã xác nhận trên điện thoại"}};
    for (const auto& [person, verdict, page] : people) {
        CAPTURE(way, person);
        KioskLogin login(kiosk);
        REQUIRE(login.begin().status == 200);
        const auto end = endOf(person, login);
        CHECK(shows(end, app ? "Đã gửi trả lời" : page));
        const auto said = login.poll();
        CHECK(verdictOf(said) == verdict);
        if (person != std::string("marie")) continue;
        const auto claims = claimsOf(city, json::parse(said.body).at("id_token"));
        CHECK(claims.at("account_type") == "foreigner");
        CHECK_FALSE(claims.contains("personal_number"));
    }
    if (app) {  // there is nothing for a browser to agree to
        KioskLogin login(kiosk);
        login.begin();
        CHECK(PretendPhone(city).get("/d?code=" + login.userCode).status == 404);
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a phone that refuses ends it, and what is refused stays refused") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone phone(city);
    CHECK(shows(phone.follow(phone.decline(login.userCode)), "Đã từ chối đăng nhập"));
    CHECK(verdictOf(login.poll()) == "access_denied declined");
    CHECK(shows(phone.follow(phone.get("/d?code=" + login.userCode)), "Mã này đã dùng rồi"));
    CHECK(verdictOf(login.poll()) == "access_denied declined");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what the kiosk has cancelled no phone can complete, however far it has come") {
    // STANDARDS 3
    LiveCity city;
    PretendKiosk kiosk(city);
    PretendPhone phone(city);
    KioskLogin login(kiosk);
    login.begin();
    const auto vneid = phone.follow(phone.agree(login.userCode));
    CHECK(login.cancel().status == 200);
    const auto end = phone.follow(phone.post(
        "/demo/vneid/authorize",
        {{"request", PretendPhone::field(vneid, "request")}, {"person", "lan"}, {"decision", "approve"}}));
    CHECK(shows(end, "Trạm đã huỷ lần đăng nhập này"));
    CHECK(verdictOf(login.poll()) == "invalid_grant");
    CHECK(shows(phone.follow(phone.get("/d?code=" + login.userCode)), "Trạm đã huỷ"));
    // The provider was not even asked who it was: the code it gave is still unspent there.
    CHECK(answered(city, "/demo/vneid/token") == 0);

    // The same when the session ends, or the kiosk begins afresh after a crash.
    login.begin();
    const auto again = phone.follow(phone.agree(login.userCode));
    CHECK(login.endSessions().status == 204);
    CHECK(shows(
        phone.follow(phone.post("/demo/vneid/authorize", {{"request", PretendPhone::field(again, "request")},
                                                          {"person", "lan"},
                                                          {"decision", "approve"}})),
        "Trạm đã huỷ"));
    // Approved, but not fetched yet.
    login.begin();
    phone.logIn(login.userCode, "lan");
    login.cancel();
    CHECK(verdictOf(login.poll()) == "invalid_grant");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE(
    "of two phones with one code the first that agrees goes on, the other learns so and can do nothing") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone first(city), second(city);
    const auto seen = second.get("/d?code=" + login.userCode);  // looking takes nothing away from anybody
    const auto vneid = first.follow(first.agree(login.userCode));
    const PretendPhone::Form form = {{"code", login.userCode}, {"csrf", PretendPhone::field(seen, "csrf")}};
    for (const auto* decision : {"approve", "decline"}) {
        auto decided = form;
        decided["decision"] = decision;
        CHECK(shows(second.follow(second.post("/d", decided)), "điện thoại khác"));
    }
    // Nor with the first one's way back from the provider.
    auto back = first.post(
        "/demo/vneid/authorize",
        {{"request", PretendPhone::field(vneid, "request")}, {"person", "lan"}, {"decision", "approve"}});
    CHECK(shows(second.follow(back), "Không có lần đăng nhập này"));
    CHECK(verdictOf(login.poll()) == "authorization_pending");
    CHECK(shows(first.follow(back), "Đã xác nhận trên điện thoại"));
    // Whose login it is only that phone may look at.
    CHECK(shows(second.follow(second.get("/d/done?code=" + login.userCode)), "Không có lần đăng nhập này"));
    // A state works once.
    CHECK(shows(first.follow(back), "Không có lần đăng nhập này"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("nobody's page can agree in another's name") {
    // RFC 9700 §4.7
    LiveCity city;
    PretendKiosk kiosk(city), neighbour(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone victim(city), attacker(city);
    const auto own = attacker.get("/d?code=" + login.userCode);
    victim.get("/d");
    const auto tried = [&](PretendPhone& phone, const std::string& csrf) {
        return phone.post("/d", {{"code", login.userCode}, {"csrf", csrf}, {"decision", "approve"}}).status;
    };
    CHECK(tried(victim, "") == 403);
    CHECK(tried(victim, PretendPhone::field(own, "csrf")) == 403);  // made for another cookie
    KioskLogin other(neighbour);
    other.begin();
    CHECK(tried(victim, PretendPhone::field(victim.get("/d?code=" + other.userCode), "csrf")) == 403);
    PretendPhone bare(city);  // keeps no cookies
    CHECK(tried(bare, PretendPhone::field(own, "csrf")) == 403);
    CHECK(verdictOf(login.poll()) == "authorization_pending");
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a login belongs to the kiosk that began it") {
    LiveCity city;
    PretendKiosk kiosk(city), thief(city);
    KioskLogin login(kiosk), theirs(thief);
    login.begin();
    CHECK(verdictOf(theirs.poll(login.deviceCode, thief)) == "invalid_grant");
    CHECK(theirs.revoke(login.deviceCode, "device_code").status == 200);  // and nothing happens
    theirs.endSessions();
    PretendPhone(city).logIn(login.userCode, "lan");
    CHECK(verdictOf(theirs.poll(login.deviceCode, thief)) == "invalid_grant");
    const auto token = tokensOf(login.poll()).at("access_token").get<std::string>();
    CHECK(theirs.revoke(token).status == 200);
    CHECK(statusOfMyReports(city, token) == 200);
    CHECK(login.revoke(token).status == 200);
    CHECK(statusOfMyReports(city, token) == 401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a resident's token ends with the session, with its kiosk and with the gateway, and opens little") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto logIn = [&] {
        KioskLogin login(kiosk);
        login.begin();
        PretendPhone(city).logIn(login.userCode, "lan");
        return tokensOf(login.poll()).at("access_token").get<std::string>();
    };
    const auto token = logIn();
    const HeaderList asResident = {{"Authorization", "Bearer " + token}};
    CHECK(city.send({.method = "POST",
                     .path = "/v1/calls",
                     .headers = asResident,
                     .type = "application/json",
                     .body = R"({"reason":"help"})"})
              .status == 401);
    CHECK(city.send({.path = "/v1/me/reports", .headers = kiosk.auth()}).status == 401);
    CHECK(KioskLogin(kiosk).endSessions().status == 204);
    CHECK(statusOfMyReports(city, token) == 401);

    const auto second = logIn();
    city.stopGateway(SIGTERM);
    city.startGateway();
    CHECK(statusOfMyReports(city, second) == 401);
    const auto third = logIn();
    CHECK(statusOfMyReports(city, third) == 200);
    city.tool({"revoke", kiosk.place.kioskId});
    CHECK(statusOfMyReports(city, third) == 401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("my reports are those sent while logged in, and never one without a name") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    PretendPhone(city).logIn(login.userCode, "lan");
    const auto tokens = tokensOf(login.poll());
    const auto sub = claimsOf(city, tokens.at("id_token")).at("sub").get<std::string>();
    const auto sendAs = [&](const std::string& who, wire::Disclosure disclosure) {
        const auto sent = kiosk.report([&](wire::ActionBody& body, wire::FeedbackReport& report) {
            report.disclosure = disclosure;
            report.reporterSubject = base::SecretText(who);
            if (disclosure == wire::Disclosure::Anonymous)
                body.createdAt = base::toRfc3339(base::coarseToHour(base::SystemClock().wall()));
        });
        REQUIRE(kiosk.verdict(sent.envelope) == "accepted");
        return sent.code;
    };
    const auto named = sendAs(sub, wire::Disclosure::Named),
               hidden = sendAs(sub, wire::Disclosure::NameHidden);
    sendAs(sub, wire::Disclosure::Anonymous);
    sendAs(std::string(42, 'B') + "A", wire::Disclosure::Named);
    sendAs("", wire::Disclosure::Named);
    const auto mine =
        city.send({.path = "/v1/me/reports",
                   .headers = {{"Authorization", "Bearer " + tokens.at("access_token").get<std::string>()}}});
    REQUIRE(mine.status == 200);
    std::vector<std::string> codes;
    const auto told = json::parse(mine.body);
    for (const auto& report : told.at("reports")) codes.push_back(report.at("code"));
    CHECK(codes == std::vector<std::string>{hidden, named});
    CHECK(mine.body.find("CANARY") == mine.body.npos);
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("who polls too fast is slowed down, and a kiosk cannot open codes without end") {
    // RFC 8628 §3.5
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk);
    login.begin();
    CHECK(verdictOf(login.poll()) == "authorization_pending");
    CHECK(verdictOf(login.poll()) == "slow_down");
    CHECK(verdictOf(login.poll()) == "slow_down");
    int opened = 1, refused = 0;
    for (int at = 0; at < 70; ++at) {
        const auto status = KioskLogin(kiosk).begin().status;
        (status == 200 ? opened : refused) += 1;
        if (status != 200) CHECK(status == 429);
    }
    CHECK(opened == 60);
    CHECK(refused == 11);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

// A login's clockwork, on times that the test names.
#include "gateway/identity/DeviceLogins.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "gateway/identity/IssuerKeys.h"
#include "gateway/identity/ResidentTokens.h"
#include "gateway/identity/Subjects.h"

using namespace tram;
using gateway::DeviceLogins;
using gateway::Refusal;
using std::chrono::seconds;

namespace {

const base::WallTime kBegun{std::chrono::milliseconds(1'795'000'000'000)};
const gateway::Kiosk kKiosk{"k1", "key", "K7M", "27154", "Trạm"}, kOther{"k2", "key", "K8M", "27154", "Trạm"};

gateway::Resident someone() {
    gateway::Resident resident;
    resident.subject = base::SecretText("s");
    resident.name = base::SecretText("Trần Thị Lan");
    resident.level = 2;
    return resident;
}

template <class T>
bool is(const DeviceLogins::Turn& turn) {
    return std::holds_alternative<T>(turn);
}

}  // namespace

TEST_CASE("user codes are eight of twenty symbols, read as people type them") {
    // RFC 8628 §6.1
    std::set<char> seen;
    for (int at = 0; at < 500; ++at) {
        const auto code = gateway::UserCode::make();
        REQUIRE(code.size() == 9);
        CHECK(gateway::UserCode::parse(code) == code);
        for (const char c : code) seen.insert(c);
    }
    CHECK(seen.size() == 21);  // and the dash
    CHECK(gateway::UserCode::parse(" wdjb mjht ") == "WDJB-MJHT");
    for (const auto* wrong :
         {"", "WDJB-MJH", "WDJB-MJHTT", "WDJA-MJHT", "WDJB-MJH0", "WDJB_MJHT", "<script>"})
        CHECK_FALSE(gateway::UserCode::parse(wrong));
    CHECK_FALSE(gateway::UserCode::parse(std::string(1000, ' ') + "WDJB-MJHT"));
}

TEST_CASE("a code lives 120 seconds and not one more, for the kiosk, the phone and the provider") {
    DeviceLogins logins;
    const auto begun = logins.begin(kKiosk, "n", kBegun);
    REQUIRE(begun);
    const auto last = kBegun + seconds(120) - base::Millis(1), over = kBegun + seconds(120);
    CHECK(logins.look(begun->userCode, "phone", last));
    CHECK(logins.look(begun->userCode, "phone", over).error() == DeviceLogins::Gone::Expired);
    CHECK(logins.agree(begun->userCode, "phone", over).error() == DeviceLogins::Gone::Expired);
    CHECK(is<DeviceLogins::Pending>(logins.poll(begun->deviceCode, "k1", last)));
    CHECK(is<DeviceLogins::Expired>(logins.poll(begun->deviceCode, "k1", over)));
    CHECK(is<DeviceLogins::Expired>(
        logins.poll(begun->deviceCode, "k1", kBegun - seconds(1))));  // a clock set back
    // Later nobody knows of it.
    CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k1", kBegun + std::chrono::minutes(10))));
    CHECK(logins.look(begun->userCode, "phone", kBegun + std::chrono::minutes(10)).error() ==
          DeviceLogins::Gone::Unknown);
}

TEST_CASE("who has agreed has 120 seconds from then on, once") {
    DeviceLogins logins;
    const auto begun = logins.begin(kKiosk, "n", kBegun);
    REQUIRE(begun);
    const auto agreed = kBegun + seconds(110), over = agreed + seconds(120), last = over - base::Millis(1);
    const auto poll = [&](base::WallTime at) { return logins.poll(begun->deviceCode, "k1", at); };
    const auto left = [&](base::WallTime at) { return std::get<DeviceLogins::Pending>(poll(at)).left; };
    CHECK(left(agreed) == seconds(0));  // nobody has agreed
    const auto id = *logins.agree(begun->userCode, "phone", agreed);
    CHECK(left(agreed + base::Millis(1)) == seconds(120));  // news, however early the question
    CHECK(is<DeviceLogins::SlowDown>(poll(agreed + base::Millis(2))));
    CHECK(left(kBegun + seconds(120)) == seconds(110));
    CHECK(logins.look(begun->userCode, "other", kBegun + seconds(120)).error() == DeviceLogins::Gone::Taken);
    CHECK(logins.agree(begun->userCode, "phone", kBegun + seconds(150)) == id);  // the same way once more
    CHECK(left(last) == seconds(1));
    CHECK(logins.stillOpen(id, last));
    CHECK(logins.stillOpen(id, over).error() == DeviceLogins::Gone::Expired);
    SECTION("approved at the end of it") {
        REQUIRE(logins.settle(id, someone(), last));
        CHECK(is<DeviceLogins::Approved>(poll(over + seconds(9))));
    }
    SECTION("approved too late") {
        CHECK(logins.settle(id, someone(), over).error() == DeviceLogins::Gone::Expired);
        CHECK(is<DeviceLogins::Expired>(poll(over)));
    }
}

TEST_CASE("an approved login is fetched once, in time, by its kiosk") {
    DeviceLogins logins;
    const auto begun = logins.begin(kKiosk, "n", kBegun);
    const auto id = logins.agree(begun->userCode, "phone", kBegun);
    REQUIRE(logins.settle(*id, someone(), kBegun + seconds(30)));
    CHECK(logins.settle(*id, tl::unexpected(Refusal::Declined), kBegun + seconds(31)).error() ==
          DeviceLogins::Gone::Over);
    CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k2", kBegun + seconds(32))));
    const auto turn = logins.poll(begun->deviceCode, "k1", kBegun + seconds(33));
    REQUIRE(is<DeviceLogins::Approved>(turn));
    CHECK(std::get<DeviceLogins::Approved>(turn).resident.name.reveal() == "Trần Thị Lan");
    CHECK(std::get<DeviceLogins::Approved>(turn).at == kBegun + seconds(30));
    CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k1", kBegun + seconds(40))));

    const auto late = logins.begin(kKiosk, "n", kBegun);
    REQUIRE(logins.settle(*logins.agree(late->userCode, "phone", kBegun), someone(), kBegun));
    CHECK(is<DeviceLogins::Expired>(logins.poll(late->deviceCode, "k1", kBegun + seconds(130))));
    // The person's data is gone with its time, whatever the clock says next.
    CHECK(is<DeviceLogins::Expired>(logins.poll(late->deviceCode, "k1", kBegun + seconds(10))));
}

TEST_CASE("approved in the last second is fetched by the kiosk's last question, however soon it comes") {
    DeviceLogins logins;
    const auto begun = logins.begin(kKiosk, "n", kBegun);
    const auto id = *logins.agree(begun->userCode, "phone", kBegun + seconds(110));
    CHECK(is<DeviceLogins::Pending>(logins.poll(begun->deviceCode, "k1", kBegun + seconds(119))));
    REQUIRE(logins.settle(id, someone(), kBegun + base::Millis(119'500)));
    CHECK(is<DeviceLogins::Approved>(logins.poll(begun->deviceCode, "k1", kBegun + base::Millis(120'300))));
    CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k1", kBegun + base::Millis(120'400))));
}

TEST_CASE("slow_down adds five seconds for good") {
    // RFC 8628 §3.5
    DeviceLogins logins;
    const auto begun = logins.begin(kKiosk, "n", kBegun);
    auto at = kBegun;
    const auto after = [&](base::Millis wait) { return logins.poll(begun->deviceCode, "k1", at += wait); };
    CHECK(is<DeviceLogins::Pending>(after(base::Millis(0))));
    CHECK(is<DeviceLogins::Pending>(after(base::Millis(1600))));  // the line was late the time before
    CHECK(is<DeviceLogins::SlowDown>(after(base::Millis(1000))));
    CHECK(is<DeviceLogins::SlowDown>(after(base::Millis(6000))));
    CHECK(is<DeviceLogins::SlowDown>(after(base::Millis(11000))));
    CHECK(is<DeviceLogins::Pending>(after(base::Millis(17000))));
    CHECK(is<DeviceLogins::Pending>(after(base::Millis(17000))));
}

TEST_CASE("the provider's code is asked about by one at a time, and not for what is over") {
    DeviceLogins logins;
    const auto begun = logins.begin(kKiosk, "n", kBegun, seconds(60),
                                    DeviceLogins::ProviderCode{base::SecretText("theirs"), seconds(5)});
    CHECK_FALSE(logins.providerTurn(begun->deviceCode, "k2", kBegun));
    const auto turn = logins.providerTurn(begun->deviceCode, "k1", kBegun);
    REQUIRE(turn);
    CHECK(turn->code.reveal() == "theirs");
    CHECK_FALSE(logins.providerTurn(begun->deviceCode, "k1", kBegun + seconds(6)));  // still being asked
    logins.later(turn->id, true, kBegun + seconds(6));
    CHECK_FALSE(logins.providerTurn(begun->deviceCode, "k1", kBegun + seconds(15)));
    CHECK(logins.providerTurn(begun->deviceCode, "k1", kBegun + seconds(16)));
    logins.later(turn->id, false, kBegun + seconds(16));
    logins.cancel(begun->deviceCode, "k1");
    CHECK_FALSE(logins.providerTurn(begun->deviceCode, "k1", kBegun + seconds(40)));
    CHECK(logins.settle(turn->id, someone(), kBegun + seconds(40)).error() == DeviceLogins::Gone::Cancelled);
    // It lives as short as the provider says.
    const auto brief = logins.begin(kKiosk, "n", kBegun, seconds(60));
    CHECK(is<DeviceLogins::Expired>(logins.poll(brief->deviceCode, "k1", kBegun + seconds(60))));
}

TEST_CASE("a kiosk has one login open, begins so many in two minutes, and ends no other kiosk's") {
    DeviceLogins logins;
    std::vector<DeviceLogins::Begun> all;
    for (std::size_t at = 0; at < DeviceLogins::kMostOfKiosk; ++at)
        all.push_back(*logins.begin(kKiosk, "n", kBegun));
    CHECK(logins.open() == 1);
    CHECK(logins.look(all[0].userCode, "phone", kBegun).error() == DeviceLogins::Gone::Cancelled);
    CHECK(logins.look(all.back().userCode, "phone", kBegun));
    CHECK(logins.begin(kKiosk, "n", kBegun).error().kind == base::ProblemKind::TooManyRequests);
    CHECK(logins.open() == 1);  // what could not be begun ends nothing
    CHECK(logins.begin(kOther, "n", kBegun));
    CHECK(logins.open() == 2);
    logins.cancelAll("k2");
    CHECK(logins.open() == 1);
    logins.cancelAll("k1");
    CHECK(logins.open() == 0);
    CHECK(logins.begin(kKiosk, "n", kBegun + DeviceLogins::kLife));
}

TEST_CASE("the phone that agreed is told how its kiosk goes on, to the second") {
    DeviceLogins logins;
    using Outlook = DeviceLogins::Outlook;
    using Gone = DeviceLogins::Gone;
    const auto begun = logins.begin(kKiosk, "n", kBegun);
    const auto told = [&](base::Millis after, const std::string& phone = "phone") {
        return logins.outlook(begun->userCode, phone, kBegun + after);
    };
    const auto after = [](int ms) { return base::Millis(ms); };
    CHECK(told(after(0)).error() == Gone::Unknown);  // nobody has agreed
    CHECK(told(after(0), "").error() == Gone::Unknown);
    const auto id = *logins.agree(begun->userCode, "phone", kBegun);
    CHECK(told(after(119'999)) == Outlook::Waiting);
    CHECK(told(after(120'000)).error() == Gone::Expired);
    CHECK(told(after(0), "other").error() == Gone::Unknown);
    SECTION("fetched") {
        REQUIRE(logins.settle(id, someone(), kBegun + after(119'000)));
        CHECK(told(after(129'999)) == Outlook::Waiting);
        REQUIRE(is<DeviceLogins::Approved>(logins.poll(begun->deviceCode, "k1", kBegun + after(125'000))));
        CHECK(told(after(126'999)) == Outlook::Waiting);
        CHECK(told(after(127'000)) == Outlook::Greeted);
        CHECK(told(after(184'999)) == Outlook::Greeted);
        CHECK(told(after(185'000)) == Outlook::Settled);
        logins.cancelAll("k1");  // the session's end is not the login's
        REQUIRE(logins.begin(kKiosk, "n", kBegun + after(130'000)));
        CHECK(told(after(130'000)) == Outlook::Greeted);
        logins.cancel(begun->deviceCode, "k1");
        CHECK(told(after(130'000)).error() == Gone::Cancelled);
    }
    SECTION("fetched by a kiosk that did not get the answer, and asks again") {
        REQUIRE(logins.settle(id, someone(), kBegun));
        REQUIRE(is<DeviceLogins::Approved>(logins.poll(begun->deviceCode, "k1", kBegun + after(1000))));
        CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k2", kBegun + after(2000))));
        CHECK(told(after(4000)) == Outlook::Greeted);
        CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k1", kBegun + after(5000))));
        CHECK(told(after(5000)).error() == Gone::Cancelled);
    }
    SECTION("never fetched") {
        REQUIRE(logins.settle(id, someone(), kBegun + after(119'000)));
        CHECK(told(after(130'000)).error() == Gone::Expired);
    }
    SECTION("refused by the provider") {
        REQUIRE(logins.settle(id, tl::unexpected(Refusal::Declined), kBegun));
        CHECK(told(after(0)).error() == Gone::Over);
    }
    SECTION("the kiosk shows a fresh code") {
        REQUIRE(logins.settle(id, someone(), kBegun));
        REQUIRE(logins.begin(kKiosk, "n", kBegun));
        CHECK(told(after(0)).error() == Gone::Cancelled);
        CHECK(is<DeviceLogins::Unknown>(logins.poll(begun->deviceCode, "k1", kBegun)));
    }
}

TEST_CASE("a resident's token lives a quarter of an hour") {
    gateway::ResidentTokens tokens;
    const auto token = tokens.issue(base::SecretText("sub"), {}, "k1", kBegun);
    CHECK(token.size() == 43);
    CHECK(tokens.find(token, kBegun + seconds(899)));
    CHECK_FALSE(tokens.find(token, kBegun + seconds(900)));
    CHECK_FALSE(tokens.find(token, kBegun - seconds(1)));
    CHECK_FALSE(tokens.find("", kBegun));
    tokens.issue(base::SecretText("sub"), {}, "k1", kBegun + seconds(1000));
    CHECK(tokens.count() == 1);  // the old one is not kept
}

TEST_CASE("keys of ID tokens change each day, and the former one is told for an hour more") {
    gateway::IssuerKeys keys;
    const auto kids = [&](base::WallTime now) {
        std::vector<std::string> all;
        const auto listed = nlohmann::json::parse(keys.jwks(now));
        for (const auto& key : listed.at("keys")) all.push_back(key.at("kid"));
        return all;
    };
    const auto first = kids(kBegun);
    REQUIRE(first.size() == 1);
    CHECK(kids(kBegun + std::chrono::hours(23)) == first);
    const auto both = kids(kBegun + std::chrono::hours(24));
    REQUIRE(both.size() == 2);
    CHECK(both[1] == first[0]);
    CHECK(kids(kBegun + std::chrono::hours(24) + std::chrono::minutes(59)) == both);
    CHECK(kids(kBegun + std::chrono::hours(25)) == std::vector<std::string>{both[0]});
    CHECK(kids(kBegun).size() == 1);  // a clock set back
}

TEST_CASE("a subject is the same for one person, other for every other, and tells nothing") {
    const auto key = crypto::SigningKey::generate(), other = crypto::SigningKey::generate();
    const gateway::Subjects subjects(key), again(key), elsewhere(other);
    const base::SecretText person("079185001234");
    const auto sub = subjects.of("https://a", person);
    CHECK(sub.reveal().size() == 43);
    CHECK(again.of("https://a", person).reveal() == sub.reveal());
    CHECK(subjects.of("https://b", person).reveal() != sub.reveal());
    CHECK(elsewhere.of("https://a", person).reveal() != sub.reveal());
    CHECK(subjects.indexOf(sub) != elsewhere.indexOf(sub));
    CHECK(subjects.indexOf(sub).find(sub.reveal()) == std::string::npos);
}

// Phones speak what the session at the kiosk spoke, until they are asked for the other language.
#include <catch2/catch.hpp>
#include <regex>

#include "PretendPhone.h"

using namespace tram;
using namespace tram::test;

namespace {

/// Where the page's own switch leads; "" without one.
std::string otherWay(const Reply& page) {
    std::smatch found;
    const std::regex pattern(
        "<a class=\"button\" href=\"([^\"]+)\" lang=\"(vi|en)\" rel=\"nofollow\">(English|Tiếng Việt)</a>");
    if (!std::regex_search(page.body, found, pattern)) return "";
    return std::regex_replace(found[1].str(), std::regex("&amp;"), "&");
}

std::string languageOf(const Reply& page) {
    const auto at = page.body.find("<html lang=\"");
    return at == page.body.npos ? "" : page.body.substr(at + 12, 2);
}

/// A page in `language` that turns into the other one and back.
Reply turns(PretendPhone& phone, const Reply& page, const std::string& language) {
    INFO(page.body);
    CHECK(languageOf(page) == language);
    const auto other = phone.follow(phone.get(otherWay(page)));
    CHECK(languageOf(other) == (language == "en" ? "vi" : "en"));
    CHECK(languageOf(phone.follow(phone.get(otherWay(other)))) == language);
    return other;
}

PretendPhone::Form formOn(const Reply& page, const std::string& decision) {
    return {{"code", PretendPhone::field(page, "code")},
            {"csrf", PretendPhone::field(page, "csrf")},
            {"lang", PretendPhone::field(page, "lang")},
            {"decision", decision}};
}

PretendPhone::Form answerOn(const Reply& vneid, const std::string& person) {
    return {{"request", PretendPhone::field(vneid, "request")},
            {"lang", PretendPhone::field(vneid, "lang")},
            {"person", person},
            {"decision", "approve"}};
}

}  // namespace

TEST_CASE("a login's pages speak the session's language all the way") {
    LiveCity city;
    PretendKiosk kiosk(city);
    for (const std::string language : {"en", "vi"}) {
        KioskLogin login(kiosk);
        login.begin(language);
        PretendPhone phone(city);
        const auto page = phone.get(login.scanned());
        turns(phone, page, language);
        CHECK(shows(page, language == "en" ? "Decline" : "Từ chối"));
        CHECK(shows(page, language == "en" ? "VNeID (simulated)" : "VNeID (mô phỏng)"));
        CHECK_FALSE(shows(page, language == "en" ? "mô phỏng" : "simulated"));
        const auto vneid = phone.follow(phone.post("/d", formOn(page, "approve")));
        CHECK(shows(vneid, language == "en" ? "A citizen, level 2" : "Công dân, định danh mức độ 2"));
        CHECK(shows(vneid, language == "en" ? ">Decline<" : ">Từ chối<"));
        turns(phone, vneid, language);
        turns(phone, phone.follow(phone.post("/demo/vneid/authorize", answerOn(vneid, "lan"))), language);
        // What is over by then says so in the same language.
        turns(phone, phone.follow(phone.get(login.scanned())), language);
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the phone's own wish comes before the session's, and nobody else's is taken") {
    LiveCity city;
    PretendKiosk kiosk(city);
    KioskLogin login(kiosk), odd(kiosk);
    login.begin("en");
    PretendPhone phone(city);
    const auto page = phone.get(login.scanned() + "&lang=vi");
    CHECK(languageOf(page) == "vi");
    CHECK(languageOf(phone.follow(phone.post("/d", formOn(page, "decline")))) == "vi");
    CHECK(languageOf(phone.get("/d?lang=fr")) == "vi");
    // Who types the code has the session's, too, but what was asked for stays.
    const auto typed = [&](const std::string& page) {
        KioskLogin typing(kiosk);
        typing.begin("en");
        const auto language = PretendPhone::field(phone.get(page), "lang");
        return languageOf(phone.get("/d?lang=" + language + "&code=" + typing.userCode));
    };
    CHECK(typed("/d") == "en");
    CHECK(typed("/d?lang=vi") == "vi");
    odd.begin("fr-FR en");
    CHECK(languageOf(phone.get(odd.scanned())) == "vi");
    CHECK(languageOf(phone.get(odd.scanned() + "&lang=%22%3E")) == "vi");
}

TEST_CASE("in its own app the pretend VNeID names ward and station, in both languages") {
    LiveCity city({.config = R"({"identity_provider":"demo-vneid-app"})"});
    PretendKiosk kiosk(city);
    for (const std::string language : {"en", "vi"}) {
        KioskLogin login(kiosk);
        login.begin(language);
        PretendPhone phone(city);
        const auto page = phone.get(login.scanned());
        CHECK(shows(page, "Trạm Bàn Cờ 02, Phường Bàn Cờ"));
        CHECK(
            shows(page, language == "en" ? "standing in front of this station" : "đang đứng trước trạm này"));
        CHECK(shows(turns(phone, page, language), "Trạm Bàn Cờ 02, Phường Bàn Cờ"));
        turns(phone, phone.post("/demo/vneid/app", answerOn(page, "lan")), language);
        turns(phone, phone.get(login.scanned()), "vi");  // over: whose it was is forgotten
        CHECK(verdictOf(login.poll()) == "200");
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

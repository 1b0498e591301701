// The pretend VNeID of a demo, on its own: what it takes from an authorization request, and what it gives
// back.
#include <catch2/catch.hpp>
#include <regex>

#include "PretendPhone.h"
#include "gateway/demo/PretendVneid.h"
#include "gateway/http/Bodies.h"

using namespace tram;
using namespace tram::test;
using gateway::PretendVneid;

namespace {

constexpr const char* kUrl = "https://tram.example.vn";
const base::WallTime kVisited{std::chrono::milliseconds(1'795'000'000'000)};

PretendVneid vneid() {
    auto loaded =
        PretendVneid::load(std::filesystem::path(TRAM_SOURCE_DIR) / "resources/demo/vneid.json", kUrl);
    REQUIRE(loaded);
    return std::move(*loaded);
}

PretendVneid::Params request(const std::string& state) {
    return {{"response_type", "code"},
            {"client_id", "tram-demo"},
            {"redirect_uri", std::string(kUrl) + "/oidc/callback"},
            {"state", state},
            {"code_challenge", std::string(43, 'A')},
            {"code_challenge_method", "S256"}};
}

/// The buttons in the page's row of two, as they stand.
std::vector<std::string> choice(const Reply& page) {
    std::smatch row;
    std::vector<std::string> buttons;
    const std::regex rows("<div class=\"choice\">([^]*?)</div>"), each("<button[^>]*>[^<]*</button>");
    if (!std::regex_search(page.body, row, rows)) return {};
    const auto inside = row[1].str();
    for (std::sregex_iterator at(inside.begin(), inside.end(), each), end; at != end; ++at)
        buttons.push_back(at->str());
    return buttons;
}

}  // namespace

TEST_CASE("a state comes back as it was, whatever it holds, and adds nothing to the way back") {
    for (const std::string state :
         {"abc-._~", "a b", "a&code=stolen", "x=1&error=access_denied#y", "100%+25%2B", "\"<>\\^`{|}"}) {
        CAPTURE(state);
        for (const auto* person : {"", "lan"}) {
            auto provider = vneid();
            const auto id = provider.begin(request(state), kVisited);
            REQUIRE(id);
            const auto back = provider.decide(*id, person, kVisited);
            REQUIRE(back);
            const auto start = std::string(kUrl) + "/oidc/callback?";
            REQUIRE(back->starts_with(start));
            const auto query = back->substr(start.size());
            CHECK(query.find_first_of(" #\"<>\\^`{|}") == query.npos);
            const auto read = gateway::parseForm(query);
            REQUIRE(read);
            CHECK(read->size() == 2);
            CHECK(read->at("state") == state);
            CHECK(read->contains(*person ? "code" : "error"));
        }
    }
}

TEST_CASE("what is no state begins nothing") {
    // RFC 6749 appendix A.5
    auto provider = vneid();
    for (const std::string state :
         {std::string(), std::string("a\r\nSet-Cookie: x=y"), std::string("a\0b", 3), std::string("tiếng"),
          std::string("\x7f"), std::string(513, 'a')})
        CHECK_FALSE(provider.begin(request(state), kVisited));
    CHECK(provider.begin(request(std::string(512, '~')), kVisited));
}

TEST_CASE("refusing is as large as agreeing, before the provider and at it, in both of its ways") {
    for (const auto* way : {"demo-vneid", "demo-vneid-app"}) {
        LiveCity city({.config = std::string(R"({"identity_provider":")") + way + "\"}"});
        PretendKiosk kiosk(city);
        KioskLogin login(kiosk);
        login.begin();
        PretendPhone phone(city);
        std::vector<Reply> pages = {phone.get(login.scanned())};
        if (way == std::string("demo-vneid")) pages.push_back(phone.follow(phone.agree(login.userCode)));
        for (const auto& page : pages) {
            CAPTURE(page.body);
            const auto buttons = choice(page);
            REQUIRE(buttons.size() == 2);
            CHECK(buttons[0].ends_with(">Từ chối</button>"));
            CHECK(buttons[1].ends_with(">Đồng ý</button>"));
            for (const auto& button : buttons) CHECK(button.find("class") == button.npos);
            CHECK(page.body.find("<button") == page.body.find(buttons[0]));  // no other
        }
        // Refused, though one of the people is chosen: the first always is.
        const auto& last = pages.back();
        const PretendPhone::Form form = {
            {"request", PretendPhone::field(last, "request")}, {"person", "lan"}, {"decision", "decline"}};
        phone.follow(phone.post(pages.size() > 1 ? "/demo/vneid/authorize" : "/demo/vneid/app", form));
        CHECK(verdictOf(login.poll()) == "access_denied declined");
        CHECK(city.contractFaults() == std::vector<std::string>{});
    }
}

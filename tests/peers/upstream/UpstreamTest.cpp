// The gateway's connector against an identity provider that no one here wrote.
#include <httplib.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <regex>

#include "PretendPhone.h"
#include "base/Files.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

const std::string kPeers = std::string(TRAM_SOURCE_DIR) + "/tests/peers/oidc/";

/// The provider as a process, and the gateway that has it as its profile.
class Peers {
  public:
    struct Options {
        std::string alg = "RS256", scan = "phone_browser";
        int skew = 0;
        json patch = json::object();  ///< of the profile
    };
    Peers() : Peers(Options()) {}
    explicit Peers(const Options& options) : cityPort_(freePort()) {
        if (std::string(NODE).ends_with("NOTFOUND")) FAIL("no node: installer/install-packages.sh peers");
        if (!std::filesystem::exists(kPeers + "node_modules/oidc-provider"))
            FAIL("not fetched: npm ci --prefix tests/peers/oidc --ignore-scripts");
        REQUIRE(base::writeFileAtomically(dir_ / "secret", "a secret & more\n", 0600));
        node_.start({NODE, kPeers + "upstream.mjs", (dir_ / "port").string(), callback(), "--alg",
                     options.alg, "--skew", std::to_string(options.skew)},
                    dir_ / "node.log");
        REQUIRE(eventually([&] { return std::filesystem::exists(dir_ / "port"); }, std::chrono::seconds(60)));
        std::ifstream(dir_ / "port") >> port_;
        auto profile = profileFor(options);
        profile.merge_patch(options.patch);
        REQUIRE(base::writeFileAtomically(dir_ / "profile.json", profile.dump(), 0600));
        city = std::make_unique<LiveCity>(LiveCity::Options{
            .demo = false,
            .config =
                R"({"connector":"demo-1022","identity_provider":")" + (dir_ / "profile.json").string() +
                R"(","retention":{"delivered_attachments_days":1,"closed_reports_days":1,"envelopes_days":1,"logins_hours":1}})",
            .nginxPort = cityPort_});
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    void nextIs(const json& account) {
        httplib::Client client("127.0.0.1", port_);
        const auto reply = client.Post("/next", json{{"account", account}}.dump(), "application/json");
        REQUIRE(reply);
        REQUIRE(reply->status == 204);
    }
    int stop() { return node_.stop(SIGKILL); }
    std::unique_ptr<LiveCity> city;

  private:
    std::string callback() const {
        return "http://127.0.0.1:" + std::to_string(cityPort_) + "/oidc/callback";
    }
    json profileFor(const Options& options) const {
        return {{"name", "oidc-provider"},
                {"issuer", url()},
                {"scan", options.scan},
                {"client_id", "tram"},
                {"client_auth", "client_secret_basic"},
                {"client_secret_file", (dir_ / "secret").string()},
                {"authorization_endpoint", url() + "/auth"},
                {"device_authorization_endpoint", url() + "/device/auth"},
                {"token_endpoint", url() + "/token"},
                {"userinfo_endpoint", url() + "/me"},
                {"id_token", true},
                {"jwks_uri", url() + "/jwks"},
                {"algorithms", {"RS256", "ES256"}},
                {"claims",
                 {{"subject", "sub"},
                  {"name", "name"},
                  {"birthdate", "birthdate"},
                  {"level", "account_level"},
                  {"type", "account_type"},
                  {"personal_number", "personal_number"}}},
                {"levels", {{"1", 1}, {"2", 2}}},
                {"foreigner_types", {"foreigner"}}};
    }
    TempDir dir_;
    int cityPort_, port_ = 0;
    Child node_;
};

/// The provider's side of a phone: its cookies, its redirects, its forms.
class ProviderTab {
  public:
    explicit ProviderTab(int port)
        : client_("127.0.0.1", port), base_("http://127.0.0.1:" + std::to_string(port)) {}

    /// Follows redirects until one leads elsewhere (that address), or a page without a form is there ("").
    std::string visit(std::string where) {
        auto reply = ask("GET", where);
        for (int step = 0; step < 20; ++step) {
            if (reply.has_header("Location")) {
                where = reply.get_header_value("Location");
                if (!where.starts_with(base_) && !where.starts_with('/')) return where;
                reply = ask("GET", where);
            } else if (const auto form = formIn(reply.body); !form.first.empty()) {
                reply = ask("POST", form.first, form.second);
            } else {
                page = reply.body;
                return "";
            }
        }
        return "too many";
    }
    std::string page;

  private:
    httplib::Response ask(const std::string& method, std::string where, const std::string& body = "") {
        if (where.starts_with(base_)) where = where.substr(base_.size());
        httplib::Request request;
        request.method = method;
        request.path = where;
        std::string cookie;
        for (const auto& [name, value] : cookies_)
            cookie += (cookie.empty() ? "" : "; ") + name + "=" + value;
        if (!cookie.empty()) request.headers.emplace("Cookie", cookie);
        if (method == "POST") request.headers.emplace("Content-Type", "application/x-www-form-urlencoded");
        request.body = body;
        const auto result = client_.send(request);
        REQUIRE(result);
        for (const auto& [name, value] : result->headers) {
            if (name != "Set-Cookie" && name != "set-cookie") continue;
            const auto equals = value.find('=');
            cookies_[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
        }
        return *result;
    }
    /// Where a page's form goes, and its hidden fields, as a person who agrees would send them.
    std::pair<std::string, std::string> formIn(const std::string& html) {
        std::smatch found;
        if (!std::regex_search(html, found, std::regex("<form[^>]* action=\"([^\"]+)\""))) return {};
        if (html.find("type=\"text\"") != html.npos) return {};  // nobody is there to type another code
        const auto action = found[1].str();
        std::map<std::string, std::string> fields;
        const std::regex hidden("<input[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
        for (std::sregex_iterator at(html.begin(), html.end(), hidden), end; at != end; ++at)
            fields[(*at)[1]] = (*at)[2];
        return {action, formOf(fields)};
    }
    httplib::Client client_;
    std::string base_;
    std::map<std::string, std::string> cookies_;
};

int portOf(const std::string& url) {
    return std::stoi(url.substr(url.rfind(':') + 1));
}

/// The way of one person from the kiosk's code to the end of it; what the kiosk is told.
struct Login {
    Login(Peers& ours, PretendKiosk& kiosk) : peers(ours), login(kiosk), phone(*ours.city) {
        REQUIRE(login.begin().status == 200);
    }
    Reply walk() {
        const auto away = phone.agree(login.userCode);
        REQUIRE(away.status == 303);
        REQUIRE(away.header("Location").starts_with(peers.url() + "/auth?"));
        const auto back = ProviderTab(portOf(peers.url())).visit(away.header("Location"));
        REQUIRE(back.starts_with(peers.city->url() + "/oidc/callback?"));
        page = phone.follow(phone.get(back.substr(peers.city->url().size())));
        return login.poll();
    }
    Peers& peers;
    KioskLogin login;
    PretendPhone phone;
    Reply page;
};

}  // namespace

TEST_CASE("a resident logs in over oidc-provider with its ID token and userinfo") {
    const auto* alg = GENERATE("RS256", "ES256");
    CAPTURE(alg);
    Peers peers({.alg = alg});
    PretendKiosk kiosk(*peers.city);
    const auto said = [&](const json& account) {
        peers.nextIs(account);
        Login login(peers, kiosk);
        const auto reply = login.walk();
        if (reply.status != 200) return verdictOf(reply);
        const auto claims = claimsOf(*peers.city, json::parse(reply.body).at("id_token"));
        return claims.at("sub").get<std::string>() + " " + claims.at("name").get<std::string>() + " " +
               claims.value("personal_number", "-") + " " + claims.at("account_type").get<std::string>();
    };
    const auto lan = said("lan");
    CHECK(lan.substr(43) == " Trần Thị Ngọc Lan 079185001234 citizen");
    CHECK(said("lan") == lan);
    const auto marie = said("marie");
    CHECK(marie.substr(43) == " Marie Dubois - foreigner");
    CHECK(marie.substr(0, 43) != lan.substr(0, 43));
    CHECK(said("phuc") == "access_denied level_too_low");
    CHECK(said(nullptr) == "access_denied declined");
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE(
    "oidc-provider with a wrong clock, another issuer or an algorithm that is not allowed is a failed one") {
    const auto options =
        GENERATE(Peers::Options{.skew = 900}, Peers::Options{.skew = -86400}, Peers::Options{.alg = "PS256"},
                 Peers::Options{.patch = {{"algorithms", {"ES256"}}}},
                 Peers::Options{.patch = {{"issuer", "https://another.example.vn"}}},
                 Peers::Options{.patch = {{"claims", {{"subject", "name"}}}}},
                 Peers::Options{.patch = {{"jwks_uri", "http://127.0.0.1:1/jwks"}}});
    CAPTURE(options.alg, options.skew, options.patch.dump());
    Peers peers(options);
    PretendKiosk kiosk(*peers.city);
    peers.nextIs("lan");
    Login login(peers, kiosk);
    CHECK(verdictOf(login.walk()) == "access_denied provider_failed");
    CHECK(login.page.body.find("Chưa đăng nhập được") != std::string::npos);
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE(
    "oidc-provider that goes away in the middle is a failed one, and not asked about a cancelled login") {
    Peers peers;
    PretendKiosk kiosk(*peers.city), another(*peers.city);  // a second login would end the first
    peers.nextIs("lan");
    const auto backOf = [&](Login& login) {
        const auto away = login.phone.agree(login.login.userCode);
        return ProviderTab(portOf(peers.url()))
            .visit(away.header("Location"))
            .substr(peers.city->url().size());
    };
    Login cancelled(peers, kiosk), cut(peers, another);
    const auto late = backOf(cancelled), back = backOf(cut);
    cancelled.login.cancel();
    const auto end = cancelled.phone.follow(cancelled.phone.get(late));
    CHECK(end.body.find("Trạm đã huỷ lần đăng nhập này") != std::string::npos);
    peers.stop();
    CHECK(cut.phone.follow(cut.phone.get(back)).body.find("Chưa đăng nhập được") != std::string::npos);
    CHECK(verdictOf(cut.login.poll()) == "access_denied provider_failed");
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

TEST_CASE("the provider's own way of scanning works against oidc-provider's device flow") {
    Peers peers({.scan = "provider_app"});
    PretendKiosk kiosk(*peers.city);
    const auto said = [&](const json& account) {
        peers.nextIs(account);
        KioskLogin login(kiosk);
        REQUIRE(login.begin().status == 200);
        CHECK(login.invitation.at("scan") == "provider_app");
        const auto qr = login.invitation.at("provider_qr").get<std::string>();
        CHECK(qr.starts_with(peers.url() + "/device?user_code="));
        CHECK(ProviderTab(portOf(peers.url())).visit(qr) == "");
        return verdictOf(login.poll());
    };
    CHECK(said("lan") == "200");
    CHECK(said("phuc") == "access_denied level_too_low");
    CHECK(said(nullptr) == "access_denied declined");
    CHECK(peers.city->contractFaults() == std::vector<std::string>{});
}

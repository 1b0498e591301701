// The way to an identity provider, against one of our own making that does what no good one would.
#include <httplib.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <thread>

#include "FakeClock.h"
#include "QuietCity.h"
#include "TempDir.h"
#include "base/Files.h"
#include "gateway/provider/Claims.h"
#include "gateway/provider/ProviderClient.h"

using namespace tram;
using namespace tram::test;
using gateway::ProviderClient;
using gateway::ProviderProfile;
using gateway::Refusal;
using nlohmann::json;

namespace {

const base::WallTime kNow{std::chrono::milliseconds(1'795'000'000'000)};  // 18 November 2026

json profileJson(const std::string& at = "http://127.0.0.1:9") {
    return {{"name", "VNeID"},
            {"issuer", "https://sso.example.vn"},
            {"scan", "phone_browser"},
            {"client_id", "tram & co"},
            {"client_auth", "none"},
            {"authorization_endpoint", at + "/authorize?theme=dark"},
            {"device_authorization_endpoint", at + "/device"},
            {"token_endpoint", at + "/token"},
            {"userinfo_endpoint", at + "/userinfo"},
            {"id_token", false},
            {"claims",
             {{"subject", "sub"},
              {"name", "/data/hoTen"},
              {"birthdate", "ngaySinh"},
              {"level", "mucDo"},
              {"type", "loai"},
              {"personal_number", "soDinhDanh"},
              {"phone", "dienThoai"}}},
            {"birthdate_format", "DD/MM/YYYY"},
            {"levels", {{"1", 1}, {"2", 2}}},
            {"foreigner_types", {"NNN"}},
            {"errors", {{"web_access_not_granted", "not_granted"}}}};
}

json person() {
    return {{"sub", "abc"}, {"data", {{"hoTen", "Trần Thị Lan"}}}, {"ngaySinh", "08/03/1985"},   {"mucDo", 2},
            {"loai", "CD"}, {"soDinhDanh", "079185001234"},        {"dienThoai", "0900 000 101"}};
}

ProviderProfile profile(const json& document) {
    auto read = ProviderProfile::parse(document.dump());
    INFO((read ? "" : std::string(read.error().fact("key"))));
    REQUIRE(read);
    return std::move(*read);
}

/// A provider whose answers the test sets.
class StubProvider {
  public:
    StubProvider() {
        const auto route = [this](const char* path) {
            const auto handler = [this, path](const httplib::Request& request, httplib::Response& response) {
                asked.push_back(std::string(path) + " " + request.body);
                authorization = request.get_header_value("Authorization");
                const auto& [status, body] = answers[path];
                response.status = status;
                response.set_content(body, "application/json");
            };
            server_.Get(path, handler);
            server_.Post(path, handler);
        };
        route("/token");
        route("/userinfo");
        route("/device");
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
        answers["/token"] = {200, R"({"access_token":"at","token_type":"Bearer"})"};
        answers["/userinfo"] = {200, person().dump()};
    }
    ~StubProvider() {
        server_.stop();
        thread_.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::map<std::string, std::pair<int, std::string>> answers;
    std::vector<std::string> asked;
    std::string authorization;

  private:
    httplib::Server server_;
    std::thread thread_;
    int port_ = 0;
};

std::string outcome(const ProviderClient::Answer& answer) {
    return answer ? "approved" : std::string(name(answer.error()));
}

}  // namespace

TEST_CASE("a profile is read strictly, and what is wrong is named") {
    CHECK(ProviderProfile::parse(profileJson().dump()));
    const std::vector<std::pair<const char*, json>> wrong = {
        {"scan", "telepathy"},
        {"token_endpoint", "http://sso.example.vn/token"},  // in the clear
        {"userinfo_endpoint", "https://a b"},
        {"issuer", ""},
        {"levels", json::object()},
        {"levels", {{"gold", 3}}},
        {"birthdate_format", "MM/DD/YYYY"},
        {"errors", {{"x", "whatever"}}},
        {"client_auth", "private"},
        {"minimum_level", 3},
        {"origins", {"https://a; script-src *"}},
        {"id_token", "yes"}};
    for (const auto& [key, value] : wrong) {
        auto document = profileJson();
        document[key] = value;
        const auto read = ProviderProfile::parse(document.dump());
        CAPTURE(key);
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == base::ProblemKind::BadConfig);
        CHECK(read.error().fact("key") == std::string("identity_provider.") + key);
    }
    auto more = profileJson();
    more["clientsecret"] = "s3cret";
    CHECK_FALSE(ProviderProfile::parse(more.dump()));
    for (const auto* gone : {"name", "issuer", "scan", "client_id", "token_endpoint", "userinfo_endpoint",
                             "claims", "levels", "id_token", "authorization_endpoint"}) {
        auto document = profileJson();
        document.erase(gone);
        CAPTURE(gone);
        CHECK_FALSE(ProviderProfile::parse(document.dump()));
    }
    auto signed_ = profileJson();
    signed_["id_token"] = true;
    signed_["jwks_uri"] = "https://sso.example.vn/jwks";
    for (const auto& algorithms : {json::array(), json{"none"}, json{"HS256"}, json{"RS256", "HS256"}}) {
        signed_["algorithms"] = algorithms;
        CHECK_FALSE(ProviderProfile::parse(signed_.dump()));
    }
    signed_["algorithms"] = {"RS256", "ES256"};
    CHECK(ProviderProfile::parse(signed_.dump()));
}

TEST_CASE("a client's secret is a file of its own that nobody else may read") {
    TempDir dir;
    auto document = profileJson();
    document["client_auth"] = "client_secret_post";
    CHECK_FALSE(ProviderProfile::parse(document.dump()));
    document["client_secret_file"] = (dir / "secret").string();
    CHECK_FALSE(ProviderProfile::parse(document.dump()));
    REQUIRE(base::writeFileAtomically(dir / "secret", "s3cr&t\n", 0644));
    CHECK(ProviderProfile::parse(document.dump()).error().kind == base::ProblemKind::KeyExposed);
    REQUIRE(base::writeFileAtomically(dir / "secret", "s3cr&t\n", 0600));
    CHECK(profile(document).clientSecret.reveal() == "s3cr&t");
}

TEST_CASE("userinfo becomes a resident, or a reason") {
    const auto rules = profile(profileJson());
    const auto said = [&](const json& claims) {
        const auto resident = residentFrom(claims, rules, kNow);
        return resident ? "approved" : std::string(name(resident.error()));
    };
    const auto with = [&](const json& patch) {
        auto claims = person();
        claims.merge_patch(patch);
        return said(claims);
    };
    const auto whole = residentFrom(person(), rules, kNow);
    REQUIRE(whole);
    CHECK(whole->name.reveal() == "Trần Thị Lan");
    CHECK(whole->birthdate.reveal() == "1985-03-08");
    CHECK(whole->personalNumber.reveal() == "079185001234");
    CHECK(whole->phone.reveal() == "0900000101");
    CHECK(with({{"mucDo", "1"}}) == "level_too_low");
    CHECK(with({{"mucDo", "9"}}) == "provider_failed");
    CHECK(with({{"mucDo", 2.0}}) == "provider_failed");
    // Fourteen today in Ho Chi Minh City, where it is the 19th when it is still the 18th in Greenwich.
    CHECK(with({{"ngaySinh", "18/11/2012"}}) == "approved");
    CHECK(with({{"ngaySinh", "19/11/2012"}}) == "under_age");
    CHECK(residentFrom(
        [] {
            auto c = person();
            c["ngaySinh"] = "19/11/2012";
            return c;
        }(),
        rules, kNow + std::chrono::hours(8)));
    CHECK(with({{"ngaySinh", "19/11/2012"}, {"mucDo", 1}}) == "under_age");
    for (const auto* date : {"", "1985-03-08", "8/3/1985", "30/02/1985", "00/03/1985", "08/13/1985",
                             "08/03/2985", "08/03/1785", "aa/03/1985", "08.03.1985"})
        CHECK(with({{"ngaySinh", date}}) == "provider_failed");
    for (const auto& number :
         {json(""), json("07918500123"), json("0791850012345"), json("07918500123x"), json()})
        CHECK(with({{"soDinhDanh", number}}) == "provider_failed");
    CHECK(with({{"loai", "NNN"}, {"soDinhDanh", nullptr}}) == "approved");
    CHECK(with({{"sub", ""}}) == "provider_failed");
    CHECK(with({{"sub", std::string(256, 'x')}}) == "provider_failed");
    CHECK(with({{"data", {{"hoTen", "\x01\x02"}}}}) == "provider_failed");
    CHECK(with({{"data", json::array({1})}}) == "provider_failed");
    CHECK(with({{"dienThoai", "gọi tôi"}}) == "approved");
    auto stranger = person();
    stranger["dienThoai"] = "call me";
    CHECK(residentFrom(stranger, rules, kNow)->phone.empty());
    CHECK(said(json::object()) == "provider_failed");
}

TEST_CASE("the phone is led away with PKCE, a state and a nonce that are never the same") {
    FakeClock clock;
    ProviderClient client(profile(profileJson()), "https://tram.example.vn/oidc/callback", clock);
    const auto one = ProviderClient::Attempt::make(), two = ProviderClient::Attempt::make();
    CHECK(one.state != two.state);
    CHECK(one.verifier != two.verifier);
    const auto url = client.authorizationUrl(one, "en");
    CHECK(url.starts_with(
        "http://127.0.0.1:9/authorize?theme=dark&response_type=code&client_id=tram%20%26%20co&"));
    CHECK(url.find("redirect_uri=https%3A%2F%2Ftram.example.vn%2Foidc%2Fcallback") != url.npos);
    CHECK(url.find("&code_challenge_method=S256") != url.npos);
    CHECK(url.find(one.verifier) == url.npos);
    CHECK(url.find("&ui_locales=en&") != url.npos);
    CHECK(client.profile().formTargets() == "'self' http://127.0.0.1:9");
    // RFC 7636 appendix B
    const ProviderClient::Attempt known{"s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"};
    CHECK(client.authorizationUrl(known, "vi").find("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM") !=
          url.npos);
}

TEST_CASE("a provider that fails in any way is told from a person who was refused") {
    StubProvider stub;
    FakeClock clock;
    TempDir dir;
    REQUIRE(base::writeFileAtomically(dir / "secret", "s:3", 0600));
    auto document = profileJson(stub.url());
    document["client_auth"] = "client_secret_basic";
    document["client_secret_file"] = (dir / "secret").string();
    ProviderClient client(profile(document), "https://tram.example.vn/oidc/callback", clock);
    const auto attempt = ProviderClient::Attempt::make();
    const auto redeem = [&] { return outcome(client.redeem("c&de", attempt, kNow)); };
    CHECK(redeem() == "approved");
    REQUIRE(stub.asked.size() == 2);
    CHECK(stub.asked[0] ==
          "/token grant_type=authorization_code&code=c%26de&redirect_uri="
          "https%3A%2F%2Ftram.example.vn%2Foidc%2Fcallback&code_verifier=" +
              attempt.verifier);
    CHECK(stub.authorization == "Bearer at");

    const auto token = stub.answers["/token"], userinfo = stub.answers["/userinfo"];
    const auto fails = [&](const char* where, int status, const std::string& body, const char* reason) {
        CAPTURE(where, status, body.substr(0, 60));
        stub.answers[where] = {status, body};
        CHECK(redeem() == reason);
        stub.answers["/token"] = token;
        stub.answers["/userinfo"] = userinfo;
    };
    for (const auto* where : {"/token", "/userinfo"}) {
        fails(where, 500, "", "provider_failed");
        fails(where, 302, "", "provider_failed");
        fails(where, 200, "", "provider_failed");
        fails(where, 200, "<html>", "provider_failed");
        fails(where, 200, "[]", "provider_failed");
        fails(where, 200, "null", "provider_failed");
        fails(where, 200, R"({"access_token":7,"sub":7})", "provider_failed");
        fails(where, 200, "{\"a\":\"" + std::string(100'000, 'x') + "\"}", "provider_failed");
        fails(where, 400, R"({"error":"invalid_grant"})", "provider_failed");
        fails(where, 400, R"({"error":"web_access_not_granted"})", "not_granted");
        fails(where, 403, R"({"error":"access_denied"})", "declined");
    }
    CHECK(redeem() == "approved");
    CHECK(client.refusalOf("access_denied") == Refusal::Declined);
    CHECK(client.refusalOf("web_access_not_granted") == Refusal::NotGranted);
    CHECK(client.refusalOf("server_error") == Refusal::ProviderFailed);
    ProviderClient down(profile(profileJson("http://127.0.0.1:1")), "https://x.vn/oidc/callback", clock);
    CHECK(outcome(down.redeem("c", attempt, kNow)) == "provider_failed");
}

TEST_CASE("a provider's own app is asked as RFC 8628 has it") {
    StubProvider stub;
    FakeClock clock;
    auto document = profileJson(stub.url());
    document["scan"] = "provider_app";
    document["qr_member"] = "qr";
    document["place_parameter"] = "binding_message";
    ProviderClient client(profile(document), "https://x.vn/oidc/callback", clock);
    stub.answers["/device"] = {200, R"({"device_code":"d","qr":"VNEID|42","expires_in":90,"interval":3})"};
    const auto code = client.beginApp("Trạm 02, Phường Bàn Cờ", "en");
    REQUIRE(code);
    CHECK(code->qr == "VNEID|42");
    CHECK(code->expiresIn == std::chrono::seconds(90));
    CHECK(code->interval == std::chrono::seconds(3));
    for (const auto& wrong : {std::string("{}"), std::string(R"({"device_code":"d"})"),
                              std::string(R"({"device_code":"d","qr":"phở"})"),
                              R"({"device_code":"d","qr":")" + std::string(513, 'x') + "\"}"}) {
        stub.answers["/device"] = {200, wrong};
        CHECK_FALSE(client.beginApp("", "vi"));
    }
    const auto turn = [&](int status, const std::string& body) {
        stub.answers["/token"] = {status, body};
        const auto said = client.askApp(base::SecretText("d"), kNow);
        if (const auto* waiting = std::get_if<ProviderClient::Waiting>(&said))
            return std::string(waiting->slower ? "slower" : "pending");
        if (const auto* refusal = std::get_if<Refusal>(&said)) return std::string(name(*refusal));
        return std::string("approved");
    };
    CHECK(turn(400, R"({"error":"authorization_pending"})") == "pending");
    CHECK(turn(400, R"({"error":"slow_down"})") == "slower");
    CHECK(turn(503, "") == "slower");
    CHECK(turn(400, R"({"error":"access_denied"})") == "declined");
    CHECK(turn(400, R"({"error":"web_access_not_granted"})") == "not_granted");
    CHECK(turn(400, R"({"error":"expired_token"})") == "provider_failed");
    CHECK(turn(200, R"({"access_token":"at"})") == "approved");
}

TEST_CASE("a provider is not asked for a code that its kiosk may not have") {
    StubProvider stub;
    auto document = profileJson(stub.url());
    document["scan"] = "provider_app";
    document["qr_member"] = "qr";
    stub.answers["/device"] = {200, R"({"device_code":"d","qr":"VNEID|42","expires_in":90,"interval":3})"};
    QuietCity quiet;
    auto& logins = quiet.city->logins;
    logins.connect(profile(document), "https://x.vn");
    const auto begin = [&] { return logins.begin(quiet.kiosk, {"n", "vi", ""}, quiet.clock.wall()); };
    for (std::size_t at = 0; at < gateway::DeviceLogins::kMostOfKiosk; ++at) REQUIRE(begin());
    CHECK(begin().error().kind == base::ProblemKind::TooManyRequests);
    CHECK(stub.asked.size() == gateway::DeviceLogins::kMostOfKiosk);
}

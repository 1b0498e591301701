// A kiosk's login at a certified issuer that no one here wrote, over real HTTP, with a phone that walks
// through the issuer's own pages. Our clock is a fake one: what the kiosk knows of the time it learns from
// the issuer's Date.
#include <httplib.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "identity/DeviceLogin.h"
#include "tests/faults/support/Process.h"
#include "tests/support/FakeScheduler.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::identity;
using namespace std::chrono_literals;
using nlohmann::json;
using oidc::Algorithm;

namespace {

const std::string kPeers = std::string(TRAM_SOURCE_DIR) + "/tests/peers/oidc/";
const std::string kKiosk = "019aa4c0-0000-7000-8000-00000000000a";

class Issuer {
  public:
    Issuer(const crypto::VerifyKey& kiosk, std::vector<std::string> options) {
        if (std::string(NODE).ends_with("NOTFOUND")) FAIL("no node: installer/install-packages.sh peers");
        if (!std::filesystem::exists(kPeers + "node_modules/oidc-provider"))
            FAIL("not fetched: npm ci --prefix tests/peers/oidc --ignore-scripts");
        std::vector<std::string> argv = {NODE, kPeers + "issuer.mjs", (dir_ / "port").string(), kKiosk,
                                         kiosk.text()};
        argv.insert(argv.end(), options.begin(), options.end());
        process_.emplace(test::Process::Start{argv, {}, dir_ / "node.log"});
        for (int turns = 0; !std::filesystem::exists(dir_ / "port"); ++turns) {
            if (turns == 600 || process_->endedWithin(100ms)) FAIL("the issuer did not start: " << log());
        }
        std::ifstream(dir_ / "port") >> port_;
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    void phone(const std::string& link, const json& account) {
        REQUIRE(post("/phone", json{{"link", link}, {"account", account}}) == 204);
    }
    void rotate() { REQUIRE(post("/rotate", json::object()) == 204); }

  private:
    int post(const std::string& path, const json& body) {
        httplib::Client client("127.0.0.1", port_);
        client.set_read_timeout(60);
        const auto reply = client.Post(path, body.dump(), "application/json");
        INFO(log());
        REQUIRE(reply);
        return reply->status;
    }
    std::string log() const {
        std::ifstream file(dir_ / "node.log");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    test::TempDir dir_;
    std::optional<test::Process> process_;
    int port_ = 0;
};

struct World {
    crypto::SigningKey key = crypto::SigningKey::generate();
    Issuer issuer;
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    std::unique_ptr<DeviceLogin> login;

    explicit World(Algorithm algorithm = Algorithm::EdDsa, std::vector<std::string> options = {})
        : issuer(key.verifyKey(), with(algorithm, std::move(options))), login(make({algorithm})) {}

    static std::vector<std::string> with(Algorithm algorithm, std::vector<std::string> options) {
        options.insert(options.end(), {"--alg", std::string(oidc::name(algorithm))});
        return options;
    }
    std::unique_ptr<DeviceLogin> make(std::vector<Algorithm> allowed) {
        auto client = std::make_unique<link::GatewayClient>(
            issuer.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock,
            link::KioskIdentity{kKiosk, issuer.url() + "/token",
                                std::move(*crypto::SigningKey::fromSecret(key.secret()))});
        auto line = std::make_shared<link::ResidentLine>(std::move(client), issuer.url());
        auto keys = std::make_shared<oidc::KeyRing>([line] { return line->keySet(); }, clock);
        return std::make_unique<DeviceLogin>(DeviceLogin::Services{line, keys, kKiosk, std::move(allowed)},
                                             scheduler, clock);
    }
    std::string begin() {
        login->begin();
        scheduler.settle();
        if (const auto* failed = std::get_if<situation::Failed>(&login->state()))
            FAIL(name(failed->problem.kind) << ' ' << failed->problem.fact("detail"));
        return get<situation::Showing>().qrText;
    }
    template <class Situation>
    const Situation& get() const {
        REQUIRE(std::holds_alternative<Situation>(login->state()));
        return std::get<Situation>(login->state());
    }
};

}  // namespace

TEST_CASE("a resident logs in at a certified issuer, whatever of our algorithms it signs with") {
    World w(GENERATE(Algorithm::EdDsa, Algorithm::Es256, Algorithm::Rs256));
    const auto link = w.begin();
    CHECK(link.starts_with(w.issuer.url() + "/device?user_code="));
    CHECK(w.login->secondsLeft() == 120);
    w.scheduler.advance(10s);  // without an interval every five seconds: twice pending
    w.get<situation::Showing>();
    w.issuer.phone(link, "lan");
    w.scheduler.advance(5s);
    const auto session = w.get<situation::Approved>().session;
    CHECK(session->name.reveal() == "Trần Thị Ngọc Lan");
    CHECK(session->personalNumber.reveal() == "079185001234");
    CHECK(session->birthDate.reveal() == "1985-03-08");
    CHECK(session->phone.reveal() == "+84901234567");
    CHECK(session->subject.reveal() == "lan");
    CHECK_FALSE(session->foreigner);
}

TEST_CASE("a foreigner has no personal number and logs in all the same") {
    World w;
    w.issuer.phone(w.begin(), "marie");
    w.scheduler.advance(5s);
    const auto session = w.get<situation::Approved>().session;
    CHECK(session->foreigner);
    CHECK(session->personalNumber.empty());
}

TEST_CASE("declined on the phone is declined at the kiosk") {
    World w;
    w.issuer.phone(w.begin(), nullptr);
    w.scheduler.advance(5s);
    w.get<situation::Declined>();
}

TEST_CASE("a code is used once") {
    World w;
    const auto link = w.begin();
    w.issuer.phone(link, "lan");
    w.scheduler.advance(5s);
    w.get<situation::Approved>();
    const auto second = w.begin();
    CHECK(second != link);
    w.scheduler.advance(5s);
    w.get<situation::Showing>();  // nobody has approved this one
}

TEST_CASE("a key that the issuer has rotated is fetched") {
    World w;
    w.issuer.phone(w.begin(), "lan");
    w.scheduler.advance(5s);
    w.get<situation::Approved>();
    w.issuer.rotate();
    w.issuer.phone(w.begin(), "lan");
    w.scheduler.advance(5s);
    w.get<situation::Approved>();
}

TEST_CASE("an ID token without this login's nonce is refused") {
    World w(Algorithm::EdDsa, {"--nonce", "no"});
    w.issuer.phone(w.begin(), "lan");
    w.scheduler.advance(5s);
    CHECK(w.get<situation::Failed>().problem.fact("detail") == "nonce");
}

TEST_CASE("an algorithm that is not allowed here is refused, however good the signature") {
    World w(Algorithm::Rs256);
    w.login = w.make({Algorithm::EdDsa, Algorithm::Es256});
    w.issuer.phone(w.begin(), "lan");
    w.scheduler.advance(5s);
    CHECK(w.get<situation::Failed>().problem.fact("detail") == "algorithm");
}

TEST_CASE("another kiosk's key opens nothing") {  // STANDARDS 3: only an enrolled kiosk can start a login
    World w;
    w.key = crypto::SigningKey::generate();
    w.login = w.make({Algorithm::EdDsa});
    w.login->begin();
    w.scheduler.settle();
    CHECK(w.get<situation::Failed>().problem.kind == base::ProblemKind::Unauthorized);
}

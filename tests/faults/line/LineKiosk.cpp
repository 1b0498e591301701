#include "LineKiosk.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "StationOutbox.h"
#include "wire/Envelope.h"

namespace tram::line {

LineKiosk::LineKiosk(test::LiveCity& city, const std::string& gatewayUrl, const std::string& trustedPem) {
    for (const char* part : {"data", "run"}) std::filesystem::create_directory(dir_ / part);
    std::filesystem::permissions(dir_ / "data", std::filesystem::perms::owner_all);
    nlohmann::json config = {{"demo", true},
                             {"gateway_url", gatewayUrl},
                             {"data_dir", (dir_ / "data").string()},
                             {"runtime_dir", (dir_ / "run").string()}};
    if (!trustedPem.empty()) {
        std::ofstream(dir_ / "trusted.pem") << trustedPem;
        config["ca_file"] = (dir_ / "trusted.pem").string();
    }
    std::ofstream(dir_ / "kiosk.json") << config.dump();
    enrol(city);
    store = outbox::SqliteOutboxStore::open(dir_ / "data").value();
    outbox_ = test::openOutbox(dir_ / "data", store, clock_).value();
}

void LineKiosk::enrol(test::LiveCity& city) {
    link::GatewayClient client(city.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}),
                               clock_, {});
    auto key = crypto::SigningKey::generate();
    const auto code = wire::EnrolmentCode::parse(city.enrolmentCode());
    REQUIRE(code);
    const auto answer = client.enrol(*code, key.verifyKey());
    REQUIRE(answer);
    place_ = *answer;
    const device::Enrolment enrolment{place_, std::move(key)};
    REQUIRE(enrolment.save(dir_ / "data"));
}

base::Uuid LineKiosk::keep(int pictures, std::size_t size) {
    auto draft = test::sampleDraft("Nắp cống bị vỡ, số " + std::to_string(kept.size()));
    for (int i = 0; i < pictures; ++i) test::addPicture(draft, crypto::randomBytes(size));
    kept.push_back(test::keep(draft, outbox_, clock_).value().kept.id);
    return kept.back();
}

void LineKiosk::keepMany(int count) {
    for (int i = 0; i < count; ++i) keep(i % 5 == 4 ? 1 : 0);
}

void LineKiosk::startAgent() {
    agent_.start({TRAM_AGENT, "--config", (dir_ / "kiosk.json").string()}, dir_ / "agent.log");
}

int LineKiosk::stopAgent() {
    return agent_.stop(SIGTERM);
}

void LineKiosk::killAgent() {
    agent_.stop(SIGKILL);
}

std::unique_ptr<link::GatewayClient> LineKiosk::line(const std::string& url) const {
    auto enrolment = device::Enrolment::load(dir_ / "data").value();
    return std::make_unique<link::GatewayClient>(
        url, std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock_,
        link::KioskIdentity{place_.kioskId, place_.tokenAudience, std::move(enrolment.key),
                            crypto::VerifyKey::parse(place_.gatewayKey)});
}

std::string LineKiosk::tool(std::vector<std::string> arguments, int expectedExit) const {
    arguments.insert(arguments.begin(), TRAM_TOOL);
    arguments.insert(arguments.end(), {"--config", (dir_ / "kiosk.json").string()});
    int exitCode = 0;
    auto out = test::runAndRead(arguments, exitCode);
    CHECK(exitCode == expectedExit);
    return out;
}

std::string LineKiosk::log() const {
    std::ifstream file(dir_ / "agent.log");
    return {std::istreambuf_iterator<char>(file), {}};
}

bool carries(const Request& request, const base::Uuid& id) {
    if (!isPost(request)) return false;
    const auto body = nlohmann::json::parse(request.body);
    for (const auto& action : body.at("actions"))
        if (wire::Envelope::parse(action.dump())->id == id) return true;
    return false;
}

bool isHealth(const Request& request) {
    return request.path == "/healthz";
}

bool isPost(const Request& request) {
    return request.path == "/v1/actions";
}

}  // namespace tram::line

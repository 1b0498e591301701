// A resident's picture is gone from memory once the kiosk has it; the memory itself must go back, too.
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <thread>

#include "PretendPhone.h"
#include "Strangers.h"
#include "crypto/Keys.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

constexpr int kAtOnce = 50, kRounds = 2;
constexpr std::size_t kPicture = 8'000'000;

/// MiB
std::size_t residentSize(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6)) / 1024;
    return 0;
}

/// The whole way of one picture; it comes again for as long as others have the room.
bool sendOne(LiveCity& city, PretendKiosk& kiosk, int number, const std::string& bytes) {
    const auto ask = [&](const std::string& method, const std::string& path, const std::string& body = "") {
        auto headers = kiosk.auth();
        headers.merge(
            from("203.0.113." + std::to_string(number)));  // whoever tries often there is told to wait
        return city.send({.method = method,
                          .path = path,
                          .headers = headers,
                          .type = body.empty() ? "" : "application/json",
                          .body = body,
                          .outsideContract = true});
    };
    const auto key = crypto::OpeningKey::generate();
    const auto place = ask("POST", "/v1/uploads", json{{"key", key.sealingKey().text()}}.dump());
    if (place.status != 201) return false;
    const auto id = json::parse(place.body).at("id").get<std::string>();
    PretendPhone phone(city, from("198.51.100." + std::to_string(number)));
    phone.get("/p/" + id);
    const bool sent = eventually([&] { return phone.sendPicture("/p/" + id, bytes).status == 303; });
    const bool came = ask("GET", "/v1/uploads/" + id + "/1").body.size() > bytes.size();
    return ask("DELETE", "/v1/uploads/" + id).status == 204 && sent && came;
}

}  // namespace

TEST_CASE("what fifty large pictures took up at once is given back") {
    LiveCity city({.nginxServer = kBelieveAddresses});
    std::vector<std::unique_ptr<PretendKiosk>> kiosks;
    for (int at = 0; at < kAtOnce / 4 + 1; ++at) kiosks.push_back(std::make_unique<PretendKiosk>(city));
    const auto bytes = jpegOf(std::string(kPicture, 'x'));
    const auto before = residentSize(city.gatewayPid());
    std::atomic<std::size_t> most{0};
    for (int round = 0; round < kRounds; ++round) {
        std::atomic<int> done{0};
        std::vector<std::thread> phones;
        for (int at = 0; at < kAtOnce; ++at)
            phones.emplace_back([&, at] {
                if (sendOne(city, *kiosks[static_cast<std::size_t>(at / 4)], at + 1, bytes)) ++done;
                most = std::max(most.load(), residentSize(city.gatewayPid()));
            });
        for (auto& phone : phones) phone.join();
        CHECK(done == kAtOnce);
    }
    const auto after = residentSize(city.gatewayPid());
    std::cout << kRounds << " times " << kAtOnce << " pictures of 8 MB: RSS " << before
              << " MiB before, up to " << most << " MiB, " << after << " MiB after\n";
    CHECK(after < before + 3 * kPicture / 1'000'000);
}

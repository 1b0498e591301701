#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "content/PackUpdater.h"
#include "tests/support/CityPacks.h"
#include "tests/support/HttpStub.h"

namespace tram::test {

/// Publishes whatever it is told to, over real HTTP, with real ranges. To be changed between updates only.
class PackGateway {
  public:
    std::string pin, manifest;
    std::map<int, std::string> roots;
    std::map<std::string, std::string> packs;  ///< by the hash they are asked for
    std::vector<std::string> asked;            ///< "/packs.json", "/packs/… bytes=0-99"
    /// True when it has answered itself.
    std::function<bool(const httplib::Request&, httplib::Response&)> before;

    PackGateway() {
        route("/v1/content/pin.json", [this](auto&, auto& response) { answer(response, pin); });
        route("/v1/content/packs.json", [this](auto& request, auto& response) { tell(request, response); });
        route("/v1/content/root/([0-9]+).json", [this](auto& request, auto& response) {
            answer(response, roots[std::stoi(request.matches[1])]);
        });
        route("/v1/content/packs/([0-9a-f]{64})", [this](auto& request, auto& response) {
            answer(response, packs[request.matches[1]], "application/octet-stream");
        });
        http_.start();
    }
    std::string url() const { return http_.url(); }
    void publish(const std::string& signedManifest, const std::vector<MadePack>& made) {
        manifest = signedManifest;
        for (const auto& pack : made) packs[pack.named.sha256] = pack.bytes;
    }
    /// The ranges asked for since the last time.
    std::vector<std::string> ranges() {
        std::vector<std::string> found;
        for (const auto& line : asked)
            if (const auto at = line.find("bytes="); at != line.npos) found.push_back(line.substr(at + 6));
        asked.clear();
        return found;
    }

  private:
    void route(const char* pattern, httplib::Server::Handler handler) {
        http_.server.Get(
            pattern, [this, handler](const httplib::Request& request, httplib::Response& response) {
                const std::lock_guard lock(mutex_);
                asked.push_back(request.path.substr(11) + " " + request.get_header_value("Range"));
                if (!before || !before(request, response)) handler(request, response);
            });
    }
    static void answer(httplib::Response& response, const std::string& bytes,
                       const char* type = "application/json") {
        if (!bytes.empty()) return response.set_content(bytes, type);
        response.status = 404;
        response.set_content(R"({"type":"about:blank","status":404})", "application/problem+json");
    }
    void tell(const httplib::Request& request, httplib::Response& response) {
        const auto etag = '"' + crypto::sha256Hex(crypto::view(manifest)).substr(0, 32) + '"';
        response.set_header("ETag", etag);
        if (request.get_header_value("If-None-Match") == etag) {
            response.status = 304;
            return;
        }
        answer(response, manifest);
    }

    std::mutex mutex_;
    HttpStub http_;
};

/// A kiosk and its gateway, which has published version 1.
struct PackWorld : PackKiosk {
    PackGateway gateway;
    MadePack first = makePack("city", "Trường A", 30'000), second = makePack("city", "Trường B", 30'000);
    content::PackUpdater::Options options{.largestPiece = 16'384, .smallestPiece = 4'096, .spare = 0};

    explicit PackWorld(const std::filesystem::path& dataDir = {}) : PackKiosk(dataDir) {
        gateway.pin = pinOf(city.root());
        gateway.publish(manifestOf(1, {first.named}), {first});
    }
    /// As an agent does after each start.
    struct Agent {
        std::unique_ptr<link::GatewayClient> line;
        content::PackUpdater updater;
    };
    Agent agent() {
        auto line = std::make_unique<link::GatewayClient>(
            gateway.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock,
            std::nullopt);
        auto& spoken = *line;
        return {std::move(line), content::PackUpdater(store, spoken, clock, options)};
    }
    /// "new", "same", or the problem and its detail.
    std::string update() {
        auto one = agent();
        return update(one);
    }
    static std::string update(Agent& agent) {
        const auto updated = agent.updater.update();
        if (updated) return *updated ? "new" : "same";
        const auto detail = updated.error().fact("detail");
        return std::string(name(updated.error().kind)) + (detail.empty() ? "" : " " + std::string(detail));
    }
};

}  // namespace tram::test

#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "HttpStub.h"
#include "wire/Action.h"
#include "wire/Envelope.h"
#include "wire/GatewayProof.h"

namespace tram::test {

inline void answerProblem(httplib::Response& response, int status) {
    response.status = status;
    response.set_content(R"({"type":"about:blank","status":)" + std::to_string(status) + "}",
                         "application/problem+json");
}
inline void answerJson(httplib::Response& response, const std::string& json) {
    response.set_content(json, "application/json");
}
/// What a captive portal says to everything.
inline void answerHtml(httplib::Response& response, int status = 200) {
    response.status = status;
    response.set_content("<html><body>Welcome to Free Wi-Fi</body></html>", "text/html");
}
/// The answer breaks off in the middle; whatever was done stays done.
inline void breakOff(httplib::Response& response) {
    response.set_content_provider(1000, "application/json",
                                  [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                      sink.write("{\"epo", 5);
                                      return false;
                                  });
}

/// The receiving half of the gateway, speaking the protocol over real HTTP, as odd as a test wants it.
/// Its state is only to be looked at between requests.
class GatewayStub {
  public:
    /// Before a request is handled: true when it has answered itself.
    std::function<bool(const httplib::Request&, httplib::Response&)> before;
    /// After POST /v1/actions was done, before it is answered: true when it has answered itself.
    std::function<bool(wire::BatchAnswer&, httplib::Response&)> after;

    std::string epoch = "epoch-1";
    std::int64_t backedUp = 0;                              ///< of those it has taken
    std::map<std::string, std::vector<std::string>> needs;  ///< action id → attachments it names
    std::map<std::string, std::string> attachments;         ///< what has come of each
    std::vector<std::string> stored;                        ///< action ids in the order they were taken in
    std::map<std::string, std::string> bytes;               ///< action id → envelope
    std::vector<std::size_t> batches;                       ///< how many actions each POST had
    std::vector<std::string> ranges;                        ///< Content-Range of each PUT
    int tokens = 0;
    std::set<std::string> goodTokens;
    crypto::SigningKey key = crypto::SigningKey::generate();  ///< answers challenges
    std::vector<std::string> asked;                           ///< "METHOD path", in their order

    HttpStub http;

    GatewayStub() {
        http.server.Post("/oauth/token",
                         guarded(false, [this](auto&, auto& response) { giveToken(response); }));
        http.server.Get("/healthz", guarded(false, [this](auto& request, auto& response) {
                            tellHealth(request, response);
                        }));
        http.server.Post("/v1/actions",
                         guarded(true, [this](auto& request, auto& response) { take(request, response); }));
        http.server.Get("/v1/attachments/([0-9a-f]{64})",
                        guarded(true, [this](auto& request, auto& response) {
                            tellState(request.matches[1], response);
                        }));
        http.server.Put("/v1/attachments/([0-9a-f]{64})",
                        guarded(true, [this](auto& request, auto& response) { receive(request, response); }));
        http.start();
    }

    void restoreFrom(std::vector<std::string> kept, std::string newEpoch) {
        stored = std::move(kept);
        std::erase_if(bytes, [&](auto& entry) {
            return std::find(stored.begin(), stored.end(), entry.first) == stored.end();
        });
        epoch = std::move(newEpoch);
    }

  private:
    using Handler = std::function<void(const httplib::Request&, httplib::Response&)>;

    httplib::Server::Handler guarded(bool signedIn, Handler handler) {
        return [this, signedIn, handler = std::move(handler)](const httplib::Request& request,
                                                              httplib::Response& response) {
            const std::lock_guard lock(mutex_);
            asked.push_back(request.method + " " + request.path);
            if (before && before(request, response)) return;
            const std::string bearer = request.get_header_value("Authorization");
            const bool known = bearer.starts_with("Bearer ") && goodTokens.contains(bearer.substr(7));
            if (signedIn && !known) return answerProblem(response, 401);
            handler(request, response);
        };
    }

    void tellHealth(const httplib::Request& request, httplib::Response& response) {
        nlohmann::json health = {{"status", "ok"}, {"epoch", epoch}, {"time", "2026-11-21T09:41:07+07:00"}};
        if (request.has_param("challenge")) {
            const auto text = wire::gatewayProofText(request.get_param_value("challenge"), epoch);
            health["proof"] = crypto::toBase64Url(key.sign(crypto::view(text)));
        }
        answerJson(response, health.dump());
    }

    void giveToken(httplib::Response& response) {
        const std::string token = "token-" + std::to_string(++tokens);
        goodTokens.insert(token);
        answerJson(response, R"({"access_token":")" + token + R"(","token_type":"Bearer","expires_in":600})");
    }

    void take(const httplib::Request& request, httplib::Response& response) {
        const auto body = nlohmann::json::parse(request.body);
        wire::BatchAnswer answer{.epoch = epoch};
        for (const auto& action : body.at("actions")) answer.results.push_back(takeOne(action.dump()));
        answer.taken = static_cast<std::int64_t>(stored.size());
        answer.backedUp = backedUp;
        batches.push_back(answer.results.size());
        if (after && after(answer, response)) return;
        answerJson(response, answer.toJson());
    }

    wire::ActionResult takeOne(const std::string& envelope) {
        const auto parsed = wire::Envelope::parse(envelope);
        if (!parsed) throw std::runtime_error("not an envelope");
        wire::ActionResult result{.id = parsed->id, .verdict = wire::ActionVerdict::Accepted};
        const std::string& id = parsed->id.text();
        for (const std::string& sha256 : needs[id]) {
            if (!whole(sha256)) result.missing.push_back(sha256);
        }
        if (bytes.contains(id)) {
            result.verdict =
                bytes[id] == envelope ? wire::ActionVerdict::Replayed : wire::ActionVerdict::Conflict;
        } else if (!result.missing.empty()) {
            result.verdict = wire::ActionVerdict::MissingAttachments;
        } else {
            bytes[id] = envelope;
            stored.push_back(id);
        }
        return result;
    }

    bool whole(const std::string& sha256) const {
        return complete_.contains(sha256) && attachments.contains(sha256);
    }

    void tellState(const std::string& sha256, httplib::Response& response) {
        if (!attachments.contains(sha256)) return answerProblem(response, 404);
        response.set_header("Upload-Offset", std::to_string(attachments[sha256].size()));
        response.set_header("Upload-Complete", whole(sha256) ? "?1" : "?0");
    }

    void receive(const httplib::Request& request, httplib::Response& response) {
        std::size_t from = 0, to = 0, total = 0;
        ranges.push_back(request.get_header_value("Content-Range"));
        if (sscanf(ranges.back().c_str(), "bytes %zu-%zu/%zu", &from, &to, &total) != 3)
            return answerProblem(response, 400);
        const std::string sha256 = request.matches[1];
        std::string& have = attachments[sha256];
        if (from != have.size()) {
            answerProblem(response, 409);
            response.set_header("Upload-Offset", std::to_string(have.size()));
            return;
        }
        have += request.body;
        if (have.size() == total) complete_.insert(sha256);
        tellState(sha256, response);
        response.status = 201;
    }

    std::mutex mutex_;
    std::set<std::string> complete_;
};

}  // namespace tram::test

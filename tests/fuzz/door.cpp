// The gateway's own surface over real HTTP, with all that nginx passes on: bodies, tokens, ranges, secrets,
// addresses.
#include <httplib.h>

#include <nlohmann/json.hpp>

#include "City.h"
#include "Quiet.h"
#include "crypto/Bytes.h"
#include "gateway/http/GatewayServer.h"
#include "gateway/http/Problems.h"
#include "gateway/identity/Tokens.h"

using namespace tram;

namespace {

const std::string kToken(43, 'T');
const std::string kSha(64, 'a');

/// A gateway on a port of its own, its one kiosk signed in for good.
class OpenDoor {
  public:
    OpenDoor() {
        auto config = PretendCity::config(scratch_.path());
        config.operationsPage = true;
        config.budgets = {1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, std::chrono::hours(1)};
        config.identityProvider = "demo-vneid";
        auto server = gateway::GatewayServer::open(config, clock_);
        must(server.has_value(), "a gateway can be opened");
        server_ = std::move(*server);
        enrol();
        server_->start();
        client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
        client_->set_keep_alive(true);
        client_->set_tcp_nodelay(true);
    }
    ~OpenDoor() {
        client_.reset();  // an idle connection is waited for
        server_->stop();
    }
    httplib::Client& client() { return *client_; }

  private:
    void enrol() {
        auto storage = gateway::Storage::openExisting(scratch_.path());
        must(storage.has_value(), "its store can be opened beside it");
        PretendCity::enrol(*storage->city);
        const auto done = storage->city->write([](SQLite::Database& raw) -> base::Result<void> {
            gateway::sql::exec(raw, "INSERT INTO tokens (hash, kiosk, expires_at) VALUES (?, ?, ?)",
                               crypto::sha256Hex(crypto::view(kToken)), fixed::kKiosk,
                               gateway::sql::millis(fixed::now() + gateway::Tokens::kLife));
            return {};
        });
        must(done.has_value(), "a kiosk can be signed in");
    }

    StoppedClock clock_;
    Scratch scratch_;
    std::unique_ptr<gateway::GatewayServer> server_;
    std::unique_ptr<httplib::Client> client_;
};

OpenDoor& door() {
    static OpenDoor open;
    return open;
}

/// What a header may hold when it has come through nginx.
std::string headerValue(std::string_view bytes) {
    std::string value;
    for (const char c : bytes.substr(0, 2000))
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) value += c;
    return value;
}

/// One segment, escaped as every client would.
std::string pathOf(std::string_view bytes) {
    std::string path;
    for (const char c : bytes.substr(0, 300)) {
        const bool plain =
            std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_' || c == '=';
        path += plain ? std::string(1, c) : "%" + crypto::toHex(crypto::view({&c, 1}));
    }
    return path;
}

void judge(const httplib::Result& result, bool ownErrors = false) {
    must(static_cast<bool>(result), "every request is answered");
    must(result->status >= 200 && result->status < 500, "nothing from outside is a fault of ours");
    if (result->status < 400 || ownErrors || result->body.empty()) return;
    must(result->body == gateway::problemDocument(result->status), "a refusal tells its status and no more");
}

httplib::Headers signedIn() {
    return {{"Authorization", "Bearer " + kToken}};
}

void post(const char* path, std::string_view body, const char* type = "application/json",
          bool ownErrors = false) {
    judge(door().client().Post(path, signedIn(), std::string(body), type), ownErrors);
}

void headers(Input& input) {
    httplib::Headers sent;
    for (const auto* name : {"Authorization", "Receipt-Secret", "X-Forwarded-For", "If-None-Match", "Accept"})
        sent.emplace(name, headerValue(input.line()));
    static constexpr const char* kPaths[] = {"/v1/feedback/",    "/t/", "/assets/", "/v1/content/",
                                             "/v1/attachments/", "/"};
    judge(door().client().Get(kPaths[input.choose(6)] + pathOf(input.rest()), sent));
}

void upload(Input& input) {
    auto sent = signedIn();
    const auto range = headerValue(input.line());
    if (!range.empty()) sent.emplace("Content-Range", range);
    judge(door().client().Put("/v1/attachments/" + kSha, sent, std::string(input.rest()),
                              "application/octet-stream"));
    const auto state = door().client().Head("/v1/attachments/" + kSha, signedIn());
    must(state && state->status == 204, "how far an upload got can always be asked");
}

/// What a phone may ask and send, whichever page it says it comes from.
void phone(Input& input) {
    const httplib::Headers sent = {{"Cookie", headerValue(input.line())}};
    static constexpr const char* kPages[] = {"/d?code=",
                                             "/d?lang=",
                                             "/d/",
                                             "/oidc/callback?state=",
                                             "/oidc/callback?",
                                             "/p/",
                                             "/demo/vneid/authorize?",
                                             "/demo/vneid/app?request="};
    judge(door().client().Get(kPages[input.choose(8)] + pathOf(input.rest()), sent), true);
}

void uploadForm(Input& input) {
    const httplib::Headers sent = {{"Cookie", headerValue(input.line())}};
    static constexpr const char* kForms[] = {"/d", "/demo/vneid/authorize", "/demo/vneid/app",
                                             "/demo/vneid/token", "/p/AAAAAAAAAAAAAAAAAAAAAA"};
    const auto* path = kForms[input.choose(5)];
    const auto type = path[1] == 'p' ? "multipart/form-data; boundary=" + headerValue(input.line())
                                     : std::string("application/x-www-form-urlencoded");
    judge(door().client().Post(path, sent, std::string(input.rest()), type.c_str()), true);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    (void)door();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(12)) {
        case 0:
            post("/v1/heartbeats", input.rest());
            break;
        case 1:
            post("/v1/calls", input.rest());
            break;
        case 2:
            post("/v1/kiosks", input.rest());
            break;
        case 3:
            post("/oauth/token", input.rest(), "application/x-www-form-urlencoded", true);
            break;
        case 4:
            post("/v1/actions", input.rest());
            break;
        case 5:
            headers(input);
            break;
        case 6:
            upload(input);
            break;
        case 7:
            judge(door().client().Get("/healthz?" + pathOf(input.rest())));
            break;
        case 8:
            post("/oauth/device_authorization", input.rest(), "application/x-www-form-urlencoded", true);
            break;
        case 9:
            post("/oauth/revoke", input.rest(), "application/x-www-form-urlencoded", true);
            break;
        case 10:
            phone(input);
            break;
        case 11:
            uploadForm(input);
            break;
    }
    return 0;
}

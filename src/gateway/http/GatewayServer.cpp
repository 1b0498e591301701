#include "gateway/http/GatewayServer.h"

#include <sys/socket.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/Files.h"
#include "gateway/http/ResidentRoutes.h"
#include "gateway/http/StaffRoutes.h"
#include "gateway/http/TurnRoutes.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

// nginx keeps at most 2 × 16 idle connections open to us (installer/nginx), kiosks send at most
// Uploads::kInAll attachments and phones PhoneUploads::kMostUnderWay pictures at once, and so many packs are
// on their way; each holds a thread of httplib's. The rest is for everybody else.
constexpr std::size_t kThreads = 32 + Uploads::kInAll + PhoneUploads::kMostUnderWay + PackLoad::kMost + 40;
constexpr int kBacklog = 1024;
constexpr std::chrono::minutes kTidyEvery{1};
constexpr std::chrono::seconds kFollowEvery{
    2};  // a stat(2) and an empty SELECT: an operator who recovers keys is waiting
constexpr base::Millis kDrain{1500};
// In the middle of a request. nginx, which gives up after 15, is the one who ends it where there is one.
constexpr std::chrono::seconds kSilence{20};

void setLimits(httplib::Server& server) {
    server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    // Longer than nginx keeps an idle connection to us, so that it is never nginx who finds it closed.
    server.set_keep_alive_timeout(40);
    server.set_keep_alive_max_count(10'000);
    server.set_read_timeout(kSilence);
    server.set_write_timeout(30);
    server.set_payload_max_length(40u << 20);
    server.set_tcp_nodelay(true);
}

}  // namespace

struct GatewayServer::Parts {
    GatewayConfig config;
    httplib::Server server;
    Metrics metrics;
    std::unique_ptr<City> city;
    Pages pages;
    Router router;
    Desk desk;
    IdentityRoutes identity;
    AttachmentRoutes attachments;
    ActionRoutes actions;
    Guesses guesses;
    FeedbackRoutes feedback;
    PackRoutes packs;
    EntryRoutes entries;
    FleetRoutes fleet;
    LogRoutes logs;
    AlertRoutes alerts;
    StaffRoutes staff;
    WardRoutes ward;
    OperationsRoutes operations;
    Phones phones;
    LoginRoutes login;
    DossierRoutes dossiers;
    TurnRoutes turns;
    WatchRoutes watches;
    AccountRoutes account;
    SurveyRoutes surveys;
    RatingRoutes ratings;
    PhoneRoutes phone;
    UploadRoutes uploads;
    std::optional<PretendVneidRoutes> pretendVneid;
    std::thread listener, tidier;
    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false;
    socket_t socket = INVALID_SOCKET;

    Parts(GatewayConfig ours, std::unique_ptr<City> opened, Pages loaded, const base::Clock& clock)
        : config(std::move(ours)),
          city(std::move(opened)),
          pages(std::move(loaded)),
          router(server, metrics, clock),
          desk{*city, router, metrics, config},
          identity(desk),
          attachments(desk),
          actions(desk),
          guesses(config.budgets),
          feedback(desk, guesses, pages),
          packs(desk),
          entries(desk, pages),
          fleet(desk),
          logs(desk),
          alerts(desk),
          staff(desk),
          ward(desk),
          operations(desk, pages),
          phones(config.publicUrl.starts_with("https:")),
          login(desk),
          dossiers(desk, guesses, pages),
          turns(desk, guesses, pages),
          watches(desk, guesses, pages),
          account(desk),
          surveys(desk, pages),
          ratings(desk, pages),
          phone(desk, pages, phones),
          uploads(desk, pages, phones) {
        setLimits(server);
        server.set_socket_options([this](socket_t listening) {
            socket = listening;
            const int yes = 1;  // SO_REUSEPORT, httplib's default, would let two gateways share a port unseen
            ::setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
    }

    Result<void> bind() {
        config.port = config.port == 0 ? server.bind_to_any_port(config.host)
                                       : (server.bind_to_port(config.host, config.port) ? config.port : -1);
        // httplib listens with a backlog of five: a hundred kiosks at once would see their connections
        // dropped and tried again after seconds, which nginx answers with 504. listen(2) may be called again
        // to widen it.
        if (config.port >= 0 && ::listen(socket, kBacklog) != 0) config.port = -1;
        if (config.port < 0)
            return base::fail(ProblemKind::BadConfig, {{"key", "listen"}, {"expected", "a free port"}});
        if (config.publicUrl.empty())
            config.publicUrl = "http://" + config.host + ":" + std::to_string(config.port);
        // Loopback's own name for us is never an outside one.
        const auto self = "http://127.0.0.1:" + std::to_string(config.port);
        if (auto connected = city->connectLogin(config, self); !connected) return connected;
        if (city->pretendVneid) pretendVneid.emplace(router, pages, *city->pretendVneid);
        if (config.portFile.empty()) return {};
        return base::writeFileAtomically(config.portFile, std::to_string(config.port) + "\n");
    }

    void tidyNowAndThen() {
        std::unique_lock lock(mutex);
        auto tidied = std::chrono::steady_clock::now();
        while (!changed.wait_for(lock, kFollowEvery, [this] { return stopping; })) {
            city->followKeys();
            city->followActs();
            if (std::chrono::steady_clock::now() - tidied < kTidyEvery) continue;
            city->tidy();
            tidied = std::chrono::steady_clock::now();
        }
    }
};

GatewayServer::GatewayServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
GatewayServer::~GatewayServer() {
    if (parts_->listener.joinable()) parts_->listener.join();
}

Result<std::unique_ptr<GatewayServer>> GatewayServer::open(GatewayConfig config, const base::Clock& clock) {
    auto city = City::open(config, clock);
    if (!city) return tl::unexpected(city.error());
    auto pages = Pages::load(config.shareDir);
    if (!pages) return tl::unexpected(pages.error());
    auto parts = std::make_unique<Parts>(std::move(config), std::move(*city), std::move(*pages), clock);
    if (auto bound = parts->bind(); !bound) return tl::unexpected(bound.error());
    return std::unique_ptr<GatewayServer>(new GatewayServer(std::move(parts)));
}

int GatewayServer::port() const {
    return parts_->config.port;
}

void GatewayServer::start() {
    parts_->city->startWork();
    parts_->listener = std::thread([this] { parts_->server.listen_after_bind(); });
    parts_->tidier = std::thread([this] { parts_->tidyNowAndThen(); });
    base::log::info("gateway.started", {{"port", parts_->config.port}});
}

void GatewayServer::stop() {
    parts_->server.stop();
    parts_->router.drain(kDrain);
    parts_->city->stopWork();
    {
        std::lock_guard lock(parts_->mutex);
        parts_->stopping = true;
        parts_->changed.notify_one();
    }
    parts_->tidier.join();
    base::log::info("gateway.stopped");
}

}  // namespace tram::gateway

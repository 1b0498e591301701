#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/http/City.h"
#include "gateway/http/Guesses.h"
#include "gateway/http/PackDownload.h"
#include "gateway/http/Pages.h"
#include "gateway/http/Router.h"
#include "gateway/source/Budget.h"

namespace tram::gateway {

/// What every route may use.
struct Desk {
    City& city;
    Router& router;
    Metrics& metrics;
    const GatewayConfig& config;
};

/// The enrolled kiosk behind a bearer token. Without one the exchange is answered 401 (RFC 6750 §3).
std::optional<Kiosk> authenticate(Desk& desk, Exchange& exchange);
/// The same, but nobody is turned away; a Problem when the store cannot tell.
base::Result<std::optional<Kiosk>> kioskIfAny(Desk& desk, const Exchange& exchange);

/// POST /v1/kiosks, POST /oauth/token, GET /v1/sealing-keys
class IdentityRoutes {
  public:
    explicit IdentityRoutes(Desk desk);

  private:
    void enrol(Exchange& exchange);
    void token(Exchange& exchange);
    void residentToken(Exchange& exchange, const Kiosk& kiosk, const std::string& deviceCode);
    void sealingKeys(Exchange& exchange);
    Desk desk_;
    Budget misses_;
};

/// The uploads under way, by kiosk. Each holds a thread for as long as its sender likes. nginx counts before
/// it knows who asks, and by token, of which one kiosk may have many: no kiosk may take the others' places,
/// and no stranger anybody's.
class Uploads {
  public:
    static constexpr int kPerKiosk = 4, kInAll = 40;
    class Place {
      public:
        Place(Uploads& uploads, const std::string& kioskId);
        ~Place();
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        bool free() const { return free_; }

      private:
        Uploads& uploads_;
        std::string kioskId_;
        bool free_;
    };

  private:
    std::mutex mutex_;
    std::map<std::string, int> underWay_;
    int inAll_ = 0;
};

/// HEAD and PUT /v1/attachments/{sha256}
class AttachmentRoutes {
  public:
    explicit AttachmentRoutes(Desk desk);

  private:
    void head(Exchange& exchange);
    void put(Exchange& exchange, const httplib::ContentReader& reader);
    void receive(Exchange& exchange, const httplib::ContentReader& reader, const Kiosk& kiosk);
    Desk desk_;
    Uploads uploads_;
};

/// POST /v1/actions
class ActionRoutes {
  public:
    explicit ActionRoutes(Desk desk);

  private:
    void take(Exchange& exchange);
    Desk desk_;
};

/// GET /v1/feedback/{code} and the phone page /t/{code}
class FeedbackRoutes {
  public:
    FeedbackRoutes(Desk desk, Guesses& guesses, const Pages& pages);

  private:
    void status(Exchange& exchange);
    Desk desk_;
    Guesses& guesses_;
};

/// What the city has signed for its kiosks, public as it is: GET /v1/content/pin.json,
/// /v1/content/root/{version}.json, /v1/content/packs.json and /v1/content/packs/{sha256}. Stands before
/// FleetRoutes, whose {role} these fit too.
class PackRoutes {
  public:
    explicit PackRoutes(Desk desk);

  private:
    void pin(Exchange& exchange);
    void root(Exchange& exchange);
    void manifest(Exchange& exchange);
    void pack(Exchange& exchange);
    Desk desk_;
    PackLoad load_;
};

/// GET /muc/{kind}/{id}: one thing that the city publishes, as its kiosks show it, for whoever takes it along
/// on a phone or on paper. Public, without scripts.
class EntryRoutes {
  public:
    EntryRoutes(Desk desk, const Pages& pages);

  private:
    void page(Exchange& exchange);
    Desk desk_;
    const Pages& pages_;
};

/// GET /v1/content/{role}.json, POST /v1/heartbeats, POST /v1/calls
class FleetRoutes {
  public:
    explicit FleetRoutes(Desk desk);

  private:
    void content(Exchange& exchange);
    void heartbeat(Exchange& exchange);
    void call(Exchange& exchange);
    Desk desk_;
};

/// GET /v1/campaigns and GET /v1/reports/ward: how far a kiosk's own ward is, and what was done there
class WardRoutes {
  public:
    explicit WardRoutes(Desk desk);

  private:
    void campaigns(Exchange& exchange);
    void report(Exchange& exchange);
    Desk desk_;
};

/// POST /v1/log-heads, GET /v1/log-heads/{chain}: how far a kiosk's log of staff is vouched for
class LogRoutes {
  public:
    explicit LogRoutes(Desk desk);

  private:
    void take(Exchange& exchange);
    void show(Exchange& exchange);
    void acknowledge(Exchange& exchange, const Kiosk& kiosk, const std::string& chain);
    Desk desk_;
};

/// GET /v1/alerts, which every kiosk asks for every few seconds
class AlertRoutes {
  public:
    explicit AlertRoutes(Desk desk);

  private:
    void list(Exchange& exchange);
    Desk desk_;
};

/// Whether this caller may see the operations pages; else the exchange is answered 404.
bool operationsAllowed(const Desk& desk, Exchange& exchange);

/// GET /healthz, /metrics, /dashboard
class OperationsRoutes {
  public:
    OperationsRoutes(Desk desk, const Pages& pages);

  private:
    void health(Exchange& exchange);
    void metrics(Exchange& exchange);
    void state(Exchange& exchange);
    Desk desk_;
};

}  // namespace tram::gateway

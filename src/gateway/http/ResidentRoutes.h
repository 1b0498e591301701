#pragma once
#include "gateway/http/Phone.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {

/// Who has logged in, behind a bearer token; without one, or when its kiosk was revoked, the exchange is
/// answered.
std::optional<ResidentTokens::Holder> residentBehind(Desk& desk, Exchange& exchange);

/// POST /oauth/device_authorization, /oauth/revoke, /v1/sessions/end; GET /oauth/jwks, /v1/me/reports and
/// /.well-known/openid-configuration. The device grant of /oauth/token is IdentityRoutes'.
class LoginRoutes {
  public:
    explicit LoginRoutes(Desk desk);

  private:
    void begin(Exchange& exchange);
    void revoke(Exchange& exchange);
    void discovery(Exchange& exchange);
    void jwks(Exchange& exchange);
    void endSessions(Exchange& exchange);
    void myReports(Exchange& exchange);
    Desk desk_;
};

/// GET /v1/dossiers/{code}, for a resident's own /v1/me/dossiers, and the phone page /h/{code}
class DossierRoutes {
  public:
    DossierRoutes(Desk desk, Guesses& guesses, const Pages& pages);

  private:
    void status(Exchange& exchange);
    void mine(Exchange& exchange);
    Desk desk_;
    Guesses& guesses_;
};

/// What a resident has, /v1/me/…: services (GET, PUT), notices (GET) and notices/seen (POST), documents,
/// account, appointments, consents, rights (GET)
class AccountRoutes {
  public:
    explicit AccountRoutes(Desk desk);

  private:
    void services(Exchange& exchange);
    void putServices(Exchange& exchange);
    void notices(Exchange& exchange);
    void seen(Exchange& exchange);
    void documents(Exchange& exchange);
    void account(Exchange& exchange);
    void appointments(Exchange& exchange);
    void consents(Exchange& exchange);
    void rights(Exchange& exchange);
    Desk desk_;
};

/// A phone that logs somebody in: /d, /d/shown, /d/done, /d/{outcome}, /oidc/callback
class PhoneRoutes {
  public:
    PhoneRoutes(Desk desk, const Pages& pages, const Phones& phones);

  private:
    void page(Exchange& exchange);
    void decide(Exchange& exchange);
    void shown(Exchange& exchange);
    void done(Exchange& exchange);
    void outcome(Exchange& exchange);
    void callback(Exchange& exchange);
    void askCode(Exchange& exchange, const std::string& language, bool unknown) const;
    void compare(Exchange& exchange, const DeviceLogins::Seen& seen, const Phone& phone,
                 const std::string& language, const std::string& linkKey) const;
    void tooMany(Exchange& exchange, const std::string& language, std::chrono::seconds wait) const;
    void gone(Exchange& exchange, DeviceLogins::Gone gone, const std::string& language);
    std::optional<std::chrono::seconds> tooManyMisses(const Exchange& exchange);
    void miss(const Exchange& exchange);
    Desk desk_;
    const Pages& pages_;
    const Phones& phones_;
    Budget misses_, siteMisses_;
};

/// Pictures from a phone: /v1/uploads and /p/{id}
class UploadRoutes {
  public:
    UploadRoutes(Desk desk, const Pages& pages, const Phones& phones);

  private:
    void open(Exchange& exchange);
    void state(Exchange& exchange);
    void picture(Exchange& exchange);
    void tell(Exchange& exchange);
    void close(Exchange& exchange);
    void page(Exchange& exchange);
    void send(Exchange& exchange, const httplib::ContentReader& reader);
    void take(Exchange& exchange, const httplib::ContentReader& reader, PhoneUploads::Room& room,
              const std::string& boundary);
    void show(Exchange& exchange, const PhoneUploads::Seen& seen) const;
    std::string tally(const PhoneUploads::Seen& seen, const std::string& language) const;
    std::string form(const std::string& path, const std::string& language) const;
    /// For what the kiosk will say: `more`: another may be sent meanwhile; `again`: it looks again by itself.
    std::string waiting(const std::string& path, const std::string& language, bool more, bool again) const;
    void say(Exchange& exchange, int status, const char* what, bool mayGoBack,
             const std::string& session = "vi") const;
    Desk desk_;
    const Pages& pages_;
    const Phones& phones_;
};

/// The pretend VNeID of a demo: pages for phones, and what the gateway itself asks it. nginx lets only the
/// pages through.
class PretendVneidRoutes {
  public:
    PretendVneidRoutes(Router& router, const Pages& pages, PretendVneid& vneid);

  private:
    void authorize(Exchange& exchange);
    void decide(Exchange& exchange);
    void app(Exchange& exchange);
    void decideApp(Exchange& exchange);
    void token(Exchange& exchange);
    void userinfo(Exchange& exchange);
    void device(Exchange& exchange);
    void show(Exchange& exchange, const std::string& action, const std::string& request,
              const PretendVneid::Asked& asked) const;
    void over(Exchange& exchange, int status, const std::string& language) const;
    const Pages& pages_;
    PretendVneid& vneid_;
};

/// POST /v1/surveys/{id}/token; GET /dashboard/surveys, /dashboard/surveys/state,
/// /dashboard/surveys/{id}/counts.csv
class SurveyRoutes {
  public:
    SurveyRoutes(Desk desk, const Pages& pages);

  private:
    void token(Exchange& exchange);
    void state(Exchange& exchange);
    void csv(Exchange& exchange);
    Desk desk_;
};

/// GET /v1/ratings/{office} and the phone page /r/{token}
class RatingRoutes {
  public:
    RatingRoutes(Desk desk, const Pages& pages);

  private:
    void average(Exchange& exchange);
    Desk desk_;
};

/// One outcome's page: `web.outcome.<what>.title` and `.text`. `back`: where its link leads; "" for none.
void showOutcome(Exchange& exchange, const Pages& pages, int status, const std::string& what,
                 const std::string& language, const std::string& otherUrl, const std::string& back = "");
std::string inLanguage(const std::string& path, const std::string& language);
/// The same address in the other language.
std::string otherLanguage(const std::string& path, const std::string& language);

}  // namespace tram::gateway

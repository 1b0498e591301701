#pragma once
#include <catch2/catch.hpp>

#include "FakeScheduler.h"
#include "identity/DeviceLogin.h"
#include "wire/Enrolment.h"

namespace tram::test {

/// The kiosk's side of a login as the programs have it, on a scheduler that runs when the test says so.
class KioskAt {
  public:
    KioskAt(std::string url, const wire::EnrolmentAnswer& place, const crypto::SigningKey& key)
        : url_(std::move(url)), place_(place), key_(*crypto::SigningKey::fromSecret(key.secret())) {
        clock.set(base::SystemClock().wall());
        line = std::make_shared<link::ResidentLine>(client(), place_.publicUrl);
        auto keys = std::make_shared<oidc::KeyRing>([line = line] { return line->keySet(); }, clock);
        login = std::make_unique<identity::DeviceLogin>(
            identity::DeviceLogin::Services{line, keys, place_.kioskId}, scheduler, clock);
    }
    /// Another line with the kiosk's identity; it demands the gateway's proof, as each does.
    std::unique_ptr<link::GatewayClient> client() const {
        return std::make_unique<link::GatewayClient>(
            url_, std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock,
            link::KioskIdentity{place_.kioskId, place_.tokenAudience,
                                std::move(*crypto::SigningKey::fromSecret(key_.secret())),
                                crypto::VerifyKey::parse(place_.gatewayKey)});
    }
    /// A fresh code on the screen.
    identity::situation::Showing begin() {
        login->begin();
        scheduler.settle();
        return get<identity::situation::Showing>();
    }
    template <class Situation>
    const Situation& get() const {
        if (const auto* failed = std::get_if<identity::situation::Failed>(&login->state()))
            INFO(name(failed->problem.kind) << ' ' << failed->problem.fact("detail"));
        REQUIRE(std::holds_alternative<Situation>(login->state()));
        return std::get<Situation>(login->state());
    }

    FakeClock clock;
    FakeScheduler scheduler{clock};
    std::shared_ptr<link::ResidentLine> line;
    std::unique_ptr<identity::DeviceLogin> login;

  private:
    std::string url_;
    wire::EnrolmentAnswer place_;
    crypto::SigningKey key_;
};

}  // namespace tram::test

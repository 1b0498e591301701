#pragma once
#include <optional>
#include <string>

#include "gateway/http/GatewayConfig.h"
#include "gateway/http/Router.h"
#include "gateway/identity/Kiosks.h"
#include "gateway/source/Budget.h"

namespace tram::gateway {

/// How often somebody may ask for a code that is not there: counted for each address and for each kiosk over
/// all kinds of codes, so that who guesses does not begin anew with another kind; for each beginning of a
/// code from whatever addresses.
class Guesses {
  public:
    explicit Guesses(const GatewayConfig::Budgets& budgets);

    /// Who asks: an enrolled kiosk, else an address; `prefix` "" for none.
    struct Asking {
        const Exchange& exchange;
        const std::optional<Kiosk>& kiosk;
        std::string prefix;
    };
    /// How long to wait when whoever asks has missed too often, or found too much (see found).
    std::optional<std::chrono::seconds> tooMany(const Asking& asking);
    void missed(const Asking& asking);
    /// For codes that count upwards, where who tries one after the other mostly finds: so many times the
    /// misses' budget may be found.
    static constexpr int kFindsForMiss = 4;
    void found(const Asking& asking);

  private:
    Budget perAddress_, perPrefix_, perKiosk_, foundByAddress_, foundByKiosk_;
};

}  // namespace tram::gateway

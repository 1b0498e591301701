#pragma once
#include <functional>
#include <mutex>
#include <string>

#include "base/Clock.h"
#include "oidc/IdToken.h"

namespace tram::oidc {

/// An issuer's keys, fetched when they are first needed and once more for a key that is not among them
/// (rotation), at most once a minute, so that made-up key names cannot make us ask without end
/// (STANDARDS 4). From any thread; fetching blocks.
class KeyRing {
  public:
    using Fetch = std::function<base::Result<std::string>()>;  ///< the JWKS as it came
    static constexpr base::Millis kPause{60'000};
    KeyRing(Fetch fetch, const base::Clock& clock);

    /// IdToken::verify's Problems, and those of fetching.
    base::Result<IdToken> verify(std::string_view jwt, const Expectations& expected, base::WallTime now);

  private:
    base::Result<void> fetchKeys();
    bool mayAskAgain();

    Fetch fetch_;
    const base::Clock& clock_;
    std::mutex mutex_;
    std::optional<Jwks> keys_;
    std::optional<base::BootTime> askedAgainAt_;
};

}  // namespace tram::oidc

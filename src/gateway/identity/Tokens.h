#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/identity/Kiosks.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// RFC 6749 client credentials for kiosks, proven by private_key_jwt (RFC 7523). Opaque tokens of 256 random
/// bits; only their hashes are stored.
class Tokens {
  public:
    static constexpr std::chrono::seconds kLife{600};

    Tokens(SharedDatabase& db, Kiosks& kiosks, std::string audience)
        : db_(db), kiosks_(kiosks), audience_(std::move(audience)) {}

    /// Whose assertion it is; it is spent with this. Unauthorized for whatever is wrong with it, a used `jti`
    /// included. Forbidden: all is well with it, but the kiosk was revoked; only the holder of its key learns
    /// that.
    base::Result<Kiosk> prove(std::string_view assertion, base::WallTime now);
    base::Result<std::string> issue(const Kiosk& kiosk, base::WallTime now);
    base::Result<std::optional<Kiosk>> kioskOf(std::string_view token, base::WallTime now);
    const std::string& audience() const { return audience_; }

  private:
    SharedDatabase& db_;
    Kiosks& kiosks_;
    std::string audience_;
};

}  // namespace tram::gateway

#pragma once
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "crypto/Keys.h"

namespace tram::gateway {

/// Keys that sign ID tokens (EdDSA, RFC 8037). They live in memory only: an ID token lives five minutes, so
/// that nothing is lost with them at a restart, and nothing can be stolen from a disk. Any thread.
class IssuerKeys {
  public:
    static constexpr std::chrono::hours kNewEvery{24};
    static constexpr std::chrono::hours kStillListed{1};  ///< a former key, for tokens under way

    /// A compact JWS over the claims, by the newest key.
    std::string sign(const nlohmann::json& claims, base::WallTime now);
    /// RFC 7517, newest first.
    std::string jwks(base::WallTime now);

  private:
    struct Key {
        crypto::SigningKey key;
        std::string id;  ///< RFC 7638 thumbprint
        base::WallTime since;
    };
    void care(base::WallTime now);

    std::mutex mutex_;
    std::vector<Key> keys_;  ///< newest first
};

}  // namespace tram::gateway

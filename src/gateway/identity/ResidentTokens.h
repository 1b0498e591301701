#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Secret.h"
#include "gateway/connectors/DossierSource.h"

namespace tram::gateway {

/// Tokens of residents who are logged in at a kiosk: 256 random bits, kept as hashes and in memory only, so
/// that a restart ends every session. Any thread.
class ResidentTokens {
  public:
    static constexpr std::chrono::seconds kLife{900};

    /// `owner`: by whom the city's systems know them.
    std::string issue(const base::SecretText& sub, const DossierOwner& owner, const std::string& kiosk,
                      base::WallTime now);
    struct Holder {
        base::SecretText sub;
        DossierOwner owner;
        std::string kiosk;  ///< its id
    };
    std::optional<Holder> find(std::string_view token, base::WallTime now);
    /// Nothing happens when it is not this kiosk's.
    void revoke(std::string_view token, const std::string& kiosk);
    void endAll(const std::string& kiosk);
    std::size_t count() const;

  private:
    struct Entry {
        base::SecretText sub;
        DossierOwner owner;
        std::string kiosk;
        base::WallTime issued;
    };
    mutable std::mutex mutex_;
    std::map<std::string, Entry> tokens_;
};

}  // namespace tram::gateway

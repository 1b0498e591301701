#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "wire/Enrolment.h"

namespace tram::gateway {

/// DIR/keys: identity.key and content.key (Ed25519), sealing-<id>.key (X25519), each 0600, and sealing.json
/// with the validity of each sealing key. Old sealing keys are never deleted: envelopes may come late.
class GatewayKeys {
  public:
    static constexpr std::chrono::days kSealingValidity{730};
    static constexpr std::chrono::days kRenewBefore{60};

    /// Makes what is missing, and a new sealing key when the newest is about to run out.
    static base::Result<GatewayKeys> openOrCreate(const std::filesystem::path& dir, base::WallTime now);

    /// Only who we are, making nothing: beside a gateway that serves and alone renews its keys.
    static base::Result<crypto::SigningKey> loadIdentity(const std::filesystem::path& dir);

    const crypto::SigningKey& identity() const { return identity_; }
    const crypto::SigningKey& content() const { return content_; }
    /// Any key we ever had, by SealingKey::id; null when it never was ours.
    const crypto::OpeningKey* opening(std::string_view sealingKeyId) const;
    /// Those not yet expired, newest first.
    std::vector<wire::SealingKeyInfo> sealingKeys(base::WallTime now) const;

  private:
    struct Sealing {
        crypto::OpeningKey key;
        base::WallTime notBefore, notAfter;
    };
    GatewayKeys(crypto::SigningKey identity, crypto::SigningKey content)
        : identity_(std::move(identity)), content_(std::move(content)) {}
    base::Result<void> readSealing(const std::filesystem::path& dir);
    base::Result<void> writeSealing(const std::filesystem::path& dir) const;
    base::Result<void> addSealing(const std::filesystem::path& dir, base::WallTime now);

    crypto::SigningKey identity_, content_;
    std::vector<Sealing> sealing_;  // oldest first
};

}  // namespace tram::gateway

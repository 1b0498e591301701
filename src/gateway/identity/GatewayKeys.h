#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "gateway/identity/SealingRing.h"
#include "wire/Enrolment.h"

namespace tram::gateway {

/// DIR/keys: identity.key and content.key (Ed25519), and the SealingRing. What is served follows the files:
/// an operator rotates and recovers beside a gateway that serves. Any thread.
class GatewayKeys {
  public:
    static constexpr std::chrono::days kSealingValidity{730};
    static constexpr std::chrono::days kRenewBefore{60};
    /// A renewed key comes into force so much later, for the operator to put it into the escrow before.
    static constexpr std::chrono::days kRenewedWaits{14};

    /// For a gateway that begins its life: makes what is missing.
    static base::Result<GatewayKeys> openOrCreate(const std::filesystem::path& dir, base::WallTime now);
    /// For one that has lived: a lost identity or content key is KeyMissing and never made anew, because
    /// every kiosk holds on to the old one. A lost sealing key only leaves its envelopes unopened.
    static base::Result<GatewayKeys> open(const std::filesystem::path& dir, base::WallTime now);

    /// Only who we are, making nothing: beside a gateway that serves and alone renews its keys.
    static base::Result<crypto::SigningKey> loadIdentity(const std::filesystem::path& dir);

    GatewayKeys(GatewayKeys&&) noexcept;
    GatewayKeys& operator=(GatewayKeys&&) = delete;
    ~GatewayKeys();

    const crypto::SigningKey& identity() const { return identity_; }
    const crypto::SigningKey& content() const { return content_; }
    /// Any key we ever had, by SealingKey::id; null when it never was ours. Good as long as this object.
    const crypto::OpeningKey* opening(std::string_view sealingKeyId) const;
    /// How many keys can open, as the files stand now: more of them may open what stands in quarantine.
    std::size_t openings() const;
    /// Those not yet expired, newest first.
    std::vector<wire::SealingKeyInfo> sealingKeys(base::WallTime now) const;

    struct Statement {
        std::string bytes, etag;
    };
    /// What kiosks are told: a SealingStatement, signed, and its strong ETag (RFC 9110 §8.8.3).
    std::shared_ptr<const Statement> statement() const;

    /// Takes in what an operator changed, renews before the last key runs out, tells kiosks what is new.
    /// Every few minutes.
    base::Result<void> care(base::WallTime now);

    struct Health {
        std::int64_t daysLeft = 0;             ///< until the last sealing key runs out
        std::size_t unescrowed = 0, lost = 0;  ///< sealing keys
    };
    Health health(base::WallTime now) const;

  private:
    struct Live;
    GatewayKeys(crypto::SigningKey identity, crypto::SigningKey content, std::filesystem::path dir);
    static base::Result<GatewayKeys> with(base::Result<crypto::SigningKey> identity,
                                          base::Result<crypto::SigningKey> content,
                                          const std::filesystem::path& dir, base::WallTime now);

    crypto::SigningKey identity_, content_;
    std::unique_ptr<Live> live_;
};

/// Every key a gateway has is a file of this directory.
std::filesystem::path identityFile(const std::filesystem::path& dir);
std::filesystem::path contentFile(const std::filesystem::path& dir);
base::Result<void> makeKeyDirectory(const std::filesystem::path& dir);

/// What must be done to a ring now: a key before the last one runs out, and a statement when it changed. True
/// when it is to be saved.
base::Result<bool> renew(SealingRing& ring, const std::filesystem::path& dir, base::WallTime now);

}  // namespace tram::gateway

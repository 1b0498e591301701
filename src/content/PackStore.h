#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "trust/Trust.h"

namespace tram::content {

/// The city's packs in this kiosk: the agent writes (PackUpdater), the kiosk reads. A directory for each
/// gateway, dataDir/city/FINGERPRINT of its identity key, so that a kiosk enrolled elsewhere begins anew:
///
///     pin.json           the root this kiosk began with, signed by the gateway's identity key
///                        (wire/PinnedRoot.h)
///     root.json          the newest root of the chain from there, once there is a newer one
///     content.json       the manifest in force: replacing this one file is the swap
///     former.json        the one in force before, whose packs are kept too
///     packs/SHA256.pack  hashed before it got this name; never written again
///     packs/SHA256.part  on its way
///     survey-keys.json   survey::TokenKeys', not ours
///     unknown-kinds.txt  the kiosk's note of which kinds it told its log that it does not know
///
/// Not for several threads at once. Whoever has a pack open goes on reading it when it is replaced and
/// removed.
class PackStore {
  public:
    PackStore(const std::filesystem::path& dataDir, const crypto::VerifyKey& gatewayKey);
    const std::filesystem::path& dir() const { return dir_; }

    struct Pack {
        std::string name;  ///< "city"
        std::string sha256;
        std::filesystem::path file;  ///< for pack::PackFile::open
    };
    struct Current {
        int version = 0;
        base::WallTime signedAt, expires;
        bool expired = false;  ///< by the clock, but never before what was signed (Trust::trustedTime)
        bool former = false;   ///< what is in force is not whole on this disk: this is the one before
        std::vector<Pack> packs;
    };
    /// What is to be shown now; signatures are looked at again, packs by their size only. FileMissing:
    /// nothing has come yet, or nothing that the present root's keys signed. BadSignature: pin.json is no pin
    /// of this gateway's.
    base::Result<Current> current(base::WallTime now) const;
    /// Differs after each swap, and when a pack that is to be shown has come anew: who has opened current()
    /// may look from time to time whether to open it again.
    std::string stamp() const;
    /// Differs when there may be another root.
    std::string rootStamp() const;

    // For PackUpdater.

    /// FileMissing while nothing is pinned.
    base::Result<trust::Trust> trust() const;
    /// Pins the root that kiosks of this gateway begin with; what is pinned stays. BadSignature, Malformed.
    base::Result<void> pin(std::string_view signedRoot);
    /// There under its own name, with its size.
    bool has(const trust::Manifest::Pack& pack) const;
    std::filesystem::path fileOf(const trust::Manifest::Pack& pack) const;
    std::filesystem::path partOf(const trust::Manifest::Pack& pack) const;
    /// The swap. All packs of the manifest are there. What was in force becomes the former one; False: it was
    /// in force already.
    base::Result<bool> put(trust::Trust& trust, std::string_view manifest, base::WallTime now);
    /// Removes the packs and parts that neither `coming` nor what is in force nor the former one names.
    void tidy(const trust::Manifest& coming) const;

  private:
    std::optional<Current> currentOf(const trust::Manifest& manifest) const;
    std::optional<trust::Manifest> former(const trust::Trust& trust) const;
    std::vector<std::filesystem::path> packsNamed() const;

    std::filesystem::path dir_;
    crypto::VerifyKey gatewayKey_;
    /// What the documents name, so that a stamp costs no signature.
    struct Named {
        std::string documents;
        std::vector<std::filesystem::path> packs;
    };
    mutable Named named_;
};

}  // namespace tram::content

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"
#include "wire/DossierStatus.h"

namespace tram::gateway {

/// Whose dossiers are asked for; in memory only.
struct DossierOwner {
    base::SecretText subject;         ///< the identity provider's own name for them
    base::SecretText personalNumber;  ///< 12 digits; "" for a foreigner
    DossierOwner copy() const { return {subject.copy(), personalNumber.copy()}; }
};

/// What a source says of a dossier.
struct DossierRecord : wire::DossierStatus {
    DossierRecord() = default;
    DossierRecord(wire::DossierStatus status) : wire::DossierStatus(std::move(status)) {}
    /// SHA-256 in hex of the secret on its slip, by which its holder may rate it; "" when it has none. The
    /// gateway's alone.
    std::string slipHash;
};

/// A system that knows where dossiers stand: the city's own, or the demo's pretend one. Calls block, come
/// from any thread, and may be repeated. A Problem of any kind means that it gave no answer that can be used.
///
/// Of what it says the desk (gateway/dossier) fills in working days, sorts events, and drops times that
/// cannot be; texts may be of any length.
class DossierSource {
  public:
    virtual ~DossierSource() = default;
    /// Nothing: it knows no such dossier. `code` as wire::DossierPatterns reads it.
    virtual base::Result<std::optional<DossierRecord>> byCode(const std::string& code) = 0;
    virtual bool knowsOwners() const = 0;
    virtual base::Result<std::vector<wire::DossierStatus>> ofOwner(const DossierOwner& owner) = 0;
    virtual std::string sourceName() const = 0;  ///< shown to residents as the source
};

}  // namespace tram::gateway

#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "cap/Bulletin.h"
#include "content/KnownTime.h"
#include "link/GatewayClient.h"
#include "trust/Root.h"
#include "wire/StaffList.h"

namespace tram::content {

/// A short-lived document that the gateway signs by a role of its own, as last published: the agent fetches,
/// verifies before it parses, replaces atomically, and never goes back a version; the kiosk reads, and
/// verifies again. In a directory of dataDir (alerts, staff):
///
///     list.json  the signed document
///     time.json  what time it was when the kiosk last heard of the gateway (content/KnownTime.h)
///
/// A document that has run out is not taken: somebody might hold a newer one back. What was taken stays;
/// whether it may still be used when it has run out is its reader's to say. What the present root's key did
/// not sign does not count, nor does its version.
template <class Document>
class SignedCache {
  public:
    explicit SignedCache(const std::filesystem::path& dataDir);
    /// FileMissing before the first; as trust::openSigned and Document::parse.
    base::Result<Document> read(const trust::Root& root) const;
    /// True when something new came. RolledBack: not a newer version, or another text of the same; Expired:
    /// by what the gateway says, or by what is proven.
    base::Result<bool> update(link::GatewayClient& gateway, const trust::Root& root,
                              const base::Clock& clock);
    /// What time it is as far as this kiosk can prove (KnownTime::now).
    base::WallTime trustedTime(const base::Clock& clock) const;
    /// Differs once there may be something else to read.
    std::string stamp() const;

  private:
    base::Result<bool> take(const std::string& bytes, const trust::Root& root, base::WallTime said,
                            const base::Clock& clock);
    void noteKept(const trust::Root& root, base::WallTime said, const base::Clock& clock);

    std::filesystem::path file_;
    KnownTime time_;
    std::string etag_;  ///< of what is kept, by the root of that version
    int etagRoot_ = 0;
    std::string left_;  ///< stamp() as update() left it
};

using AlertsCache = SignedCache<cap::Bulletin>;   ///< each alert in it is shown until it runs out itself
using StaffCache = SignedCache<wire::StaffList>;  ///< this ward's; over when the list is
extern template class SignedCache<cap::Bulletin>;
extern template class SignedCache<wire::StaffList>;

}  // namespace tram::content

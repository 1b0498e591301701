#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "cap/Bulletin.h"
#include "content/KnownTime.h"
#include "link/GatewayClient.h"
#include "trust/Root.h"

namespace tram::content {

/// The emergency alerts as last published: the agent fetches, verifies before it parses, replaces atomically,
/// and never goes back a version; the kiosk reads (content/Alerts.h), and verifies again. dataDir/alerts:
///
///     list.json  the signed document (cap/Bulletin.h)
///     time.json  what time it was when the kiosk last heard of the gateway (content/KnownTime.h)
///
/// A document that has run out is not taken: somebody might hold a newer one back. What was taken stays, so
/// that each alert in it is shown until it runs out itself, without a line too. What the present root's key
/// did not sign does not count, nor does its version.
class AlertsCache {
  public:
    explicit AlertsCache(const std::filesystem::path& dataDir);
    /// FileMissing before the first; as trust::openSigned and cap::Bulletin::parse.
    base::Result<cap::Bulletin> read(const trust::Root& root) const;
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

}  // namespace tram::content

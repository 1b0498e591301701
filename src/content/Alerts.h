#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cap/Showing.h"
#include "content/PackStore.h"
#include "content/SignedCache.h"

namespace tram::content {

/// One alert as a page shows it, in one language. Texts are as their sender wrote them.
struct ShownAlert {
    std::string key;         ///< the same as long as it is the same message: "sender,identifier,sent"
    std::string identifier;  ///< its number, to be told on the phone
    bool covers = false;     ///< an emergency: it covers the page
    bool drill = false;      ///< shown as a drill, never as the real thing
    bool update = false;
    cap::Severity severity = cap::Severity::Unknown;
    base::WallTime sent, until;
    std::optional<base::WallTime> onset;
    std::string language;  ///< of the texts: it may be another than was asked for
    std::string senderName, headline, description, instruction, contact, web;
    std::string area;  ///< the names of its areas
};

/// The alerts in force at this kiosk, as the kiosk's own process sees them. One thread; cheap enough to be
/// asked every second.
class Alerts {
  public:
    /// The present root, without which nothing is believed; `stamp` differs once there may be another one.
    struct RootSource {
        std::function<base::Result<trust::Root>()> read;
        std::function<std::string()> stamp;
    };
    static RootSource rootOf(const PackStore& packs);
    Alerts(const std::filesystem::path& dataDir, RootSource root, const base::Clock& clock, cap::Here here);
    /// Real ones before drills, those that cover the page first, the more severe, the newer. What has run out
    /// is not among them, whatever the clock says (SignedCache::trustedTime).
    std::vector<ShownAlert> active(std::string_view language);

  private:
    void follow();
    AlertsCache cache_;
    RootSource root_;
    const base::Clock& clock_;
    cap::Here here_;
    std::string stamp_;
    std::optional<cap::Bulletin> bulletin_;
};

}  // namespace tram::content

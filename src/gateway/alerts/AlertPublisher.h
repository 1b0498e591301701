#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "cap/Bulletin.h"
#include "crypto/Keys.h"
#include "gateway/alerts/ParsedAlerts.h"

namespace tram::gateway {

/// The one signed document that kiosks follow: made anew when what it says changes, and before it runs out.
///
/// Its version is one more than the last one's, and never less than the seconds since 1970: a gateway that
/// was restored from a backup goes on above what its kiosks have seen.
class AlertPublisher {
  public:
    static constexpr std::chrono::minutes kLife{60}, kRenewBefore{40};
    struct Document {
        std::string bytes, etag;
    };
    /// What is over is forgotten after so long, and sooner while its source has more than half of its share.
    static constexpr std::chrono::days kKept{7}, kKeptInCrowd{1};
    AlertPublisher(AlertStore store, cap::AlertBook::Rules rules)
        : store_(store), parsed_(store), rules_(std::move(rules)) {}

    /// True when something new was published.
    base::Result<bool> refresh(const crypto::SigningKey& key, base::WallTime now);
    /// Forgets what has been over for long enough. An Update or Cancel stays as long as what it ends does,
    /// and one that came before what it names for kKept (kKeptInCrowd).
    base::Result<void> forget(base::WallTime now);
    /// Null while nothing has been published. From any thread.
    std::shared_ptr<const Document> document() const;
    /// Nothing more is given out: the key is gone.
    void withdraw();

  private:
    cap::AlertBook bookOf(const std::vector<AlertStore::Message>& messages) const;
    base::Result<std::vector<cap::Notice>> notices(base::WallTime now);
    void resume(const crypto::SigningKey& key);
    base::Result<void> sign(cap::Bulletin bulletin, const crypto::SigningKey& key);
    void show(std::string bytes);

    AlertStore store_;
    ParsedAlerts parsed_;
    cap::AlertBook::Rules rules_;
    std::optional<cap::Bulletin> last_;
    std::string signer_;
    std::int64_t changes_ = -1;
    base::WallTime nextEnd_;  ///< when the next of what is published runs out
    mutable std::mutex mutex_;
    std::shared_ptr<const Document> document_;
};

}  // namespace tram::gateway

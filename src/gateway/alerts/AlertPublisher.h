#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "cap/Bulletin.h"
#include "crypto/Keys.h"
#include "gateway/alerts/AlertStore.h"

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
    AlertPublisher(AlertStore store, cap::AlertBook::Rules rules) : store_(store), rules_(std::move(rules)) {}

    /// True when something new was published.
    base::Result<bool> refresh(const crypto::SigningKey& key, base::WallTime now);
    /// Null while nothing has been published. From any thread.
    std::shared_ptr<const Document> document() const;
    /// Nothing more is given out: the key is gone.
    void withdraw();

  private:
    base::Result<std::vector<cap::Notice>> notices(base::WallTime now) const;
    void resume(const crypto::SigningKey& key);
    base::Result<void> sign(cap::Bulletin bulletin, const crypto::SigningKey& key);
    void show(std::string bytes);

    AlertStore store_;
    cap::AlertBook::Rules rules_;
    std::optional<cap::Bulletin> last_;
    std::string signer_;
    std::int64_t changes_ = -1;
    base::WallTime nextEnd_;  ///< when the next of what is published runs out
    mutable std::mutex mutex_;
    std::shared_ptr<const Document> document_;
};

}  // namespace tram::gateway

#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "gateway/connectors/Notifier.h"
#include "gateway/storage/Storage.h"
#include "wire/DossierStatus.h"
#include "wire/Watch.h"

namespace tram::gateway {

/// Keeps what only this gateway may read: sealed to its own key.
struct Vault {
    struct Sealed {
        std::string key;  ///< SealingKey::id
        std::string bytes;
    };
    std::function<std::optional<Sealed>(const base::SecretText&)> seal;  ///< nothing while there is no key
    std::function<base::Result<base::SecretText>(const Sealed&)> open;
    /// Tells the same again from another, and nothing to who does not have our key.
    std::function<std::string(const base::SecretText&)> index;
};

/// What may be told of a dossier.
enum class News { None, PapersAsked, PaymentAsked, Late, Finished, Closed };
std::string_view name(News news);  ///< "papers_asked", … ; "" for None
News newsOf(const wire::DossierStatus& status);
/// Nothing will come after it.
bool isLast(News news);

/// Looks at dossiers whose owners want to be told, and tells each piece of news once: that it is to be told
/// is written (reports.db) before it is sent, and it is sent under a name that its sender knows again. Phone
/// and code are sealed; both go when the watch ends: when the dossier has, when its time is over, or when its
/// owner says so by the link in each message.
class DossierWatch {
  public:
    struct Rules {
        std::chrono::days longest{180};
        std::chrono::seconds every{1800};  ///< each is looked at
        int fromHour = 7, untilHour = 21;  ///< in the city; messages wait meanwhile
        int perAddress = 10;               ///< watches of one phone at the same time
    };
    struct Parts {
        std::unique_ptr<Notifier> notifier;  ///< null: the city has none
        Rules rules;
        Vault vault;
        std::function<base::Result<std::optional<wire::DossierStatus>>(const std::string& code)> ask;
        using Values = std::map<std::string, std::string>;
        std::function<std::string(const std::string& language, const std::string& key, const Values&)> say;
        std::function<std::string(const std::string& token, const std::string& language)> leaveLink;
    };
    DossierWatch(SharedDatabase& db, Parts parts, const base::Clock& clock)
        : db_(db), parts_(std::move(parts)), clock_(clock) {}

    bool connected() const { return parts_.notifier != nullptr; }
    std::vector<wire::Channel> offers() const;
    /// `now`: what is known of it already and need not be told. Unprocessable: a channel that is not offered;
    /// Gone as NotFound when nothing more will come of it; TooManyRequests for one phone.
    base::Result<wire::WatchAnswer> watch(const wire::DossierStatus& now, const wire::WatchRequest& request);
    /// Whether there is one that this link ends.
    base::Result<bool> knows(const std::string& token);
    base::Result<bool> leave(const std::string& token);

    /// One round, cut short when `stopping`: looks at what is due, and sends what is due. Whether more waits.
    base::Result<bool> step(const std::function<bool()>& stopping);
    /// Those that have told their last go.
    base::Result<std::size_t> sweep();
    /// Those whose time is over go: not by a clock that has leapt (retention/RetentionClock).
    base::Result<std::size_t> sweepEnded();
    base::Result<std::size_t> count();

  private:
    struct Row;
    struct Kept {
        base::SecretText code, to;
        std::string token;
    };
    base::Result<std::vector<Row>> dueWatches(base::WallTime now);
    base::Result<std::vector<Row>> dueNotices(base::WallTime now);
    base::Result<Kept> opened(const Row& row) const;
    base::Result<void> look(const Row& row);
    base::Result<bool> isStillToSend(const Row& row);
    base::Result<void> send(const Row& row);
    base::Result<void> later(const Row& row, base::WallTime now, bool notice);
    base::WallTime whenAwake(base::WallTime at) const;

    SharedDatabase& db_;
    Parts parts_;
    const base::Clock& clock_;
};

/// All of one phone or address, by Vault::index of it. Returns how many.
base::Result<std::size_t> forgetWatches(SharedDatabase& db, const std::string& address);

}  // namespace tram::gateway

#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cap/AlertBook.h"
#include "gateway/alerts/AlertConfig.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

enum class AlertState {
    InForce,
    Waiting /* for a second person */,
    Rejected,
    Retracted /* taken back by a person here, whatever its sender says */
};
std::string_view name(AlertState state);

/// Every CAP message that came, as it came, in gateway.db. Commands and the serving gateway share it.
/// Messages are parsed outside the lock that all requests share.
class AlertStore {
  public:
    explicit AlertStore(SharedDatabase& city, AlertShare share = {}) : city_(city), share_(share) {}

    /// What is kept about a message beside its text.
    struct Row {
        std::string id;                  ///< 16 hex of its document's SHA-256
        std::string source;              ///< AlertSource::name, or "operator"
        std::string givenBy, decidedBy;  ///< "" where nobody did
        base::WallTime receivedAt;
        AlertState state = AlertState::Waiting;
        bool trusted = false;  ///< its sender is approved for that source, or a person has approved it
        std::optional<base::WallTime> overSince;  ///< see markOver()
    };
    struct Message : Row {
        std::shared_ptr<const cap::Alert> alert;
    };
    struct Incoming {
        std::string document, source;
        std::string givenBy;  ///< who sends it by hand, or giverOf() a file
        bool trusted = false;
        std::string file = {};  ///< as what it lies in a folder
    };
    /// The owner of a file in the folder, as `givenBy` has it: "uid:1001". "" for the gateway's own account:
    /// whoever may act as that may do anything here.
    static std::string giverOf(unsigned owner, unsigned gateway);
    /// Whether one of these users is the one who gave it.
    static bool isGiver(const Row& row, const std::set<unsigned>& users);
    struct Taken {
        std::string id;
        AlertState state = AlertState::Waiting;
        bool isNew = false;
    };
    /// How far a sender's clock may be ahead, and how old a message may be.
    static constexpr std::chrono::minutes kAhead{5};
    static constexpr std::chrono::days kOldest{366};
    /// Waits when it is Extreme or Severe, or would end what came another way or from another sender; in
    /// force at once when trusted, or for neither reason. The same message again changes nothing, but that
    /// one nobody has decided is in force once it comes a trusted way too.
    ///
    /// Two texts under the same sender, identifier and time: the trusted one takes the place of others about
    /// which nobody has decided; if somebody has, or both are trusted, it waits. Otherwise Conflict.
    ///
    /// Malformed and TooLarge as cap::Alert::parse; OutOfRange: sent in the future; Expired: sent longer ago
    /// than kOldest, or forgotten; TooManyRequests: its source's share is full. All but Expired are
    /// remembered for refused().
    base::Result<Taken> take(const Incoming& incoming, base::WallTime now);
    /// A file that cannot be read, for refused(): who keeps the folder is to know.
    base::Result<void> tellUnreadable(const std::string& source, const std::string& file, base::WallTime now);
    /// Whether what was refused would be refused again for ever.
    static bool isSettled(const base::Problem& refusal);

    /// Newest first.
    base::Result<std::vector<Message>> list() const;
    base::Result<std::vector<Row>> rows() const;
    /// NotFound; Malformed: of a later program, or damaged.
    base::Result<Message> message(const std::string& id) const;
    base::Result<Message> message(Row row) const;
    /// That are not over.
    base::Result<std::int64_t> waiting() const;
    /// NotFound; Conflict (detail): "state" when it is not one that waits, "same_person" when who approves is
    /// who gave it. Another of the same name that is in force is retracted with it.
    base::Result<void> approve(const std::string& id, const std::string& by, base::WallTime now);
    base::Result<void> reject(const std::string& id, const std::string& by, base::WallTime now);
    /// Of one in force. What it has ended stays so, if it is an Update; a Cancel gives back what it had
    /// called off.
    base::Result<void> retract(const std::string& id, const std::string& by, base::WallTime now);

    struct Refused {
        std::string source;  ///< of a folder's file: "folder/name.xml"
        std::string where, rule;
        base::WallTime at;
    };
    base::Result<std::vector<Refused>> refused() const;  ///< the newest, at most 50
    /// Goes up with whatever is changed by anybody.
    base::Result<std::int64_t> changes() const;

    /// The document published last, "" before the first.
    base::Result<std::string> published() const;
    base::Result<void> publish(const std::string& document);

    /// These are over from now on, if they were not; all others are not.
    base::Result<void> markOver(const std::set<std::string>& ids, base::WallTime now);
    /// Of each a hash of its name stays until nothing so old is taken in any more.
    base::Result<void> forget(const std::vector<std::string>& ids, base::WallTime now);
    /// Whether more than half of a source's share, by `trusted`, is used up.
    base::Result<std::set<std::pair<std::string, bool>>> crowded() const;

  private:
    base::Result<Taken> keep(SQLite::Database& db, const Incoming& incoming, const cap::Alert& alert,
                             base::WallTime now);
    base::Result<void> decide(const std::string& id, const std::string& by, base::WallTime now,
                              AlertState from, AlertState to);
    base::Result<void> remember(const Incoming& incoming, const std::string& where, const std::string& rule,
                                base::WallTime now);
    tl::unexpected<base::Problem> refuse(const Incoming& incoming, base::Problem problem, base::WallTime now);
    SharedDatabase& city_;
    AlertShare share_;
};

}  // namespace tram::gateway

#pragma once
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
class AlertStore {
  public:
    explicit AlertStore(SharedDatabase& city) : city_(city) {}

    struct Message {
        std::string id;                  ///< 16 hex of its document's SHA-256
        std::string source;              ///< AlertSource::name, or "operator"
        std::string givenBy, decidedBy;  ///< "" where nobody did
        base::WallTime receivedAt;
        AlertState state = AlertState::Waiting;
        bool trusted = false;  ///< its sender is approved for that source, or a person has approved it
        cap::Alert alert;
    };
    struct Incoming {
        std::string document, source;
        std::string givenBy;  ///< who sends it by hand
        bool trusted = false;
    };
    struct Taken {
        std::string id;
        AlertState state = AlertState::Waiting;
        bool isNew = false;
    };
    /// Waits when it is Extreme or Severe, or would end what came another way or from another sender; in
    /// force at once when trusted, or for neither reason. The same message again changes nothing. Malformed
    /// and TooLarge as cap::Alert::parse, remembered for refused(); Conflict: another text under the same
    /// sender, identifier and time.
    base::Result<Taken> take(const Incoming& incoming, base::WallTime now);

    /// Newest first.
    base::Result<std::vector<Message>> list() const;
    base::Result<std::int64_t> waiting() const;
    /// NotFound; Conflict (detail): "state" when it is not one that waits, "same_person" when who approves is
    /// who gave it.
    base::Result<void> approve(const std::string& id, const std::string& by, base::WallTime now);
    base::Result<void> reject(const std::string& id, const std::string& by, base::WallTime now);
    /// Of one in force.
    base::Result<void> retract(const std::string& id, const std::string& by, base::WallTime now);

    struct Refused {
        std::string source, where, rule;
        base::WallTime at;
    };
    base::Result<std::vector<Refused>> refused() const;  ///< the newest, at most 50
    /// Goes up with whatever is changed by anybody.
    base::Result<std::int64_t> changes() const;

    /// The document published last, "" before the first.
    base::Result<std::string> published() const;
    base::Result<void> publish(const std::string& document);
    /// What ran out or was sent so long ago goes; what ends others stays, or they would come back.
    base::Result<void> forget(base::WallTime before);

  private:
    base::Result<void> decide(const std::string& id, const std::string& by, base::WallTime now,
                              AlertState from, AlertState to);
    base::Result<void> remember(const Incoming& incoming, const base::Problem& problem, base::WallTime now);
    SharedDatabase& city_;
};

}  // namespace tram::gateway

#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/Clock.h"
#include "gateway/connectors/TurnSource.h"
#include "gateway/rating/VisitTokens.h"
#include "gateway/source/Budget.h"
#include "gateway/source/FewAtOnce.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// Offices' queues, by the city's source: asked sparingly, and told as the wire has it. A number that was
/// given is written down (gateway.db) before anybody hears of it, so that the same request gives it again
/// whatever was cut off; nothing says who took it. Any thread.
class TurnHall {
  public:
    static constexpr std::chrono::seconds kFresh{5};
    static constexpr int kMostAtOnce = 16;
    /// Phones that look how many are before them: never in the way of who takes a number.
    static constexpr int kMostPhonesAtOnce = 4;
    /// Numbers of days that are over are forgotten.
    static constexpr std::chrono::hours kKept{48};

    struct Rules {
        int perKioskHour = 30;  ///< nobody empties a queue by script
    };
    struct Parts {
        std::unique_ptr<TurnSource> source;  ///< null: the city has none
        Rules rules;
    };
    /// `visits`: by which a visit may be rated; it outlives the hall. Null: tickets carry none.
    TurnHall(SharedDatabase& city, Parts parts, const VisitTokens* visits)
        : city_(city),
          parts_(std::move(parts)),
          visits_(visits),
          asked_(parts_.rules.perKioskHour, std::chrono::hours(1)) {}

    bool connected() const { return parts_.source != nullptr; }
    TurnSource* source() { return parts_.source.get(); }

    /// Nothing: no such office. ServerFault, fact detail = "source": no answer that can be used.
    base::Result<std::optional<wire::TurnBoard>> board(const std::string& office, base::WallTime now);
    /// Who takes a number: a visit's token is given for the kiosk's own ward alone.
    struct Taker {
        std::string kiosk, ward;
    };
    /// Conflict when the id was used for another desk or by another kiosk; NotFound when the office has no
    /// such desk; TooManyRequests (retry_after_s).
    base::Result<wire::TurnAnswer> take(const Taker& taker, const std::string& office,
                                        const wire::TurnRequest& request, base::WallTime now);
    /// As it is now; what the source does not say is as it was when it was given.
    base::Result<std::optional<wire::TurnTicket>> ticket(const std::string& id, base::WallTime now);
    /// How many of old days went.
    base::Result<std::size_t> sweep(base::WallTime now);

  private:
    struct Seen {
        std::optional<wire::TurnBoard> board;
        base::WallTime at;
    };
    struct Given {
        std::string kiosk, office, desk;
        wire::TurnTicket ticket;
    };
    base::Result<std::optional<Given>> given(const std::string& id);
    base::Result<wire::TurnAnswer> ask(const Taker& taker, const std::string& office,
                                       const wire::TurnRequest& request, const wire::TurnBoard& board,
                                       base::WallTime now);
    std::optional<TurnSource::Now> nowOf(const wire::TurnTicket& ticket, base::WallTime now);
    base::Result<wire::TurnTicket> keep(const Taker& taker, wire::TurnTicket ticket, base::WallTime now);
    void forgetBoard(const std::string& office);

    SharedDatabase& city_;
    Parts parts_;
    const VisitTokens* visits_;
    Budget asked_;                              ///< numbers, by kiosk
    Budget counted_{1, std::chrono::hours(1)};  ///< by request: one that is repeated counts once
    FewAtOnce few_{kMostAtOnce}, phones_{kMostPhonesAtOnce};
    std::mutex mutex_;
    std::map<std::string, Seen> seen_;
    struct Looked {
        std::optional<TurnSource::Now> now;  ///< nothing: the source has not said
        base::WallTime at;
    };
    std::map<std::string, Looked> looked_;  ///< by ticket
};

/// How far ahead an office's day may be.
inline constexpr std::chrono::days kFarthestDay{120};
/// From today to kFarthestDay.
bool isDayToCome(const std::string& day, base::WallTime now);
/// Fits the wire's limits: texts cleaned and cut, what cannot be left out.
void makeTidy(wire::TurnBoard& board, base::WallTime now);
void makeTidy(wire::TurnTicket& ticket);
/// One line of at most 512 bytes.
std::string tidyLine(const std::string& text);

}  // namespace tram::gateway

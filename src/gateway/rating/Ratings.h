#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/rating/RatingKeys.h"
#include "gateway/rating/VisitTokens.h"
#include "gateway/storage/Storage.h"
#include "wire/DossierStatus.h"

namespace SQLite {
class Database;
}

namespace tram::gateway {

/// What people think of offices and of kiosks, in gateway.db: stars and reasons by office and day. Of a
/// dossier or a visit there stands a keyed hash, by which it counts once; what was written stays in its
/// sealed copy alone, for as long as the inbox keeps that (ratingsCsv opens it).
class Ratings {
  public:
    /// A visit is rated on its day; what was kept without a line may come so much later.
    static constexpr std::chrono::days kLate{14};

    struct Rule {
        bool publish = false;     ///< whether averages are told to kiosks and phones
        std::int64_t least = 10;  ///< what is shown changes by so many ratings at least; none below it
    };
    Ratings(SharedDatabase& city, const RatingKeys& keys, Rule rule)
        : city_(city), keys_(keys), visits_(keys), rule_(rule) {}

    struct Times {
        base::WallTime given, received;  ///< as the station says; as we do
    };
    /// What keeps one out, for people: proof, visit, day; "" for nothing.
    std::string judge(const wire::Rating& rating, const Times& times) const;

    /// Whose a rating is, and which envelope holds it.
    struct From {
        std::string envelope, kiosk;
        std::string day;  ///< YYYY-MM-DD in the city
        base::WallTime received;
    };
    /// A judged one, within the transaction that marks its envelope as opened. One whose subject has been
    /// rated before is only counted as repeated: false.
    bool add(SQLite::Database& db, const wire::Rating& rating, const From& from) const;

    /// Of a status that its asker may rate (DossierDesk): what to prove it by, or that it has been rated.
    base::Result<void> offer(wire::DossierStatus& status);

    struct Row {
        std::string about, office, kiosk, day, reasons, envelope;
        int stars = 0;
    };
    base::Result<void> each(const std::function<void(const Row&)>& take);

    struct Average {
        std::int64_t stars = 0, count = 0;  ///< `stars`: of all of them together
        std::string asOf;                   ///< a day
    };
    /// Takes into what is shown of each office those of past hours, where there are enough new ones.
    base::Result<void> close(base::WallTime now);
    /// Of officeKey; nothing while it is not told, or too few have come.
    base::Result<std::optional<Average>> shown(const std::string& office);

    struct Counts {
        std::int64_t dossiers = 0, visits = 0, kiosks = 0, repeated = 0;
    };
    base::Result<Counts> counts();

    const VisitTokens& visits() const { return visits_; }

  private:
    SharedDatabase& city_;
    const RatingKeys& keys_;
    VisitTokens visits_;
    Rule rule_;
    std::atomic<std::int64_t> closedUntil_ = 0;  ///< it changes by the hour only
};

/// What an office is counted under: a ward's five digits, else its name without case and marks. "" for
/// nothing.
std::string officeKey(std::string_view office);

}  // namespace tram::gateway

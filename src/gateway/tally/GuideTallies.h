#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"
#include "wire/GuideTally.h"

namespace SQLite {
class Database;
}

namespace tram::gateway {

/// How it went with guides, in gateway.db: sums alone, by day, ward, group, guide, platform, outcome, help,
/// where it was given and to whom. A row for each action there is only in the inbox, for as long as that
/// keeps it.
class GuideTallies {
  public:
    explicit GuideTallies(SharedDatabase& city) : city_(city) {}

    /// The reason of an opened envelope that was only counted: its action is nowhere else (inbox/Halves.h).
    static constexpr const char* kCounted = "tally";

    /// Counts one, within the transaction that marks its envelope as opened: once, whatever is cut off.
    static void add(SQLite::Database& db, const wire::GuideTally& tally, const std::string& day);

    /// The day it counts for, in Ho Chi Minh City: the station's, unless its clock was ahead, or years
    /// behind.
    static std::string dayOf(const std::string& createdAt, base::WallTime received);

    struct Row {
        std::string day, ward, group, guide, platform, outcome, audience;
        bool helped = false, away = false;
        std::int64_t count = 0, minutes = 0;  ///< `minutes`: of all of them together
    };
    /// By day, of the days from `from` to `until`, both among them; "" for no bound.
    base::Result<void> each(const std::string& from, const std::string& until,
                            const std::function<void(const Row&)>& take);

  private:
    SharedDatabase& city_;
};

/// All of them, a line each.
base::Result<std::string> talliesCsv(GuideTallies& tallies, const std::string& from,
                                     const std::string& until);

}  // namespace tram::gateway

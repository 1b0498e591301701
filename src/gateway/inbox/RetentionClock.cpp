#include "gateway/inbox/RetentionClock.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;

Result<bool> RetentionClock::pass() {
    const auto isHeld = held();
    if (!isHeld) return tl::unexpected(isHeld.error());
    if (*isHeld) return false;
    if (auto noted = note(clock_.wall()); !noted) return tl::unexpected(noted.error());
    return true;
}

Result<bool> RetentionClock::held() {
    return city_.read([&](SQLite::Database& db) -> Result<bool> {
        base::WallTime ran;
        const auto text = db.execAndGet("SELECT value FROM meta WHERE key = 'retention_ran'").getString();
        return base::fromRfc3339(text, ran) && hasLeapt(ran);
    });
}

Result<void> RetentionClock::confirm() {
    return note(clock_.wall());
}

/// Backwards is no leap: it only lets things stay longer.
bool RetentionClock::hasLeapt(base::WallTime ran) const {
    const auto boot = clock_.boot();
    const bool seen = ran_ && ran_->bootId == boot.bootId;
    const auto passed = seen ? boot.sinceBoot - ran_->sinceBoot : base::Millis(0);
    return clock_.wall() - ran > passed + kLeap;
}

Result<void> RetentionClock::note(base::WallTime at) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE meta SET value = ? WHERE key = 'retention_ran'", base::toRfc3339(at));
        ran_ = clock_.boot();
        return {};
    });
}

}  // namespace tram::gateway

#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
}

namespace tram::gateway {

/// How often which errand was run at the stations of a ward, in gateway.db: sums by ward and day alone, which
/// stay when actions go. Guides have sums of their own (GuideTallies.h).
class Errands {
  public:
    /// wire::WardReport::Row::errand of an action of this kind; nothing for one that is not counted here.
    static std::optional<std::string_view> ofKind(std::string_view kind);

    /// One more, within the caller's transaction.
    static void add(SQLite::Database& db, const std::string& ward, const std::string& day,
                    std::string_view errand);
    /// The same for an action, once: one that was opened again (inbox/Halves.h) was counted before.
    static void addOnce(SQLite::Database& db, const std::string& action, const std::string& ward,
                        const std::string& day, std::string_view errand);
};

}  // namespace tram::gateway

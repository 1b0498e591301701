#pragma once
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>
#include <cstdint>

#include "base/Clock.h"

namespace tram::gateway::sql {

/// Values are always bound, never pasted (STANDARDS 22).
template <class... Values>
SQLite::Statement query(SQLite::Database& db, const char* text, const Values&... values) {
    SQLite::Statement statement(db, text);
    if constexpr (sizeof...(values) > 0) SQLite::bind(statement, values...);
    return statement;
}

/// How many rows changed.
template <class... Values>
int exec(SQLite::Database& db, const char* text, const Values&... values) {
    auto statement = query(db, text, values...);
    return statement.exec();
}

inline std::int64_t millis(base::WallTime time) {
    return time.time_since_epoch().count();
}
/// A row may hold anything: within a hundred thousand years, so that counting with it cannot overflow.
inline base::WallTime wall(std::int64_t millis) {
    constexpr std::int64_t kMost = 100'000LL * 366 * 24 * 3600 * 1000;
    return base::WallTime(base::Millis(std::clamp(millis, -kMost, kMost)));
}

}  // namespace tram::gateway::sql

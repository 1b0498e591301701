#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <span>
#include <vector>

#include "outbox/OutboxStore.h"

namespace tram::outbox {

/// outbox.db: its shape, and rows to and from Items. All throw SQLite::Exception.
std::span<const char* const> outboxMigrations();

enum class Envelopes { With, Without };
/// Rows of items `clause` chooses (`WHERE … ORDER BY …`), with `bind` filling its parameters.
std::vector<Item> readItems(SQLite::Database& db, Envelopes envelopes, const std::string& clause,
                            const std::function<void(SQLite::Statement&)>& bind);
std::int64_t insertItem(SQLite::Database& db, const Item& item);

inline std::int64_t toColumn(base::WallTime time) {
    return time.time_since_epoch().count();
}

}  // namespace tram::outbox

#pragma once
#include <functional>
#include <span>
#include <vector>

#include "outbox/OutboxStore.h"
#include "store/Database.h"

namespace tram::outbox {

/// outbox.db: its shape, and rows to and from Items. All throw SQLite::Exception. Their statements stay
/// compiled in the Database: `clause` is one of few texts.
std::span<const char* const> outboxMigrations();

enum class Envelopes { With, Without };
/// Rows of items `clause` chooses (`WHERE … ORDER BY …`), with `bind` filling its parameters.
std::vector<Item> readItems(store::Database& db, Envelopes envelopes, const std::string& clause,
                            const std::function<void(SQLite::Statement&)>& bind);
std::int64_t insertItem(store::Database& db, const Item& item);

inline std::int64_t toColumn(base::WallTime time) {
    return time.time_since_epoch().count();
}

}  // namespace tram::outbox

#pragma once
#include <optional>

#include "gateway/alerts/AlertStore.h"

namespace tram::gateway::alert_rows {

// The table `alerts` (storage/Schema.cpp), for AlertStore.

/// One of those that claim a name.
struct Claim {
    std::string id;
    AlertState state = AlertState::Waiting;
    bool trusted = false, decided = false;
};
std::vector<Claim> claims(SQLite::Database& db, const cap::Reference& name);
bool isForgotten(SQLite::Database& db, const cap::Reference& name);
/// Whether an Update or Cancel names a message that came another way, or from another sender.
bool reachesOver(SQLite::Database& db, const cap::Alert& alert, const std::string& source);
bool isFull(SQLite::Database& db, const AlertStore::Incoming& incoming, const AlertShare& share);
void insert(SQLite::Database& db, const AlertStore::Incoming& incoming, const cap::Alert& alert,
            const AlertStore::Taken& taken, base::WallTime now);
void forget(SQLite::Database& db, const std::string& id);
/// It makes room for `by`, which is told in the list of what was refused.
void replace(SQLite::Database& db, const std::string& id, const std::string& by, base::WallTime now);
/// Whatever a document says, it has changed.
void touch(SQLite::Database& db);

AlertState stateOf(const std::string& text);

}  // namespace tram::gateway::alert_rows

#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string_view>

namespace tram::gateway {

/// What stays of an action whose bytes are gone: hashes of its id and of its bytes, so that it is `replayed`
/// for ever and other bytes under its id are a `conflict`. Neither tells who, what or when.
void rememberForgotten(SQLite::Database& db, std::string_view id, std::string_view bytes);
/// Nothing when no action of that id was forgotten.
std::optional<bool> sameAsForgotten(SQLite::Database& db, std::string_view id, std::string_view bytes);

}  // namespace tram::gateway

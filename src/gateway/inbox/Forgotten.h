#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string_view>

namespace tram::gateway {

/// What stays of an action whose bytes are gone: hashes of its id and of its bytes, so that it is `replayed`
/// for ever and other bytes under its id are a `conflict`. Neither tells who, what or when.
/// `erased`: its report went with it, and must not come back out of an older reports.db.
void rememberForgotten(SQLite::Database& db, std::string_view id, std::string_view bytes, bool erased);
/// The same, of one whose bytes had gone before its report; nothing when it was not forgotten.
void rememberErased(SQLite::Database& db, std::string_view id);
class ForgottenReports {
  public:
    explicit ForgottenReports(SQLite::Database& db);
    /// Nothing when no action of that id was forgotten; false when only its bytes were.
    std::optional<bool> wasErased(std::string_view id);

  private:
    SQLite::Statement row_;
};
/// Nothing when no action of that id was forgotten.
std::optional<bool> sameAsForgotten(SQLite::Database& db, std::string_view id, std::string_view bytes);

}  // namespace tram::gateway

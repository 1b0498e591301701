#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/Result.h"

namespace tram::store {

/// A compiled statement on loan: given back as if it had never run, so that nothing of it holds a snapshot
/// open or keeps what was bound. One loan of a statement at a time.
class Prepared {
  public:
    explicit Prepared(SQLite::Statement& statement) : statement_(statement) {}
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    ~Prepared() {
        statement_.tryReset();
        statement_.clearBindings();  // cannot fail
    }
    SQLite::Statement& operator*() const { return statement_; }
    SQLite::Statement* operator->() const { return &statement_; }

  private:
    SQLite::Statement& statement_;
};

/// SQLite as every store of ours wants it: WAL, synchronous=FULL, foreign_keys, trusted_schema=OFF, patience
/// with other writers (STANDARDS 5), mode 0600, and a schema version that only goes up.
class Database {
  public:
    /// Migration n brings user_version from n to n+1; each runs in one transaction.
    using Migrations = std::span<const char* const>;
    static base::Result<Database> open(const std::filesystem::path& path, Migrations migrations);

    SQLite::Database& raw() { return *db_; }
    /// Compiled at its first use and kept. Throws SQLite::Exception.
    Prepared prepared(std::string_view sql);
    /// Runs `work` in BEGIN IMMEDIATE … COMMIT; rolls back on a Problem or exception. SQLite's own exceptions
    /// come back as Problems (DiskFull, StoreReadOnly, also when writing fails, FileUnreadable, StoreDamaged,
    /// StoreBusy, else Internal). With the fact "undecided" a later crash may still make the work stand.
    base::Result<void> transaction(const std::function<base::Result<void>()>& work);
    /// Runs `work`, turning SQLite::Exception into a Problem.
    static base::Result<void> guarded(const std::function<void()>& work);
    base::Result<void> quickCheck();

  private:
    explicit Database(std::unique_ptr<SQLite::Database> db) : db_(std::move(db)) {}
    std::unique_ptr<SQLite::Database> db_;
    std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> statements_;  // gone before db_
};

}  // namespace tram::store

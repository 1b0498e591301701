#include "gateway/demo/DemoNotifier.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;

namespace {

constexpr const char* kNotices[] = {R"sql(
CREATE TABLE sent (
    serial INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL,
    template TEXT NOT NULL, text TEXT NOT NULL
);
)sql"};

}  // namespace

Result<std::unique_ptr<DemoNotifier>> DemoNotifier::open(const std::filesystem::path& file,
                                                         const base::Clock& clock) {
    auto db = SharedDatabase::open(file, kNotices);
    if (!db) return tl::unexpected(db.error());
    return std::unique_ptr<DemoNotifier>(new DemoNotifier(std::move(*db), clock));
}

Result<void> DemoNotifier::send(const Notice& notice) {
    return db_->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, R"sql(INSERT OR IGNORE INTO sent (id, at, channel, recipient, template, text)
            VALUES (?, ?, ?, ?, ?, ?))sql",
                  notice.id, base::toRfc3339(clock_.wall()), std::string(wire::name(notice.channel)),
                  notice.to.reveal(), notice.templateId, notice.text);
        return {};
    });
}

Result<std::vector<DemoNotifier::Sent>> DemoNotifier::sent() {
    return db_->read([&](SQLite::Database& db) -> Result<std::vector<Sent>> {
        std::vector<Sent> all;
        auto row = sql::query(db, "SELECT at, channel, recipient, template, text FROM sent ORDER BY serial");
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        while (row.executeStep()) all.push_back({text(0), text(1), text(2), text(3), text(4)});
        return all;
    });
}

}  // namespace tram::gateway

#include "pack/PackFile.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <charconv>
#include <limits>
#include <sstream>

#include "pack/PackRows.h"
#include "pack/PackSchema.h"
#include "pack/Vocabulary.h"
#include "store/Database.h"
#include "store/ReadOnly.h"

namespace tram::pack {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

/// What SQLite notes of a schema, one statement a line; ANALYZE's tables are its own.
std::string shapeOf(SQLite::Database& db) {
    SQLite::Statement rows(
        db,
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT "
        "LIKE 'sqlite_stat%' ORDER BY name");
    std::string shape;
    while (rows.executeStep()) shape += rows.getColumn(0).getString() + '\n';
    return shape;
}

/// A trigger, a view or another table in a file that two people signed would be run by our own queries.
Result<void> checkShape(SQLite::Database& db) {
    if (db.execAndGet("PRAGMA application_id").getInt() != kPackApplication)
        return fail(ProblemKind::Malformed, {{"detail", "application_id"}});
    const int version = db.execAndGet("PRAGMA user_version").getInt();
    if (version > kPackVersion)
        return fail(ProblemKind::StoreTooNew, {{"expected", std::to_string(kPackVersion)}});
    if (version < kPackVersion) return fail(ProblemKind::Malformed, {{"detail", "version"}});
    SQLite::Database model(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    model.exec(std::string(kPackSchema));
    if (shapeOf(db) != shapeOf(model)) return fail(ProblemKind::Malformed, {{"detail", "schema"}});
    return {};
}

std::string aboutValue(SQLite::Database& db, const char* name) {
    SQLite::Statement row(db, "SELECT value FROM about WHERE name = ?");
    row.bind(1, name);
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
}

PackAbout readAbout(SQLite::Database& db) {
    return {aboutValue(db, "name"), aboutValue(db, "source"), aboutValue(db, "as_of")};
}

std::set<std::string> readListedBy(SQLite::Database& db) {
    std::set<std::string> fields;
    std::istringstream lines(aboutValue(db, "listed_by"));
    for (std::string line; std::getline(lines, line);) fields.insert(line);
    return fields;
}

/// Of a pack that does not say, the order is all that is known.
std::size_t readPopular(SQLite::Database& db) {
    const auto text = aboutValue(db, "popular");
    std::size_t popular = std::numeric_limits<std::size_t>::max();
    std::from_chars(text.data(), text.data() + text.size(), popular);
    return popular;
}

/// Ranks are counted from 1 without a gap, and sets of them are as large as the greatest: a spoilt one must
/// not decide that.
Result<std::size_t> countRanks(SQLite::Database& db) {
    constexpr std::int64_t kMost = 10'000'000;
    SQLite::Statement row(db, "SELECT count(*), coalesce(min(rank), 1), coalesce(max(rank), 0) FROM entries");
    row.executeStep();
    const auto count = row.getColumn(0).getInt64();
    if (count > kMost || row.getColumn(1).getInt64() != 1 || row.getColumn(2).getInt64() != count)
        return fail(ProblemKind::Malformed, {{"detail", "rank"}});
    return static_cast<std::size_t>(count);
}

}  // namespace

PackFile::PackFile(std::unique_ptr<SQLite::Database> db) : db_(std::move(db)) {}
PackFile::PackFile(PackFile&&) noexcept = default;
PackFile& PackFile::operator=(PackFile&&) noexcept = default;
PackFile::~PackFile() = default;

namespace {

/// Which of several files it is, is for people to know.
tl::unexpected<base::Problem> ofFile(base::Problem problem, const std::filesystem::path& path) {
    if (problem.kind == ProblemKind::Malformed) problem.facts.emplace_back("key", "pack");
    if (problem.fact("path").empty()) problem.facts.emplace_back("path", path.string());
    return tl::unexpected(std::move(problem));
}

}  // namespace

Result<PackFile> PackFile::open(const std::filesystem::path& path) {
    Result<PackFile> opened = fail(ProblemKind::FileMissing, {{"path", path.string()}});
    if (!std::filesystem::exists(path)) return opened;
    auto read = store::Database::guarded([&] {
        PackFile file(std::make_unique<SQLite::Database>(store::openImmutable(path)));
        store::refuseLongValues(*file.db_);
        if (auto shape = checkShape(*file.db_); !shape)
            opened = tl::unexpected(shape.error());
        else {
            file.about_ = readAbout(*file.db_);
            file.listedBy_ = readListedBy(*file.db_);
            file.popular_ = readPopular(*file.db_);
            const auto size = countRanks(*file.db_);
            if (!size) return void(opened = tl::unexpected(size.error()));
            file.size_ = *size;
            opened = std::move(file);
        }
    });
    if (!read && read.error().kind == ProblemKind::StoreDamaged)
        return ofFile({ProblemKind::Malformed, {{"detail", std::string(read.error().fact("detail"))}}}, path);
    if (!read) return ofFile(std::move(read.error()), path);
    if (!opened) return ofFile(std::move(opened.error()), path);
    return opened;
}

std::optional<Entry> PackFile::entry(std::string_view kind, std::string_view id) const {
    SQLite::Statement row(*db_, entriesWhere("kind = ? AND id = ?"));
    row.bind(1, std::string(kind));
    row.bind(2, std::string(id));
    if (!row.executeStep()) return std::nullopt;
    return readEntry(row);
}

/// One after the other by the index: counting would read all of it.
std::vector<std::string> PackFile::kinds() const {
    std::vector<std::string> all;
    SQLite::Statement next(*db_, "SELECT min(kind) FROM entries WHERE kind > ?");
    for (std::string last;; all.push_back(last)) {
        next.bind(1, last);
        if (!next.executeStep() || next.getColumn(0).isNull()) return all;
        last = next.getColumn(0).getString();
        next.reset();
    }
}

std::int64_t PackFile::count(std::string_view kind) const {
    return count(ListQuery{.kind = std::string(kind)});
}

const Vocabulary& PackFile::vocabulary() const {
    if (!vocabulary_) vocabulary_ = std::make_unique<Vocabulary>(*db_);
    return *vocabulary_;
}

void PackFile::each(const std::function<void(Entry)>& take) const {
    SQLite::Statement rows(*db_, entriesWhere("true ORDER BY kind, id"));
    while (rows.executeStep()) take(readEntry(rows));
}

}  // namespace tram::pack

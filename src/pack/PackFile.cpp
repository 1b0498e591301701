#include "pack/PackFile.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "pack/PackRows.h"
#include "pack/PackSchema.h"
#include "pack/RankSet.h"
#include "pack/Vocabulary.h"
#include "pack/WordSets.h"
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

PackAbout readAbout(SQLite::Database& db) {
    const auto value = [&](const char* name) {
        SQLite::Statement row(db, "SELECT value FROM about WHERE name = ?");
        row.bind(1, name);
        return row.executeStep() ? row.getColumn(0).getString() : std::string();
    };
    return {value("name"), value("source"), value("as_of")};
}

/// Asked for a member of what is no JSON, SQLite would end the whole question.
const std::string kFields = "iif(json_valid(fields), fields, '{}')";

std::string where(const ListQuery& query) {
    std::string sql = "kind = ? AND (? = '' OR ward = ?)";
    for (std::size_t at = 0; at < query.only.size(); ++at) sql += " AND json_extract(" + kFields + ", ?) = ?";
    if (query.notBefore) sql += " AND coalesce(json_extract(" + kFields + ", ?) >= ?, true)";
    return sql;
}

/// The values that `where` has left open; the next one's number.
int bindWhere(SQLite::Statement& row, const ListQuery& query) {
    int at = 0;
    const auto bind = [&](const std::string& value) { row.bind(++at, value); };
    const auto member = [&](const ListQuery::Is& is) {
        bind("$." + is.field);
        bind(is.value);
    };
    bind(query.kind);
    bind(query.ward);
    bind(query.ward);
    for (const auto& is : query.only) member(is);
    if (query.notBefore) member(*query.notBefore);
    return at + 1;
}

std::string orderBy(const ListQuery& query) {
    if (!query.order) return "";
    return "json_extract(" + kFields + ", ?) " + (query.order->latest ? "DESC" : "ASC") + " NULLS LAST, ";
}

/// All of a kind with its distance, nearest first. The list of a kind is some thousands at most, and a pack
/// has no index that gives them in order from any place.
std::vector<PackFile::Listed> byDistance(SQLite::Database& db, const ListQuery& query) {
    struct Ranked {
        double metres;
        std::size_t rank;
        auto operator<=>(const Ranked&) const = default;
    };
    std::vector<Ranked> all;
    SQLite::Statement rows(db, "SELECT rank, latitude, longitude FROM entries WHERE " + where(query));
    bindWhere(rows, query);
    while (rows.executeStep())
        all.push_back(
            {rows.getColumn(1).isNull()
                 ? std::numeric_limits<double>::infinity()
                 : metresBetween(*query.from, {rows.getColumn(1).getDouble(), rows.getColumn(2).getDouble()}),
             static_cast<std::size_t>(rows.getColumn(0).getInt64())});
    const auto first = std::min(query.offset, all.size());
    const auto last = first + std::min(query.limit, all.size() - first);
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(last));
    std::vector<PackFile::Listed> page;
    Entries entries(db);
    for (auto at = first; at < last; ++at) {
        std::optional<double> metres;
        if (std::isfinite(all[at].metres)) metres = all[at].metres;
        page.push_back({entries.at(all[at].rank), metres});
    }
    return page;
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

std::int64_t PackFile::count(std::string_view kind) const {
    return count(ListQuery{.kind = std::string(kind)});
}

std::int64_t PackFile::count(const ListQuery& query) const {
    SQLite::Statement row(*db_, "SELECT count(*) FROM entries WHERE " + where(query));
    bindWhere(row, query);
    row.executeStep();
    return row.getColumn(0).getInt64();
}

std::vector<PackFile::Listed> PackFile::list(const ListQuery& query) const {
    if (query.from && !query.order) return byDistance(*db_, query);
    SQLite::Statement rows(
        *db_, entriesWhere(where(query) + " ORDER BY " + orderBy(query) + "rank LIMIT ? OFFSET ?"));
    int next = bindWhere(rows, query);
    if (query.order) rows.bind(next++, "$." + query.order->field);
    rows.bind(next, static_cast<std::int64_t>(query.limit));
    rows.bind(next + 1, static_cast<std::int64_t>(query.offset));
    std::vector<Listed> page;
    while (rows.executeStep()) {
        auto entry = readEntry(rows);
        std::optional<double> metres;
        if (query.from && entry.place) metres = metresBetween(*query.from, *entry.place);
        page.push_back({std::move(entry), metres});
    }
    return page;
}

RankSet PackFile::ranks(const ListQuery& query) const {
    if (query.ward.empty() && query.only.empty() && !query.notBefore)
        return WordSets(*db_, size_).of(kindWord(query.kind));
    RankSet set(size_);
    SQLite::Statement rows(*db_, "SELECT rank FROM entries WHERE " + where(query));
    bindWhere(rows, query);
    while (rows.executeStep())
        if (const auto rank = static_cast<std::size_t>(rows.getColumn(0).getInt64()); rank <= size_)
            set.add(rank);
    return set;
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

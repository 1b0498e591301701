// Lists of a kind, narrowed and in order. What they go by stands in the pack as sets, by field and text; in a
// pack of before it does not, and each row's JSON is read for it.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <limits>

#include "pack/PackFile.h"
#include "pack/PackRows.h"
#include "pack/PackSchema.h"
#include "pack/RankSet.h"
#include "pack/WordSets.h"

namespace tram::pack {

namespace {

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
    const auto member = [&](const FieldIs& is) {
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

/// By their JSON.
std::vector<std::size_t> ranksWhere(SQLite::Database& db, const ListQuery& query, bool inOrder) {
    SQLite::Statement rows(db, "SELECT rank FROM entries WHERE " + where(query) +
                                   (inOrder ? " ORDER BY " + orderBy(query) + "rank LIMIT ? OFFSET ?" : ""));
    int next = bindWhere(rows, query);
    if (inOrder) {
        if (query.order) rows.bind(next++, "$." + query.order->field);
        rows.bind(next, static_cast<std::int64_t>(query.limit));
        rows.bind(next + 1, static_cast<std::int64_t>(query.offset));
    }
    std::vector<std::size_t> ranks;
    while (rows.executeStep()) ranks.push_back(static_cast<std::size_t>(rows.getColumn(0).getInt64()));
    return ranks;
}

/// Of all words from `first` on and before `end`.
template <class Take>
void eachRank(SQLite::Database& db, const std::string& first, const std::string& end, bool latest,
              std::size_t size, Take take) {
    SQLite::Statement rows(db, latest
                                   ? "SELECT ranks FROM words WHERE word >= ? AND word < ? ORDER BY word DESC"
                                   : "SELECT ranks FROM words WHERE word >= ? AND word < ? ORDER BY word");
    rows.bind(1, first);
    rows.bind(2, end);
    for (bool more = true; more && rows.executeStep();) {
        const auto bytes = rows.getColumn(0);
        RankSet::each({static_cast<const char*>(bytes.getBlob()), static_cast<std::size_t>(bytes.getBytes())},
                      size, [&](std::size_t rank) { more = take(rank); });
    }
}

/// Behind all words that begin so.
std::string behind(std::string word) {
    return word += "\U0010FFFF";
}

void keepPage(std::vector<std::size_t>& ranks, const ListQuery& query) {
    const auto first = std::min(query.offset, ranks.size());
    const auto last = first + std::min(query.limit, ranks.size() - first);
    ranks = {ranks.begin() + static_cast<std::ptrdiff_t>(first),
             ranks.begin() + static_cast<std::ptrdiff_t>(last)};
}

}  // namespace

bool PackFile::hasFieldsOf(const ListQuery& query) const {
    const auto has = [&](const std::string& field) {
        return listedBy_.contains(fieldWord(query.kind, field));
    };
    return std::ranges::all_of(query.only, has, &FieldIs::field) &&
           (!query.notBefore || has(query.notBefore->field)) && (!query.order || has(query.order->field));
}

std::int64_t PackFile::count(const ListQuery& query) const {
    return static_cast<std::int64_t>(ranks(query).count());
}

RankSet PackFile::ranks(const ListQuery& query) const {
    RankSet set(size_);
    const auto add = [&](const ListQuery& asked) {
        for (const auto rank : ranksWhere(*db_, asked, false))
            if (rank <= size_) set.add(rank);
    };
    if (!hasFieldsOf(query)) return add(query), set;
    WordSets words(*db_, size_);
    if (query.ward.empty())
        set = words.of(kindWord(query.kind));
    else
        add({.kind = query.kind, .ward = query.ward});
    for (const auto& is : query.only) set &= words.of(fieldWord(query.kind, is.field) + is.value);
    if (!query.notBefore) return set;
    const auto word = fieldWord(query.kind, query.notBefore->field);
    eachRank(*db_, word, word + query.notBefore->value, false, size_, [&](std::size_t rank) {
        set.remove(rank);
        return true;
    });
    return set;
}

/// As far as the page goes; what has no date is what is left behind all that have one.
std::vector<std::size_t> PackFile::byDate(RankSet wanted, const ListQuery& query) const {
    std::vector<std::size_t> ranks;
    const auto end = query.offset + query.limit;
    const auto word = fieldWord(query.kind, query.order->field);
    eachRank(*db_, word, behind(word), query.order->latest, size_, [&](std::size_t rank) {
        if (wanted.has(rank)) ranks.push_back(rank);
        wanted.remove(rank);
        return ranks.size() < end;
    });
    if (ranks.size() < end) std::ranges::copy(wanted.first(end - ranks.size()), std::back_inserter(ranks));
    return ranks;
}

/// All of a kind with its distance, nearest first. The list of a kind is some thousands at most, and a pack
/// has no index that gives them in order from any place.
std::vector<std::size_t> PackFile::byDistance(const ListQuery& query, const RankSet& wanted) const {
    std::vector<std::pair<double, std::size_t>> all;
    SQLite::Statement rows(*db_, "SELECT rank, latitude, longitude FROM entries WHERE kind = ?");
    rows.bind(1, query.kind);
    while (rows.executeStep()) {
        const auto rank = static_cast<std::size_t>(rows.getColumn(0).getInt64());
        if (!wanted.has(rank)) continue;
        const bool placed = !rows.getColumn(1).isNull();
        all.emplace_back(placed ? metresBetween(*query.from, {rows.getColumn(1).getDouble(),
                                                              rows.getColumn(2).getDouble()})
                                : std::numeric_limits<double>::infinity(),
                         rank);
    }
    const auto end = std::min(query.offset + query.limit, all.size());
    std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<std::size_t> ranks;
    for (std::size_t at = 0; at < end; ++at) ranks.push_back(all[at].second);
    return ranks;
}

std::vector<PackFile::Listed> PackFile::list(const ListQuery& query) const {
    std::vector<std::size_t> ranks;
    const bool near = query.from && !query.order, sets = hasFieldsOf(query);
    if (near)
        ranks = byDistance(query, this->ranks(query));
    else if (sets)
        ranks = query.order ? byDate(this->ranks(query), query)
                            : this->ranks(query).first(query.offset + query.limit);
    else
        ranks = ranksWhere(*db_, query, true);
    if (near || sets) keepPage(ranks, query);
    std::vector<Listed> page;
    Entries entries(*db_);
    for (const auto rank : ranks) {
        auto entry = entries.at(rank);
        std::optional<double> metres;
        if (query.from && entry.place) metres = metresBetween(*query.from, *entry.place);
        page.push_back({std::move(entry), metres, rank <= popular_});
    }
    return page;
}

}  // namespace tram::pack

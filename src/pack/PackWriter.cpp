#include "pack/PackWriter.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/VietnameseText.h"
#include "pack/PackSchema.h"
#include "pack/PlaceFile.h"
#include "pack/RankSet.h"
#include "pack/SearchWords.h"
#include "pack/Slips.h"
#include "store/Database.h"

namespace tram::pack {

using base::fail;
using base::ProblemKind;
using base::Result;
namespace fs = std::filesystem;

namespace {

/// Popular ones first, then by title; what is equal stands in a fixed order.
void putInOrder(std::vector<Entry>& entries) {
    std::vector<std::pair<std::string, Entry>> named;
    for (auto& entry : entries) named.emplace_back(base::sortKey(entry.title), std::move(entry));
    std::ranges::sort(named, [](const auto& a, const auto& b) {
        return std::tie(b.second.popularity, a.second.kind, a.first, a.second.id) <
               std::tie(a.second.popularity, b.second.kind, b.first, b.second.id);
    });
    for (std::size_t at = 0; at < named.size(); ++at) entries[at] = std::move(named[at].second);
}

Result<void> checkNames(const std::vector<Entry>& entries) {
    std::set<std::pair<std::string_view, std::string_view>> names;
    for (const auto& entry : entries)
        if (!names.emplace(entry.kind, entry.id).second)
            return fail(ProblemKind::Conflict, {{"kind", entry.kind}, {"id", entry.id}});
    return {};
}

std::set<std::string> wordsOf(const Entry& entry) {
    std::set<std::string> words;
    for (const auto& text : {entry.title, entry.alsoFoundBy})
        for (auto& word : indexWords(text)) words.insert(std::move(word));
    words.insert(kindWord(entry.kind));
    if (entry.place)
        for (const auto& grid : {kFine, kCoarse}) words.insert(squareWord(grid, *entry.place));
    return words;
}

/// Not numbers, nor what has too few letters.
bool hasDeletions(std::string_view word) {
    return word.size() >= 3 && std::ranges::none_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Box> boxAround(const Entry& entry) {
    auto box = boxOf(entry.area);
    if (!entry.place) return box;
    if (!box)
        return Box{entry.place->latitude, entry.place->longitude, entry.place->latitude,
                   entry.place->longitude};
    box->widen(*entry.place);
    return box;
}

class Writer {
  public:
    explicit Writer(const fs::path& path) : db_(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
        // Nobody reads it before it is whole: no journal, and one write of the whole at the end.
        db_.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096");
        db_.exec("PRAGMA application_id = " + std::to_string(kPackApplication));
        db_.exec("PRAGMA user_version = " + std::to_string(kPackVersion));
        db_.exec(std::string(kPackSchema));
    }
    void write(const PackAbout& about, const std::vector<Entry>& entries, const ListedBy& listedBy) {
        db_.exec("BEGIN");
        writeAbout(about);
        writeEntries(entries);
        writeListed(listedBy, entries);
        writeWords(entries.size());
        db_.exec("COMMIT; ANALYZE; VACUUM");
    }

  private:
    void writeAbout(const PackAbout& about) {
        SQLite::Statement row(db_, "INSERT INTO about VALUES(?, ?)");
        for (const auto& [name, value] :
             {std::pair("name", about.name), {"source", about.source}, {"as_of", about.asOf}})
            run(row, name, value);
    }
    /// The texts of these fields, as words.
    void writeListed(const ListedBy& listedBy, const std::vector<Entry>& entries) {
        std::string listed;
        SQLite::Statement rows(db_,
                               "SELECT rank, json_extract(fields, ?1) FROM entries WHERE kind = ?2 AND "
                               "json_valid(fields) AND json_type(fields, ?1) = 'text' ORDER BY rank");
        for (const auto& [kind, field] : listedBy) {
            const auto word = fieldWord(kind, field);
            listed += word + '\n';
            rows.bind(1, "$." + field);
            rows.bind(2, kind);
            while (rows.executeStep())
                ranks_[word + rows.getColumn(1).getString()].push_back(
                    static_cast<std::size_t>(rows.getColumn(0).getInt64()));
            rows.reset();
        }
        const auto popular =
            std::ranges::count_if(entries, [](const Entry& one) { return one.popularity > 0; });
        SQLite::Statement row(db_, "INSERT INTO about VALUES(?, ?)");
        run(row, "listed_by", listed);
        run(row, "popular", std::to_string(popular));
    }
    void writeEntries(const std::vector<Entry>& entries) {
        SQLite::Statement row(db_, "INSERT INTO entries VALUES(?, ?, ?, ?, ?, ?, ?, ?)"),
            area(db_, "INSERT INTO areas VALUES(?, ?)"), box(db_, "INSERT INTO boxes VALUES(?, ?, ?, ?, ?)");
        std::int64_t rank = 0;
        for (const auto& entry : entries) {
            writeRow(row, ++rank, entry);
            if (!entry.area.empty()) writeArea(area, rank, entry.area);
            if (const auto at = boxAround(entry)) run(box, rank, at->south, at->north, at->west, at->east);
            for (const auto& word : wordsOf(entry)) ranks_[word].push_back(static_cast<std::size_t>(rank));
        }
    }
    void writeRow(SQLite::Statement& row, std::int64_t rank, const Entry& entry) {
        row.bind(1, rank);
        row.bind(2, entry.kind);
        row.bind(3, entry.id);
        row.bind(4, entry.title);
        row.bind(5, entry.ward);
        if (entry.place) {
            row.bind(6, entry.place->latitude);
            row.bind(7, entry.place->longitude);
        }
        row.bind(8, entry.fields);
        row.exec();
        row.reset();
        row.clearBindings();
    }
    static void writeArea(SQLite::Statement& row, std::int64_t rank, const Area& area) {
        const auto shape = toBytes(area);
        row.bind(1, rank);
        row.bind(2, shape.data(), static_cast<int>(shape.size()));
        row.exec();
        row.reset();
    }
    void writeWords(std::size_t size) {
        SQLite::Statement row(db_, "INSERT INTO words VALUES(?, ?, ?)");
        SQLite::Statement shorter(db_, "INSERT INTO deletions VALUES(?, ?)");
        std::map<std::string, RankSet> beginnings;
        for (const auto& [word, ranks] : ranks_) {
            RankSet set(size);
            for (const auto rank : ranks) set.add(rank);
            row.bind(1, word);
            row.bind(2, static_cast<std::int64_t>(ranks.size()));
            runWithBytes(row, 3, set);
            if (isMark(word)) continue;
            for (std::size_t letters = 1; letters <= std::min(kLongestBeginning, word.size()); ++letters)
                beginnings.try_emplace(word.substr(0, letters), size).first->second |= set;
            if (hasDeletions(word))
                for (const auto& one : deletions(word)) run(shorter, one, word);
        }
        SQLite::Statement beginning(db_, "INSERT INTO beginnings VALUES(?, ?)");
        for (const auto& [letters, set] : beginnings) {
            beginning.bind(1, letters);
            runWithBytes(beginning, 2, set);
        }
    }
    static void runWithBytes(SQLite::Statement& statement, int at, const RankSet& set) {
        const auto bytes = set.toBytes();
        statement.bind(at, bytes.data(), static_cast<int>(bytes.size()));
        statement.exec();
        statement.reset();
    }
    template <typename... Values>
    static void run(SQLite::Statement& statement, const Values&... values) {
        int at = 0;
        (statement.bind(++at, values), ...);
        statement.exec();
        statement.reset();
    }

    SQLite::Database db_;
    std::map<std::string, std::vector<std::size_t>> ranks_;
};

}  // namespace

Result<void> writePack(const fs::path& path, const PackAbout& about, std::vector<Entry> entries,
                       ListedBy listedBy) {
    if (auto distinct = checkNames(entries); !distinct) return distinct;
    putInOrder(entries);
    std::ranges::sort(listedBy);
    listedBy.erase(std::unique(listedBy.begin(), listedBy.end()), listedBy.end());
    auto unfinished = path;
    unfinished += ".new";
    std::error_code absent;
    fs::remove(unfinished, absent);
    auto written = store::Database::guarded([&] { Writer(unfinished).write(about, entries, listedBy); });
    if (!written && written.error().fact("path").empty())
        written.error().facts.emplace_back("path", path.string());
    if (!written) return written;
    return placeFile(unfinished, path);
}

}  // namespace tram::pack

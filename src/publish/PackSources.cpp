#include "publish/PackSources.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/Clock.h"
#include "base/Files.h"
#include "publish/EntryMaker.h"
#include "publish/FeedSource.h"
#include "publish/GeoJsonSource.h"
#include "publish/GtfsSource.h"
#include "publish/SurveySource.h"
#include "publish/TableSource.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::publish {

namespace {

using base::Result;
using wire::Members;

constexpr std::size_t kMaxAbout = 64 * 1024, kMaxSource = 64u << 20, kMaxFeedFile = 256u << 20;

struct Source {
    std::string kind, file;
    std::map<std::string, std::string> same;  ///< columns that are the same in every row
    std::string gtfs, table, title;           ///< instead of a file
};

struct Order {
    pack::PackAbout about;
    std::vector<Source> sources;
};

/// A name in the folder itself: pack.json may come from somebody else.
bool isFileName(std::string_view text) {
    return !text.empty() && !text.starts_with('.') && text.find('/') == text.npos;
}

bool isGtfsTable(std::string_view text) {
    return text == "stops" || text == "routes";
}

void readFeedSource(Members& members, Source& source) {
    source.gtfs = members.text("gtfs", 200, isFileName);
    source.table = members.text("table", 20, isGtfsTable);
    if (source.table == "routes" && members.has("title")) source.title = members.text("title", 100);
}

Source readSource(const nlohmann::json& value, Members& parent) {
    Members members(value);
    Source source;
    source.kind = members.text("kind", 64, wire::isSlug);
    if (members.has("gtfs"))
        readFeedSource(members, source);
    else
        source.file = members.text("file", 200, isFileName);
    if (members.has("same"))
        for (const auto& [column, cell] : members.object("same").items())
            cell.is_string() ? void(source.same[column] = cell) : members.refuse("same");
    parent.adopt(members.finish());
    return source;
}

/// The day here; Vietnam has had one time since 1975.
std::chrono::sys_days dayOfAbout(const pack::PackAbout& about) {
    base::WallTime at{};
    base::fromRfc3339(about.asOf, at);
    return std::chrono::floor<std::chrono::days>(at + std::chrono::hours(7));
}

using Read = Table (*)(std::string_view, const std::string&, Faults&);
Read readerOf(const std::string& file) {
    if (file.ends_with(".geojson")) return readGeoJson;
    if (file.ends_with(".json")) return readSurvey;
    return file.ends_with(".xml") ? readFeed : readTable;
}

/// A column that a source has and the order too would be told twice.
void addColumns(Table& table, const Source& source) {
    for (const auto& [column, cell] : source.same) {
        table.columns.push_back(column);
        for (auto& row : table.rows) row.cells[column] = cell;
    }
}

Result<Order> parseOrder(const std::string& text) {
    const auto parsed = strict::parseJson(text, kMaxAbout);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    Order order;
    order.about = {members.text("name", 64, wire::isSlug), members.text("source", 200, wire::isNotEmpty),
                   members.text("as_of", 40, wire::isRfc3339)};
    for (const auto& item : members.array("sources", 1, 200))
        order.sources.push_back(readSource(item, members));
    return members.finish().map([&] { return std::move(order); });
}

class Collector {
  public:
    Collector(const std::filesystem::path& dir, const catalogue::Catalogue& catalogue,
              const content::WardDirectory& wards)
        : dir_(dir), catalogue_(catalogue), wards_(wards) {}

    Result<Collected> collect() {
        const auto path = dir_ / "pack.json";
        auto order = base::readFile(path, kMaxAbout).and_then(parseOrder);
        if (!order) return withPath(std::move(order.error()), path);
        collected_.about = order->about;
        for (const auto& source : order->sources)
            if (!source.title.empty()) titles_.emplace(source.gtfs, source.title);
        for (const auto& source : order->sources)
            if (auto read = take(source); !read) return tl::unexpected(read.error());
        for (const auto& made : makers_) addListedBy(*catalogue_.kind(made.first));
        return std::move(collected_);
    }

  private:
    static tl::unexpected<base::Problem> withPath(base::Problem problem, const std::filesystem::path& path) {
        if (problem.fact("path").empty()) problem.facts.emplace_back("path", path.string());
        return tl::unexpected(std::move(problem));
    }

    Result<void> take(const Source& source) {
        const auto* kind = catalogue_.kind(source.kind);
        if (!kind) return tell(collected_.faults, {"pack.json", 0, source.kind, "kind"}), Result<void>();
        const auto name = source.gtfs.empty() ? source.file : source.gtfs + '/' + source.table + ".txt";
        return tableOf(source).map([&](Table table) {
            if (!table.columns.empty()) addColumns(table, source);
            add(*kind, table, name);
        });
    }

    Result<Table> tableOf(const Source& source) {
        if (!source.gtfs.empty()) return tableOfFeed(source);
        return read(source.file, kMaxSource).map([&](const std::string& bytes) {
            return readerOf(source.file)(bytes, source.file, collected_.faults);
        });
    }

    /// A feed is read once for both of its tables.
    Result<Table> tableOfFeed(const Source& source) {
        auto found = feeds_.find(source.gtfs);
        if (found == feeds_.end()) {
            const auto files = [&](const std::string& name) {
                return read(source.gtfs + '/' + name, kMaxFeedFile);
            };
            const auto& title = titles_[source.gtfs];
            auto feed = readGtfs(files, source.gtfs, title.empty() ? "{short} {long}" : title,
                                 dayOfAbout(collected_.about), collected_.faults);
            if (!feed) return tl::unexpected(feed.error());
            found = feeds_.emplace(source.gtfs, std::move(*feed)).first;
        }
        return source.table == "stops" ? found->second.stops : found->second.routes;
    }

    Result<std::string> read(const std::string& file, std::size_t most) const {
        auto bytes = base::readFile(dir_ / file, most);
        if (!bytes) return withPath(std::move(bytes.error()), dir_ / file);
        return bytes;
    }

    /// Of a table that has not the right columns every row would be told.
    void add(const catalogue::Kind& kind, const Table& table, const std::string& file) {
        auto& maker = makers_.try_emplace(kind.id, kind, wards_).first->second;
        const auto before = collected_.faults.size();
        if (!table.columns.empty()) maker.checkColumns(table.columns, file, collected_.faults);
        if (collected_.faults.size() > before) return;
        for (const auto& row : table.rows)
            if (auto entry = maker.make(row, file, collected_.faults))
                collected_.entries.push_back(std::move(*entry));
        table.tellPlaces(collected_.faults, before);
    }

    void addListedBy(const catalogue::Kind& kind) {
        auto fields = kind.filters;
        if (kind.order) fields.push_back(kind.order->field);
        if (!kind.until.empty()) fields.push_back(kind.until);
        for (auto& field : fields) collected_.listedBy.push_back({kind.id, std::move(field)});
    }

    const std::filesystem::path& dir_;
    const catalogue::Catalogue& catalogue_;
    const content::WardDirectory& wards_;
    std::map<std::string, EntryMaker> makers_;   ///< by kind: its ids are unique over all its sources
    std::map<std::string, std::string> titles_;  ///< by feed: how its routes are called
    std::map<std::string, GtfsTables> feeds_;
    Collected collected_;
};

}  // namespace

Result<Collected> collect(const std::filesystem::path& dir, const catalogue::Catalogue& catalogue,
                          const content::WardDirectory& wards) {
    return Collector(dir, catalogue, wards).collect();
}

}  // namespace tram::publish

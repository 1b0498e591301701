#include "publish/PackSources.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/Clock.h"
#include "base/Files.h"
#include "catalogue/Freshness.h"
#include "form/FormReader.h"
#include "form/Guide.h"
#include "publish/EntryMaker.h"
#include "publish/FeedSource.h"
#include "publish/GeoJsonSource.h"
#include "publish/GtfsSource.h"
#include "publish/GuideSource.h"
#include "publish/SurveySource.h"
#include "publish/TableSource.h"
#include "strict/Json.h"
#include "wire/Link.h"
#include "wire/Members.h"

namespace tram::publish {

namespace {

using base::Result;
using form::FormReader;

constexpr const char* kOrder = "pack.json";
constexpr std::size_t kMaxAbout = 64 * 1024, kMaxSourceFile = 64u << 20, kMaxFeedFile = 256u << 20,
                      kMaxHosts = 50;

struct Source {
    std::string kind, file;
    std::map<std::string, std::string> same;  ///< columns that are the same in every row
    std::string gtfs, table, title;           ///< instead of a file
};

struct Order {
    pack::PackAbout about;
    std::vector<Source> sources;
    wire::LinkHosts hosts = wire::usualLinkHosts();  ///< that guides may lead to
};

/// A name in the folder itself: pack.json may come from somebody else.
bool isFileName(std::string_view text) {
    return !text.empty() && !text.starts_with('.') && text.find('/') == text.npos;
}

bool isGtfsTable(std::string_view text) {
    return text == "stops" || text == "routes";
}

std::string checked(FormReader& from, const char* key, std::size_t most, bool (*check)(std::string_view),
                    const char* expected) {
    auto text = from.text(key, most);
    if (!text.empty() && !check(text)) from.refuse(key, expected);
    return text;
}

void readFeedSource(FormReader& from, Source& source) {
    source.gtfs = checked(from, "gtfs", 200, isFileName, "file_name");
    source.table = checked(from, "table", 20, isGtfsTable, "one_of:stops, routes");
    if (source.table == "routes" && from.has("title")) source.title = from.text("title", 100);
}

void readSame(FormReader& from, Source& source) {
    const auto& same = from.member("same");
    if (!same.is_object()) return same.is_null() ? void() : from.refuse("same", "survey_object");
    for (const auto& [column, cell] : same.items())
        cell.is_string() ? void(source.same[column] = cell) : from.refuse("same", "texts");
}

Source readSource(FormReader from, const catalogue::Catalogue& catalogue) {
    Source source;
    source.kind = from.slug("kind");
    if (!source.kind.empty() && !catalogue.kind(source.kind)) from.refuse("kind", "kind:" + source.kind);
    if (from.has("gtfs"))
        readFeedSource(from, source);
    else
        source.file = checked(from, "file", 200, isFileName, "file_name");
    if (from.has("same")) readSame(from, source);
    from.finish();
    return source;
}

/// The day here; Vietnam has had one time since 1975.
std::chrono::sys_days dayOf(base::WallTime at) {
    return std::chrono::floor<std::chrono::days>(at + std::chrono::hours(7));
}

std::chrono::sys_days dayOfAbout(const pack::PackAbout& about) {
    base::WallTime at{};
    base::fromRfc3339(about.asOf, at);
    return dayOf(at);
}

using Read = Table (*)(std::string_view, const std::string&, Faults&);
Read readerOf(const std::string& file) {
    if (file.ends_with(".geojson")) return readGeoJson;
    if (file.ends_with(".json")) return readSurvey;  // but for guides
    return file.ends_with(".xml") ? readFeed : readTable;
}

/// A column that a source has and the order too would be told twice.
void addColumns(Table& table, const Source& source) {
    for (const auto& [column, cell] : source.same) {
        table.columns.push_back(column);
        for (auto& row : table.rows) row.cells[column] = cell;
    }
}

/// In the place of the usual ones.
void readHosts(FormReader& from, wire::LinkHosts& hosts) {
    hosts.clear();
    from.array("link_hosts", 0, kMaxHosts, [&](const nlohmann::json& item, const std::string& at) {
        const auto* host = item.get_ptr<const std::string*>();
        if (!host || !wire::isHostName(*host)) return from.tell(at, "host_name");
        hosts.push_back(*host);
    });
}

Order readOrder(FormReader from, const catalogue::Catalogue& catalogue, base::WallTime now) {
    from.integer("v", 1, 1);
    Order order;
    order.about = {from.slug("name"), from.text("source", 200),
                   checked(from, "as_of", 40, wire::isRfc3339, "rfc3339")};
    base::WallTime at{};
    if (base::fromRfc3339(order.about.asOf, at) && at > now + catalogue::kMostAhead)
        from.refuse("as_of", "not_ahead");
    from.array("sources", 1, 200, [&](const nlohmann::json& item, const std::string& place) {
        order.sources.push_back(readSource(from.at(item, place), catalogue));
    });
    if (from.has("link_hosts")) readHosts(from, order.hosts);
    from.finish();
    return order;
}

/// What is wrong in it is told.
Order parseOrder(const std::string& text, const catalogue::Catalogue& catalogue, base::WallTime now,
                 Faults& faults) {
    const auto parsed = strict::parseJson(text, kMaxAbout);
    if (!parsed) return tell(faults, jsonFault(kOrder, text, parsed.error())), Order();
    std::vector<form::Fault> wrong;
    auto order = readOrder(FormReader(*parsed, "", wrong), catalogue, now);
    form::findLines(text, wrong);
    for (const auto& fault : wrong) tell(faults, {kOrder, fault.line, fault.at, fault.expected});
    return order;
}

class Collector {
  public:
    Collector(const std::filesystem::path& dir, const catalogue::Catalogue& catalogue,
              const content::WardDirectory& wards, base::WallTime now)
        : dir_(dir), catalogue_(catalogue), wards_(wards), now_(now) {}

    Result<Collected> collect() {
        const auto text = read(kOrder, kMaxAbout);
        if (!text) return tl::unexpected(text.error());
        const auto order = parseOrder(*text, catalogue_, now_, collected_.faults);
        if (!collected_.faults.empty()) return std::move(collected_);
        collected_.about = order.about;
        hosts_ = order.hosts;
        for (const auto& source : order.sources)
            if (!source.title.empty()) titles_.emplace(source.gtfs, source.title);
        for (const auto& source : order.sources)
            if (auto read = take(source); !read) return tl::unexpected(read.error());
        for (const auto& made : makers_) addListedBy(*catalogue_.kind(made.first));
        if (collected_.faults.empty() && collected_.entries.empty())
            tell(collected_.faults, {kOrder, 0, "", "nothing"});
        return std::move(collected_);
    }

  private:
    static tl::unexpected<base::Problem> withPath(base::Problem problem, const std::filesystem::path& path) {
        if (problem.fact("path").empty()) problem.facts.emplace_back("path", path.string());
        return tl::unexpected(std::move(problem));
    }

    Result<void> take(const Source& source) {
        const auto name = source.gtfs.empty() ? source.file : source.gtfs + '/' + source.table + ".txt";
        const auto before = collected_.faults.size();
        return tableOf(source).map([&](Table table) {
            if (collected_.faults.size() == before && table.rows.empty())
                tell(collected_.warnings, {name, 0, "", "no_rows"});
            if (!table.columns.empty()) addColumns(table, source);
            add(*catalogue_.kind(source.kind), table, name);
        });
    }

    Result<Table> tableOf(const Source& source) {
        if (!source.gtfs.empty()) return tableOfFeed(source);
        return read(source.file, kMaxSourceFile).map([&](const std::string& bytes) {
            if (!catalogue_.kind(source.kind)->guide.empty() && source.file.ends_with(".json"))
                return readGuide(bytes, source.file, hosts_, collected_.faults);
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
            tellEnd(source.gtfs, *feed);
            found = feeds_.emplace(source.gtfs, std::move(*feed)).first;
        }
        return source.table == "stops" ? found->second.stops : found->second.routes;
    }

    /// Times of days that have passed are better than none, but somebody should know.
    void tellEnd(const std::string& feed, const GtfsTables& tables) {
        if (!tables.lastDay || *tables.lastDay + std::chrono::days(1) > dayOf(now_)) return;
        const auto last = base::toRfc3339(*tables.lastDay).substr(0, 10);
        tell(collected_.warnings, {feed, 0, "", "gtfs_ended:" + last});
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
        if (!kind.guide.empty())
            for (const auto& row : table.rows) checkLinks(row, kind.guide, file);
        for (const auto& row : table.rows)
            if (auto entry = maker.make(row, file, collected_.faults))
                collected_.entries.push_back(std::move(*entry));
        table.tellPlaces(collected_.faults, before);
    }

    /// Whatever a guide was read from: a cell of a table is one like a file.
    void checkLinks(const Row& row, const std::string& column, const std::string& file) {
        const auto guide = form::Guide::parse(row.at(column));
        if (!guide) return;  // its shape is told with the other cells'
        for (const auto& fault : form::offList(*guide, "", hosts_))
            tell(collected_.faults, {file, row.number, column, fault.expected});
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
    base::WallTime now_;
    wire::LinkHosts hosts_;
    std::map<std::string, EntryMaker> makers_;   ///< by kind: its ids are unique over all its sources
    std::map<std::string, std::string> titles_;  ///< by feed: how its routes are called
    std::map<std::string, GtfsTables> feeds_;
    Collected collected_;
};

}  // namespace

Result<Collected> collect(const std::filesystem::path& dir, const catalogue::Catalogue& catalogue,
                          const content::WardDirectory& wards, base::WallTime now) {
    return Collector(dir, catalogue, wards, now).collect();
}

}  // namespace tram::publish

#include "publish/PackSources.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "publish/EntryMaker.h"
#include "publish/FeedSource.h"
#include "publish/GeoJsonSource.h"
#include "publish/TableSource.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::publish {

namespace {

using base::Result;
using wire::Members;

constexpr std::size_t kMaxAbout = 64 * 1024, kMaxSource = 64u << 20;

struct Source {
    std::string kind, file;
    std::map<std::string, std::string> same;  ///< columns that are the same in every row
};

struct Order {
    pack::PackAbout about;
    std::vector<Source> sources;
};

/// A name in the folder itself: pack.json may come from somebody else.
bool isFileName(std::string_view text) {
    return !text.empty() && !text.starts_with('.') && text.find('/') == text.npos;
}

Source readSource(const nlohmann::json& value, Members& parent) {
    Members members(value);
    Source source{members.text("kind", 64, wire::isSlug), members.text("file", 200, isFileName), {}};
    if (members.has("same"))
        for (const auto& [column, cell] : members.object("same").items())
            cell.is_string() ? void(source.same[column] = cell) : members.refuse("same");
    parent.adopt(members.finish());
    return source;
}

using Read = Table (*)(std::string_view, const std::string&, Faults&);
Read readerOf(const std::string& file) {
    if (file.ends_with(".geojson")) return readGeoJson;
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
            if (auto read = take(source); !read) return tl::unexpected(read.error());
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
        const auto bytes = base::readFile(dir_ / source.file, kMaxSource);
        if (!bytes) return withPath(bytes.error(), dir_ / source.file);
        auto table = readerOf(source.file)(*bytes, source.file, collected_.faults);
        if (!table.columns.empty()) addColumns(table, source);
        add(*kind, table, source.file);
        return {};
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
    }

    const std::filesystem::path& dir_;
    const catalogue::Catalogue& catalogue_;
    const content::WardDirectory& wards_;
    std::map<std::string, EntryMaker> makers_;  ///< by kind: its ids are unique over all its sources
    Collected collected_;
};

}  // namespace

Result<Collected> collect(const std::filesystem::path& dir, const catalogue::Catalogue& catalogue,
                          const content::WardDirectory& wards) {
    return Collector(dir, catalogue, wards).collect();
}

}  // namespace tram::publish

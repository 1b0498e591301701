#include "content/City.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>

#include "base/VietnameseText.h"
#include "catalogue/Freshness.h"
#include "store/Database.h"

namespace tram::content {

using catalogue::Kind;
using pack::PackFile;

namespace {

/// May be shown: of what is over, or so old that it would mislead, only whoever stands before it reads on.
bool isShown(const Kind& kind, const pack::Entry& entry, const pack::PackAbout& about, base::WallTime now) {
    return !catalogue::isTooOld(kind, about.asOf, now) && !catalogue::isOver(kind, entry.fields, now);
}

/// Where an item stands in its own pack.
struct Place {
    std::size_t at = 0;
    bool popular = false;
};

/// What has no date comes last.
void byDate(std::vector<City::Item>& items, const pack::ListQuery::Order& order) {
    std::ranges::stable_sort(items, [&](const City::Item& a, const City::Item& b) {
        const auto one = catalogue::dateIn(a.entry.fields, order.field),
                   other = catalogue::dateIn(b.entry.fields, order.field);
        if (one.empty() || other.empty()) return !one.empty() && other.empty();
        return order.latest ? one > other : one < other;
    });
}

/// The most popular of each pack beside each other, for none knows another's figures; then the rest by name.
void byPopularity(std::vector<City::Item>& items, const std::vector<Place>& places) {
    std::vector<std::tuple<std::size_t, std::string, std::size_t>> keys;
    for (std::size_t at = 0; at < items.size(); ++at) {
        const bool popular = places[at].popular;
        keys.emplace_back(popular ? places[at].at : std::numeric_limits<std::size_t>::max(),
                          base::sortKey(items[at].entry.title), at);
    }
    std::ranges::sort(keys);
    std::vector<City::Item> sorted;
    for (const auto& key : keys) sorted.push_back(std::move(items[std::get<2>(key)]));
    items = std::move(sorted);
}

/// Packs know nothing of each other's order.
void inOrder(std::vector<City::Item>& items, const std::vector<Place>& places, const pack::ListQuery& query) {
    if (query.order) return byDate(items, *query.order);
    if (!query.from) return byPopularity(items, places);
    std::ranges::stable_sort(items, [](const City::Item& a, const City::Item& b) {
        return a.metres && (!b.metres || *a.metres < *b.metres);
    });
}

/// A pack is trusted to be what was signed, not that its disk still reads: what fails then counts as absent.
template <class Read>
void readable(Read read) {
    try {
        (void)store::Database::guarded([&] { read(); });
    } catch (const std::exception&) {  // a size that a spoilt byte has made absurd
    }
}

template <class Ask>
void ask(const PackFile& file, Ask question) {
    readable([&] { question(file); });
}

void keepPage(std::vector<City::Item>& items, std::size_t offset, std::size_t limit) {
    const auto first = std::min(offset, items.size()), last = first + std::min(limit, items.size() - first);
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(last), items.end());
    items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace

City City::open(catalogue::Catalogue catalogue, const std::vector<std::filesystem::path>& packs,
                TimeSource time) {
    std::vector<PackFile> opened;
    for (const auto& path : packs)
        if (auto file = PackFile::open(path)) opened.push_back(std::move(*file));
    return {std::move(catalogue), std::move(opened), std::move(time)};
}

City::Listing City::list(pack::ListQuery query, base::WallTime clock) const {
    const auto now = trusted(clock);
    Listing all;
    const auto* kind = catalogue_.kind(query.kind);
    if (!kind) return all;
    if (!kind->until.empty()) query.notBefore = pack::FieldIs{kind->until, catalogue::today(now)};
    if (kind->order) query.order = pack::ListQuery::Order{kind->order->field, kind->order->newest};
    const auto offset = query.offset, limit = query.limit;
    std::vector<Place> places;
    std::size_t packsOfIt = 0;
    query.offset = 0;
    query.limit = offset + limit;
    const auto add = [&](const PackFile& file) {
        const auto count = static_cast<std::size_t>(file.count(query));
        if (count == 0) return;
        const bool old = catalogue::isTooOld(*kind, file.about().asOf, now);
        auto listed = old ? std::vector<PackFile::Listed>() : file.list(query);
        if (!all.about || file.about().asOf < all.about->asOf) all.about = file.about();
        if (old) return void(all.tooOld = true);
        all.total += count;
        for (std::size_t at = 0; at < listed.size(); ++at) {
            places.push_back({at, listed[at].popular});
            all.items.push_back({std::move(listed[at].entry), listed[at].metres, &file.about()});
        }
        packsOfIt += listed.empty() ? 0 : 1;
    };
    for (const auto& file : packs_) ask(file, add);
    if (packsOfIt > 1) inOrder(all.items, places, query);
    keepPage(all.items, offset, limit);
    all.tooOld = all.tooOld && all.total == 0;
    return all;
}

std::vector<City::Item> City::search(const pack::Query& query, base::WallTime clock) const {
    const auto now = trusted(clock);
    std::vector<pack::Searched> among;
    auto shown = shown_.begin();
    for (const auto& file : packs_) {
        ask(file, [&](const PackFile& one) { among.push_back({&one, &shown->of(one, catalogue_, now)}); });
        ++shown;
    }
    std::vector<Item> items;
    readable([&] {
        for (auto& found : pack::search(among, query))
            items.push_back({std::move(found.entry), found.metres, &among[found.pack].pack->about()});
    });
    return items;
}

std::vector<UnknownKind> City::unknownKinds() const {
    std::vector<UnknownKind> all;
    for (const auto& file : packs_)
        ask(file, [&](const PackFile& one) {
            std::ranges::move(content::unknownKinds(one, catalogue_), std::back_inserter(all));
        });
    return all;
}

bool City::has(std::string_view kind) const {
    bool any = false;
    for (const auto& file : packs_) ask(file, [&](const PackFile& one) { any = any || one.count(kind) > 0; });
    return any;
}

std::vector<City::Item> City::within(const std::vector<std::string>& kinds, const pack::Box& box,
                                     std::size_t limit, base::WallTime clock) const {
    const auto now = trusted(clock);
    std::vector<Item> found;
    const auto add = [&](const PackFile& file) {
        const auto holds = [&](const pack::Entry& entry) {
            const auto* kind = catalogue_.kind(entry.kind);
            return kind && isShown(*kind, entry, file.about(), now);
        };
        for (auto& entry : file.within(kinds, box, limit, holds))
            found.push_back({std::move(entry), std::nullopt, &file.about()});
    };
    for (const auto& file : packs_) ask(file, add);
    keepPage(found, 0, limit);
    return found;
}

std::optional<City::Item> City::entry(std::string_view kind, std::string_view id) const {
    std::optional<Item> item;
    for (const auto& file : packs_)
        ask(file, [&](const PackFile& one) {
            auto found = item ? std::nullopt : one.entry(kind, id);
            if (found) item = Item{std::move(*found), std::nullopt, &one.about()};
        });
    return item;
}

}  // namespace tram::content

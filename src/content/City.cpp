#include "content/City.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "store/Database.h"

namespace tram::content {

using catalogue::Kind;
using pack::PackFile;

namespace {

/// The date in a field of an entry; "" when it has none.
std::string dateIn(const pack::Entry& entry, const std::string& field) {
    const auto fields = nlohmann::json::parse(entry.fields, nullptr, false);
    const auto found = fields.find(field);
    return found != fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// What has no date comes last.
void byDate(std::vector<City::Item>& items, const pack::ListQuery::Order& order) {
    std::ranges::stable_sort(items, [&](const City::Item& a, const City::Item& b) {
        const auto one = dateIn(a.entry, order.field), other = dateIn(b.entry, order.field);
        if (one.empty() || other.empty()) return !one.empty() && other.empty();
        return order.latest ? one > other : one < other;
    });
}

/// Packs know nothing of each other's order.
void inOrder(std::vector<City::Item>& items, const pack::ListQuery& query) {
    if (query.order) return byDate(items, *query.order);
    if (!query.from) return;
    std::ranges::stable_sort(items, [](const City::Item& a, const City::Item& b) {
        return a.metres && (!b.metres || *a.metres < *b.metres);
    });
}

/// A pack is trusted to be what was signed, not that its disk still reads: what fails then counts as absent.
template <class Ask>
void ask(const PackFile& file, Ask question) {
    try {
        (void)store::Database::guarded([&] { question(file); });
    } catch (const std::exception&) {  // a size that a spoilt byte has made absurd
    }
}

void keepPage(std::vector<City::Item>& items, std::size_t offset, std::size_t limit) {
    const auto first = std::min(offset, items.size()), last = first + std::min(limit, items.size() - first);
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(last), items.end());
    items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(first));
}

}  // namespace

std::string today(base::WallTime now) {
    return base::toRfc3339(now).substr(0, 10);
}

bool tooOld(const Kind& kind, const pack::PackAbout& about, base::WallTime now) {
    if (kind.freshDays == 0) return false;
    base::WallTime asOf;
    return !base::fromRfc3339(about.asOf, asOf) || asOf + std::chrono::days(kind.freshDays) < now;
}

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
    if (!kind->until.empty()) query.notBefore = pack::ListQuery::Is{kind->until, today(now)};
    if (kind->order) query.order = pack::ListQuery::Order{kind->order->field, kind->order->newest};
    const auto offset = query.offset, limit = query.limit;
    query.offset = 0;
    query.limit = offset + limit;
    const auto add = [&](const PackFile& file) {
        const auto count = static_cast<std::size_t>(file.count(query));
        if (count == 0) return;
        const bool old = tooOld(*kind, file.about(), now);
        auto listed = old ? std::vector<PackFile::Listed>() : file.list(query);
        if (!all.about || file.about().asOf < all.about->asOf) all.about = file.about();
        if (old) return void(all.tooOld = true);
        all.total += count;
        for (auto& one : listed) all.items.push_back({std::move(one.entry), one.metres, &file.about()});
    };
    for (const auto& file : packs_) ask(file, add);
    inOrder(all.items, query);
    keepPage(all.items, offset, limit);
    all.tooOld = all.tooOld && all.total == 0;
    return all;
}

bool City::shown(const Kind& kind, const pack::Entry& entry, base::WallTime now) const {
    if (kind.until.empty()) return true;
    const auto until = dateIn(entry, kind.until);
    return until.empty() || until >= today(now);
}

std::vector<City::Item> City::search(const pack::Query& query, base::WallTime clock) const {
    const auto now = trusted(clock);
    std::vector<Item> plain, mended;
    const auto add = [&](const PackFile& file) {
        for (auto& found : pack::search(file, query)) {
            const auto* kind = catalogue_.kind(found.entry.kind);
            if (!kind || tooOld(*kind, file.about(), now) || !shown(*kind, found.entry, now)) continue;
            auto& into = found.forgiven ? mended : plain;
            into.push_back({std::move(found.entry), found.metres, &file.about()});
        }
    };
    for (const auto& file : packs_) ask(file, add);
    std::ranges::move(mended, std::back_inserter(plain));
    keepPage(plain, 0, query.limit);
    return plain;
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
        for (auto& entry : file.within(kinds, box, limit)) {
            const auto* kind = catalogue_.kind(entry.kind);
            if (!kind || tooOld(*kind, file.about(), now) || !shown(*kind, entry, now)) continue;
            found.push_back({std::move(entry), std::nullopt, &file.about()});
        }
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

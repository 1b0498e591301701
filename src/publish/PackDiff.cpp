#include "publish/PackDiff.h"

#include <algorithm>
#include <tuple>

namespace tram::publish {

namespace {

using pack::Entry;

std::vector<Entry> all(const pack::PackFile& file) {
    std::vector<Entry> entries;
    file.each([&](Entry entry) { entries.push_back(std::move(entry)); });
    return entries;
}

auto nameOf(const Entry& entry) {
    return std::tie(entry.kind, entry.id);
}

bool same(const Entry& a, const Entry& b) {
    return a.title == b.title && a.ward == b.ward && a.place == b.place && a.fields == b.fields &&
           a.area == b.area;
}

Difference told(Change change, const Entry& entry) {
    return {change, entry.kind, entry.id, entry.title};
}

}  // namespace

std::vector<Difference> differences(const pack::PackFile& before, const pack::PackFile& after) {
    const auto left = all(before), right = all(after);
    std::vector<Difference> found;
    auto was = left.begin();
    auto is = right.begin();
    while (was != left.end() || is != right.end()) {
        if (is == right.end() || (was != left.end() && nameOf(*was) < nameOf(*is))) {
            found.push_back(told(Change::Removed, *was++));
        } else if (was == left.end() || nameOf(*is) < nameOf(*was)) {
            found.push_back(told(Change::Added, *is++));
        } else {
            if (!same(*was, *is)) found.push_back(told(Change::Changed, *is));
            ++was, ++is;
        }
    }
    return found;
}

}  // namespace tram::publish

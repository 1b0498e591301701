#include "content/WardDirectory.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "base/Files.h"
#include "base/VietnameseText.h"
#include "content/Csv.h"
#include "content/PlaceNames.h"
#include "content/WardQuery.h"

namespace tram::content {

using base::fail;
using base::ProblemKind;

namespace {

tl::unexpected<base::Problem> malformed(const CsvRow& row, std::string expected) {
    return fail(ProblemKind::Malformed,
                {{"line", std::to_string(row.line)}, {"expected", std::move(expected)}});
}

bool isCode(std::string_view text) {
    return !text.empty() && text.size() <= 10 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// " phuong ban co " → " ban co "
std::string withoutKind(const std::string& indexed) {
    static constexpr std::array<std::string_view, 8> kKinds = {
        " phuong ", " xa ", " thi tran ", " dac khu ", " quan ", " huyen ", " thanh pho ", " thi xa "};
    for (const auto kind : kKinds)
        if (indexed.starts_with(kind) && indexed.size() > kind.size()) return indexed.substr(kind.size() - 1);
    return indexed;
}

base::Result<void> readTable(const std::filesystem::path& path,
                             const std::function<base::Result<void>(std::string_view)>& take) {
    const auto bytes = base::readFile(path, kMaxCsvBytes);
    if (!bytes) return tl::unexpected(bytes.error());
    auto taken = take(*bytes);
    if (!taken) taken.error().facts.emplace_back("path", path.string());
    return taken;
}

}  // namespace

base::Result<WardDirectory> WardDirectory::load(const std::filesystem::path& dir) {
    WardDirectory directory;
    return readTable(dir / "wards.csv", [&](std::string_view csv) { return directory.readWards(csv); })
        .and_then([&] {
            return readTable(dir / "old_wards.csv",
                             [&](std::string_view csv) { return directory.readOldNames(csv); });
        })
        .map([&] { return std::move(directory); });
}

base::Result<void> WardDirectory::readWards(std::string_view csv) {
    const auto rows = parseCsv(csv, {"code", "name", "type", "full_name"});
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return fail(ProblemKind::Malformed, {{"line", "2"}, {"expected", "a ward"}});

    std::vector<std::pair<std::string, Ward>> sorted;
    std::set<std::string> codes;
    for (const auto& row : *rows) {
        const auto& code = row.fields[0];
        if (!isCode(code) || !codes.insert(code).second) return malformed(row, "a code of its own, digits");
        if (row.fields[1].empty() || row.fields[3].empty()) return malformed(row, "a name");
        sorted.emplace_back(base::sortKey(row.fields[1] + " " + row.fields[2]), Ward{code, row.fields[3]});
    }
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [key, ward] : sorted) wards_.push_back(std::move(ward));
    for (std::size_t i = 0; i < wards_.size(); ++i) addKey(i, "", "");
    return {};
}

base::Result<void> WardDirectory::readOldNames(std::string_view csv) {
    const auto rows = parseCsv(csv, {"old_ward", "old_district", "old_province", "new_unit"});
    if (!rows) return tl::unexpected(rows.error());

    std::unordered_map<std::string, std::size_t> bySpelling;
    for (std::size_t i = 0; i < wards_.size(); ++i) bySpelling[spellingKey(wards_[i].fullName)] = i;
    std::set<std::pair<std::size_t, std::string>> districts;
    for (const auto& row : *rows) {
        const auto& [ward, district, province] = std::tie(row.fields[0], row.fields[1], row.fields[2]);
        const auto now = bySpelling.find(spellingKey(row.fields[3]));
        if (now == bySpelling.end()) return malformed(row, "a present unit");
        if (districts.emplace(now->second, district).second) addKey(now->second, district, province);
        addKey(now->second, ward + ", " + district, province);
    }
    return {};
}

void WardDirectory::addKey(std::size_t ward, std::string oldName, std::string_view province) {
    Key key{ward, WardQuery::indexText(oldName.empty() ? wards_[ward].fullName : oldName), "", "", ""};
    key.bare = withoutKind(key.full);
    key.wide = key.full + WardQuery::indexText(province).substr(1);
    key.oldName = std::move(oldName);
    keys_.push_back(std::move(key));
}

std::optional<int> WardDirectory::rank(const WardQuery& query, const Key& key) {
    if (!query.within(key.wide)) return std::nullopt;
    const bool begins = query.begins(key.full) || query.begins(key.bare);
    if (!key.oldName.empty()) return begins ? 3 : query.within(key.full) ? 4 : 5;
    if (query.equals(key.full) || query.equals(key.bare)) return 0;
    return begins ? 1 : 2;
}

std::vector<WardDirectory::Match> WardDirectory::search(std::string_view typed, std::size_t limit) const {
    const WardQuery query(typed);
    struct Best {
        int rank;
        std::size_t ward;
        const Key* key;
    };
    std::vector<Best> found;
    std::vector<std::size_t> place(wards_.size(), wards_.size());  // of a ward in `found`
    for (const auto& key : keys_) {
        const auto r = rank(query, key);
        if (!r) continue;
        auto& at = place[key.ward];
        if (at == wards_.size()) at = found.size(), found.push_back({*r, key.ward, &key});
        if (*r < found[at].rank) found[at] = {*r, key.ward, &key};
    }
    std::sort(found.begin(), found.end(), [](const Best& a, const Best& b) {
        return std::tie(a.rank, a.ward) < std::tie(b.rank, b.ward);
    });
    if (found.size() > limit) found.resize(limit);
    std::vector<Match> matches;
    for (const auto& best : found) matches.push_back({&wards_[best.ward], best.key->oldName});
    return matches;
}

const Ward* WardDirectory::byCode(std::string_view code) const {
    const auto ward =
        std::find_if(wards_.begin(), wards_.end(), [&](const Ward& w) { return w.code == code; });
    return ward == wards_.end() ? nullptr : &*ward;
}

const Ward* WardDirectory::byName(std::string_view fullName) const {
    const auto key = spellingKey(fullName);
    const auto ward = std::ranges::find_if(
        wards_, [&](const Ward& candidate) { return spellingKey(candidate.fullName) == key; });
    return ward == wards_.end() ? nullptr : &*ward;
}

std::vector<std::string> WardDirectory::formerNames(std::string_view code) const {
    std::vector<std::string> names;
    for (const auto& key : keys_)
        if (!key.oldName.empty() && wards_[key.ward].code == code) names.push_back(key.oldName);
    return names;
}

}  // namespace tram::content

#include "catalogue/Catalogue.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/Files.h"
#include "base/Log.h"
#include "form/FormReader.h"
#include "strict/Json.h"
#include "wire/Bilingual.h"

namespace tram::catalogue {

namespace {

using base::fail;
using base::ProblemKind;
using form::FormReader;
using nlohmann::json;

constexpr std::size_t kMaxBytes = 256 * 1024, kMaxGroupLabel = 1024, kMaxIcon = 64;

template <class T>
base::Result<T> in(const std::filesystem::path& path, base::Result<T> result) {
    if (!result && result.error().fact("path").empty())
        result.error().facts.emplace_back("path", path.string());
    return result;
}

base::Result<Kind> readKind(const std::filesystem::path& path) {
    const auto text = base::readFile(path, kMaxBytes);
    if (!text) return tl::unexpected(text.error());
    auto kind = Kind::parse(*text);
    if (!kind || kind->id == path.stem()) return kind;
    std::vector<form::Fault> faults{{"kind", 0, "one_of:" + path.stem().string()}};
    form::findLines(*text, faults);
    return tl::unexpected(form::problemOf(faults.front()));
}

Group readGroup(FormReader from) {
    Group group;
    group.id = from.slug("id");
    group.icon = from.text("icon", kMaxIcon);
    if (!group.icon.empty() && !wire::isIcon(group.icon)) from.refuse("icon", "icon");
    group.name = from.words("name", kMaxGroupLabel);
    group.explain = from.words("explain", kMaxGroupLabel);
    from.array("kinds", 0, 40, [&](const json& kind, const std::string& at) {
        kind.is_string() ? group.kinds.push_back(kind) : from.tell(at, "text");
    });
    from.finish();
    return group;
}

/// Each kind stands in one group. A group that names a kind which could not be read is not what is wrong.
void holdEachOnce(const std::vector<Group>& groups, const std::vector<Kind>& kinds,
                  const std::set<std::string>& unread, FormReader& from) {
    std::map<std::string, int> times;
    for (const auto& group : groups)
        for (const auto& kind : group.kinds) ++times[kind];
    for (const auto& kind : kinds)
        if (std::exchange(times[kind.id], 1) != 1) from.refuse("groups", "in_one_group:" + kind.id);
    for (const auto& [id, count] : times)
        if (!unread.contains(id) && std::ranges::find(kinds, id, &Kind::id) == kinds.end())
            from.refuse("groups", "kind_file:" + id);
}

struct GroupsRead {
    std::vector<Group> groups;
    std::vector<form::Fault> faults;  ///< kinds that stand in none, in two, or are not there
};

base::Result<GroupsRead> parseGroups(const std::string& text, const std::vector<Kind>& kinds,
                                     const std::set<std::string>& unread) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(form::problemOf(form::jsonFault(text, parsed.error())));
    GroupsRead read;
    FormReader from(*parsed, "", read.faults);
    from.array("groups", 1, 40, [&](const json& item, const std::string& at) {
        read.groups.push_back(readGroup(from.at(item, at)));
    });
    from.finish();
    const bool formed = read.faults.empty();
    if (formed) holdEachOnce(read.groups, kinds, unread, from);
    form::findLines(text, read.faults);
    if (!formed) return tl::unexpected(form::problemOf(read.faults.front()));
    return read;
}

}  // namespace

base::Result<Catalogue> Catalogue::load(const std::filesystem::path& dir) {
    auto catalogue = loadReadable(dir);
    if (catalogue && !catalogue->leftOut_.empty()) return tl::unexpected(catalogue->leftOut_.front());
    return catalogue;
}

base::Result<Catalogue> Catalogue::loadReadable(const std::filesystem::path& dir) {
    Catalogue catalogue;
    return catalogue.readKinds(dir / "kinds").map([&] {
        catalogue.readGroups(dir / "groups.json");
        return std::move(catalogue);
    });
}

base::Result<void> Catalogue::readKinds(const std::filesystem::path& dir) {
    std::error_code wrong;
    std::vector<std::filesystem::path> files;
    for (const auto& file : std::filesystem::directory_iterator(dir, wrong))
        if (file.path().extension() == ".json") files.push_back(file.path());
    if (wrong) return fail(ProblemKind::FileUnreadable, {{"path", dir.string()}});
    std::ranges::sort(files);
    for (const auto& file : files) {
        auto kind = in(file, readKind(file));
        if (kind)
            kinds_.push_back(std::move(*kind));
        else
            leftOut_.push_back(std::move(kind.error()));
    }
    return {};
}

void Catalogue::readGroups(const std::filesystem::path& file) {
    std::set<std::string> unread;
    for (const auto& problem : leftOut_)
        unread.insert(std::filesystem::path(std::string(problem.fact("path"))).stem().string());
    auto read = in(file, base::readFile(file, kMaxBytes).and_then([&](const std::string& text) {
        return parseGroups(text, kinds_, unread);
    }));
    if (!read) return leftOut_.push_back(std::move(read.error()));
    for (const auto& fault : read->faults) {
        leftOut_.push_back(form::problemOf(fault));
        leftOut_.back().facts.emplace_back("path", file.string());
    }
    groups_ = std::move(read->groups);
    keepKindsOnce();
}

/// A kind in no group is still found by searching.
void Catalogue::keepKindsOnce() {
    std::set<std::string> seen;
    for (auto& group : groups_)
        std::erase_if(group.kinds,
                      [&](const std::string& id) { return !kind(id) || !seen.insert(id).second; });
}

void Catalogue::logLeftOut() const {
    using base::log::Name;
    for (const auto& problem : leftOut_) {
        const auto file = std::filesystem::path(std::string(problem.fact("path"))).stem().string();
        base::log::problem("kind_not_readable", problem,
                           {{"file", Name{file}}, {"at", Name{problem.fact("key")}}});
    }
}

const Kind* Catalogue::kind(std::string_view id) const {
    const auto found = std::ranges::find(kinds_, id, &Kind::id);
    return found == kinds_.end() ? nullptr : &*found;
}

}  // namespace tram::catalogue

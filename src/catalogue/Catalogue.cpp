#include "catalogue/Catalogue.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::catalogue {

namespace {

using base::fail;
using base::ProblemKind;
using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxBytes = 256 * 1024;

template <class T>
base::Result<T> in(const std::filesystem::path& path, base::Result<T> result) {
    if (!result && result.error().fact("path").empty())
        result.error().facts.emplace_back("path", path.string());
    return result;
}

base::Result<Kind> readKind(const std::filesystem::path& path) {
    auto kind =
        base::readFile(path, kMaxBytes).and_then([](const std::string& text) { return Kind::parse(text); });
    if (kind && kind->id != path.stem()) return fail(ProblemKind::Malformed, {{"key", "kind"}});
    return kind;
}

Group readGroup(const json& value, Members& parent) {
    Members members(value);
    Group group;
    group.id = members.text("id", 64, wire::isSlug);
    group.icon = members.text("icon", 64, wire::isIcon);
    group.name = wire::readBilingual(members.object("name"), members);
    group.explain = wire::readBilingual(members.object("explain"), members);
    for (const auto& kind : members.array("kinds", 0, 40)) {
        if (!kind.is_string())
            members.refuse("kinds");
        else
            group.kinds.push_back(kind);
    }
    parent.adopt(members.finish());
    return group;
}

base::Result<std::vector<Group>> parseGroups(const std::string& text) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    std::vector<Group> groups;
    for (const auto& item : members.array("groups", 1, 40)) groups.push_back(readGroup(item, members));
    return members.finish().map([&] { return std::move(groups); });
}

}  // namespace

base::Result<Catalogue> Catalogue::load(const std::filesystem::path& dir) {
    Catalogue catalogue;
    return catalogue.readKinds(dir / "kinds")
        .and_then([&] { return catalogue.readGroups(dir / "groups.json"); })
        .map([&] { return std::move(catalogue); });
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
        if (!kind) return tl::unexpected(kind.error());
        kinds_.push_back(std::move(*kind));
    }
    return {};
}

base::Result<void> Catalogue::readGroups(const std::filesystem::path& file) {
    auto groups = in(file, base::readFile(file, kMaxBytes).and_then(parseGroups));
    if (!groups) return tl::unexpected(groups.error());
    groups_ = std::move(*groups);
    if (!groupsHoldEachKindOnce())
        return fail(ProblemKind::Malformed, {{"key", "kinds"}, {"path", file.string()}});
    return {};
}

bool Catalogue::groupsHoldEachKindOnce() const {
    std::map<std::string, int> times;
    for (const auto& group : groups_)
        for (const auto& kind : group.kinds) ++times[kind];
    return times.size() == kinds_.size() &&
           std::ranges::all_of(kinds_, [&](const Kind& kind) { return times[kind.id] == 1; });
}

const Kind* Catalogue::kind(std::string_view id) const {
    const auto found = std::ranges::find(kinds_, id, &Kind::id);
    return found == kinds_.end() ? nullptr : &*found;
}

}  // namespace tram::catalogue

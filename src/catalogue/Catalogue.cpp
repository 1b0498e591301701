#include "catalogue/Catalogue.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/Files.h"
#include "base/Log.h"
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
    auto groups = in(file, base::readFile(file, kMaxBytes).and_then(parseGroups));
    if (!groups) return leftOut_.push_back(std::move(groups.error()));
    groups_ = std::move(*groups);
    keepKindsOnce(file);
}

/// A kind in no group is still found by searching. A group that names a kind which could not be read is not
/// what is wrong.
void Catalogue::keepKindsOnce(const std::filesystem::path& file) {
    std::set<std::string> wrong, seen;
    const auto isLeftOut = [&](const std::string& id) {
        return std::ranges::any_of(leftOut_, [&](const base::Problem& problem) {
            return std::filesystem::path(std::string(problem.fact("path"))).stem() == id;
        });
    };
    for (auto& group : groups_)
        std::erase_if(group.kinds, [&](const std::string& id) {
            const bool fits = kind(id) && seen.insert(id).second;
            if (!fits && !isLeftOut(id)) wrong.insert(id);
            return !fits;
        });
    for (const auto& kind : kinds_)
        if (!seen.contains(kind.id)) wrong.insert(kind.id);
    for (const auto& id : wrong)
        leftOut_.push_back(
            {ProblemKind::Malformed, {{"key", "kinds"}, {"path", file.string()}, {"detail", id}}});
}

void Catalogue::logLeftOut() const {
    using base::log::Name;
    for (const auto& problem : leftOut_) {
        const auto file = std::filesystem::path(std::string(problem.fact("path"))).stem().string();
        base::log::problem("kind_not_readable", problem,
                           {{"file", Name{file}},
                            {"at", Name{problem.fact("key")}},
                            {"detail", Name{problem.fact("detail")}}});
    }
}

const Kind* Catalogue::kind(std::string_view id) const {
    const auto found = std::ranges::find(kinds_, id, &Kind::id);
    return found == kinds_.end() ? nullptr : &*found;
}

}  // namespace tram::catalogue

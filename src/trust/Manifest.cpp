#include "trust/Manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "strict/Json.h"
#include "trust/Times.h"

namespace tram::trust {

namespace {

using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxManifest = 256 * 1024, kMaxPacks = 64;

Manifest::Pack readPack(const json& value, Members& parent) {
    Members members(value);
    Manifest::Pack pack{members.text("name", 64, wire::isSlug), members.text("sha256", 64, wire::isSha256Hex),
                        members.integer("bytes", 1, Manifest::kMaxPackBytes)};
    parent.adopt(members.finish());
    return pack;
}

}  // namespace

base::Result<Manifest> Manifest::parse(std::string_view text) {
    const auto parsed = strict::parseJson(text, kMaxManifest);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    Manifest manifest;
    manifest.version = static_cast<int>(members.integer("version", 1, INT32_MAX));
    manifest.signedAt = readTime(members, "signed_at");
    manifest.expires = readTime(members, "expires");
    if (manifest.expires <= manifest.signedAt) members.refuse("expires");
    for (const auto& item : members.array("packs", 0, kMaxPacks)) {
        auto pack = readPack(item, members);
        if (std::ranges::find(manifest.packs, pack.name, &Pack::name) != manifest.packs.end())
            members.refuse("packs");
        manifest.packs.push_back(std::move(pack));
    }
    return members.finish().map([&] { return std::move(manifest); });
}

std::string Manifest::toJson() const {
    auto list = json::array();
    for (const auto& pack : packs)
        list.push_back({{"name", pack.name}, {"sha256", pack.sha256}, {"bytes", pack.bytes}});
    return strict::dumpJson({{"v", 1},
                             {"version", version},
                             {"signed_at", base::toRfc3339(signedAt)},
                             {"expires", base::toRfc3339(expires)},
                             {"packs", list}});
}

}  // namespace tram::trust

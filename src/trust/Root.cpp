#include "trust/Root.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "strict/Json.h"
#include "trust/Times.h"

namespace tram::trust {

namespace {

using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxRoot = 64 * 1024, kMaxKeys = 16;
constexpr std::array kRoles = {Role::Root, Role::Content, Role::Alerts, Role::Staff};

void readKeys(const json& items, RoleKeys& role, Members& members) {
    for (const auto& item : items) {
        const auto* text = item.get_ptr<const std::string*>();
        auto key = text ? crypto::VerifyKey::parse(*text) : std::nullopt;
        const auto same = [&](const crypto::VerifyKey& other) { return other.bytes() == key->bytes(); };
        if (!key || std::ranges::any_of(role.keys, same)) return members.refuse("keys");
        role.keys.push_back(std::move(*key));
    }
}

RoleKeys readRole(const json& value, Members& parent) {
    Members members(value);
    RoleKeys role;
    readKeys(members.array("keys", 1, kMaxKeys), role, members);
    const auto most = std::max<std::size_t>(role.keys.size(), 1);
    role.threshold =
        static_cast<std::size_t>(members.integer("threshold", 1, static_cast<std::int64_t>(most)));
    parent.adopt(members.finish());
    return role;
}

json asJson(const RoleKeys& role) {
    auto keys = json::array();
    for (const auto& key : role.keys) keys.push_back(key.text());
    return {{"keys", keys}, {"threshold", role.threshold}};
}

}  // namespace

std::string_view name(Role role) {
    static constexpr std::array<std::string_view, kRoles.size()> kNames = {"root", "content", "alerts",
                                                                           "staff"};
    return kNames[static_cast<std::size_t>(role)];
}

base::Result<Root> Root::parse(std::string_view text) {
    const auto parsed = strict::parseJson(text, kMaxRoot);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    Root root;
    root.version = static_cast<int>(members.integer("version", 1, INT32_MAX));
    root.signedAt = readTime(members, "signed_at");
    root.expires = readTime(members, "expires");
    if (root.expires <= root.signedAt) members.refuse("expires");
    Members roles(members.object("roles"));
    for (const auto role : kRoles)
        root.roles[role] = readRole(roles.object(std::string(name(role)).c_str()), roles);
    members.adopt(roles.finish());
    return members.finish().map([&] { return std::move(root); });
}

std::string Root::toJson() const {
    auto keys = json::object();
    for (const auto& [role, held] : roles) keys[std::string(name(role))] = asJson(held);
    return strict::dumpJson({{"v", 1},
                             {"version", version},
                             {"signed_at", base::toRfc3339(signedAt)},
                             {"expires", base::toRfc3339(expires)},
                             {"roles", keys}});
}

bool Root::isSignedBy(const wire::Cosigned& document, Role role) const {
    return document.signers(of(role).keys) >= of(role).threshold;
}

}  // namespace tram::trust

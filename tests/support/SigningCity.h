#pragma once
#include <string>
#include <vector>

#include "base/Clock.h"
#include "trust/Manifest.h"
#include "trust/Root.h"

namespace tram::test {

inline base::WallTime at(const char* time) {
    base::WallTime out;
    base::fromRfc3339(time, out);
    return out;
}

/// Who signs for a pretend city: three for the root (two must), three for content (two must).
struct SigningCity {
    std::vector<crypto::SigningKey> rootKeys = three(), contentKeys = three();
    crypto::SigningKey alerts = crypto::SigningKey::generate(), staff = crypto::SigningKey::generate();

    static std::vector<crypto::SigningKey> three() {
        std::vector<crypto::SigningKey> keys;
        for (int i = 0; i < 3; ++i) keys.push_back(crypto::SigningKey::generate());
        return keys;
    }
    static trust::RoleKeys of(const std::vector<crypto::SigningKey>& keys, std::size_t threshold) {
        trust::RoleKeys role{{}, threshold};
        for (const auto& key : keys) role.keys.push_back(key.verifyKey());
        return role;
    }
    trust::Root root(int version = 1) const {
        trust::Root root;
        root.version = version;
        root.signedAt = at("2026-11-01T00:00:00Z");
        root.expires = at("2027-11-01T00:00:00Z");
        root.roles[trust::Role::Root] = of(rootKeys, 2);
        root.roles[trust::Role::Content] = of(contentKeys, 2);
        root.roles[trust::Role::Alerts] = {{alerts.verifyKey()}, 1};
        root.roles[trust::Role::Staff] = {{staff.verifyKey()}, 1};
        return root;
    }
    trust::Manifest manifest(int version = 1) const {
        return {version,
                at("2026-11-20T00:00:00Z"),
                at("2026-12-20T00:00:00Z"),
                {{"city", std::string(64, 'a'), 1000}}};
    }
};

/// Signed by those keys of `keys` that `who` names.
inline std::string cosign(std::string_view type, std::string payload,
                          const std::vector<crypto::SigningKey>& keys, const std::vector<std::size_t>& who) {
    wire::Cosigned document{std::string(type), std::move(payload), {}};
    for (const auto one : who) document.sign(keys[one]);
    return document.toJson();
}
inline std::string cosign(const trust::Root& root, const SigningCity& city,
                          const std::vector<std::size_t>& who = {0, 1}) {
    return cosign(trust::Root::kPayloadType, root.toJson(), city.rootKeys, who);
}
inline std::string cosign(const trust::Manifest& manifest, const SigningCity& city,
                          const std::vector<std::size_t>& who = {0, 1}) {
    return cosign(trust::Manifest::kPayloadType, manifest.toJson(), city.contentKeys, who);
}

}  // namespace tram::test

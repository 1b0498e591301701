#include "gateway/identity/GatewayKeys.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

template <class Key>
Result<Key> loadOrGenerate(const fs::path& path) {
    if (fs::exists(path)) return Key::load(path);
    auto key = Key::generate();
    if (auto saved = key.save(path); !saved) return tl::unexpected(saved.error());
    return key;
}

Result<void> makeKeyDirectory(const fs::path& dir) {
    std::error_code error;
    fs::create_directories(dir, error);
    if (!error) fs::permissions(dir, fs::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), dir));
    return {};
}

fs::path identityFile(const fs::path& dir) {
    return dir / "identity.key";
}

fs::path sealingFile(const fs::path& dir, const std::string& id) {
    return dir / ("sealing-" + id + ".key");
}

}  // namespace

Result<GatewayKeys> GatewayKeys::openOrCreate(const fs::path& dir, base::WallTime now) {
    if (auto made = makeKeyDirectory(dir); !made) return tl::unexpected(made.error());
    auto identity = loadOrGenerate<crypto::SigningKey>(identityFile(dir));
    if (!identity) return tl::unexpected(identity.error());
    auto content = loadOrGenerate<crypto::SigningKey>(dir / "content.key");
    if (!content) return tl::unexpected(content.error());
    GatewayKeys keys(std::move(*identity), std::move(*content));
    if (auto read = keys.readSealing(dir); !read) return tl::unexpected(read.error());
    if (keys.sealing_.empty() || keys.sealing_.back().notAfter - now < kRenewBefore)
        if (auto added = keys.addSealing(dir, now); !added) return tl::unexpected(added.error());
    return keys;
}

Result<crypto::SigningKey> GatewayKeys::loadIdentity(const fs::path& dir) {
    return crypto::SigningKey::load(identityFile(dir));
}

Result<void> GatewayKeys::readSealing(const fs::path& dir) {
    if (!fs::exists(dir / "sealing.json")) return {};
    auto text = base::readFile(dir / "sealing.json");
    if (!text) return tl::unexpected(text.error());
    const auto list = nlohmann::json::parse(*text, nullptr, false);
    if (!list.is_array()) return base::fail(ProblemKind::Malformed, {{"path", "sealing.json"}});
    for (const auto& entry : list) {
        base::WallTime from, until;
        if (!entry.is_object() || !base::fromRfc3339(entry.value("not_before", ""), from) ||
            !base::fromRfc3339(entry.value("not_after", ""), until))
            return base::fail(ProblemKind::Malformed, {{"path", "sealing.json"}});
        auto key = crypto::OpeningKey::load(sealingFile(dir, entry.value("id", "")));
        if (!key) return tl::unexpected(key.error());
        sealing_.push_back({std::move(*key), from, until});
    }
    return {};
}

Result<void> GatewayKeys::writeSealing(const fs::path& dir) const {
    auto list = nlohmann::json::array();
    for (const auto& entry : sealing_)
        list.push_back({{"id", entry.key.sealingKey().id()},
                        {"not_before", base::toRfc3339(entry.notBefore)},
                        {"not_after", base::toRfc3339(entry.notAfter)}});
    return base::writeFileAtomically(dir / "sealing.json", list.dump(2) + "\n", 0600);
}

Result<void> GatewayKeys::addSealing(const fs::path& dir, base::WallTime now) {
    auto key = crypto::OpeningKey::generate();
    if (auto saved = key.save(sealingFile(dir, key.sealingKey().id())); !saved) return saved;
    // A kiosk's clock may be a little behind ours when it first seals.
    sealing_.push_back({std::move(key), now - std::chrono::hours(24), now + kSealingValidity});
    return writeSealing(dir);
}

const crypto::OpeningKey* GatewayKeys::opening(std::string_view sealingKeyId) const {
    for (const auto& entry : sealing_)
        if (entry.key.sealingKey().id() == sealingKeyId) return &entry.key;
    return nullptr;
}

std::vector<wire::SealingKeyInfo> GatewayKeys::sealingKeys(base::WallTime now) const {
    std::vector<wire::SealingKeyInfo> list;
    for (auto entry = sealing_.rbegin(); entry != sealing_.rend(); ++entry)
        if (entry->notAfter > now)
            list.push_back({entry->key.sealingKey().text(), base::toRfc3339(entry->notBefore),
                            base::toRfc3339(entry->notAfter)});
    return list;
}

}  // namespace tram::gateway

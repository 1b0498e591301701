#include "gateway/identity/KeyEscrow.h"

#include <algorithm>

#include "base/Files.h"
#include "gateway/identity/GatewayKeys.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

constexpr std::string_view kHead = "tram-gateway-keys 1";

std::string encoded(const base::SecretBytes& secret) {
    return crypto::toBase64Url(secret.reveal());
}

/// The words of the next line.
std::vector<std::string_view> takeWords(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == text.npos) return {};
    auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    std::vector<std::string_view> words;
    for (auto blank = line.find(' '); blank != line.npos; blank = line.find(' ')) {
        words.push_back(line.substr(0, blank));
        line.remove_prefix(blank + 1);
    }
    words.push_back(line);
    return words;
}

template <class Key>
Result<Key> keyFrom(std::string_view base64url) {
    auto bytes = crypto::fromBase64Url(base64url);
    if (!bytes) return base::fail(ProblemKind::Malformed);
    return Key::fromSecret(base::SecretBytes(std::move(*bytes)));
}

std::optional<KeyEscrow::Sealing> sealingFrom(const std::vector<std::string_view>& words) {
    if (words.size() != 5 || words[0] != "sealing") return std::nullopt;
    auto key = keyFrom<crypto::OpeningKey>(words[1]);
    base::WallTime from, until, retired;
    if (!key || !base::fromRfc3339(words[2], from) || !base::fromRfc3339(words[3], until))
        return std::nullopt;
    if (words[4] == "-") return KeyEscrow::Sealing{std::move(*key), from, until, std::nullopt};
    if (!base::fromRfc3339(words[4], retired)) return std::nullopt;
    return KeyEscrow::Sealing{std::move(*key), from, until, retired};
}

/// A file that is there but holds no key: kept, under another name, for whoever wants to look.
Result<void> moveAside(const fs::path& file) {
    std::error_code error;
    fs::rename(file, fs::path(file).concat(".damaged"), error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), file));
    return {};
}

bool same(const crypto::SigningKey& a, const crypto::SigningKey& b) {
    return a.verifyKey().text() == b.verifyKey().text();
}
bool same(const crypto::OpeningKey& a, const crypto::OpeningKey& b) {
    return a.sealingKey().text() == b.sealingKey().text();
}

/// True when the file was missing or damaged and now holds the key.
template <class Key>
Result<bool> putBack(const Key& key, const fs::path& file) {
    const auto there = Key::load(file);
    if (there && same(*there, key)) return false;
    if (there)
        return base::fail(ProblemKind::Conflict, {{"path", file.string()}, {"expected", "no other key"}});
    const auto kind = there.error().kind;
    if (kind != ProblemKind::KeyMissing && kind != ProblemKind::Malformed)
        return tl::unexpected(there.error());
    if (kind == ProblemKind::Malformed)
        if (auto moved = moveAside(file); !moved) return tl::unexpected(moved.error());
    if (auto saved = key.save(file); !saved) return tl::unexpected(saved.error());
    return true;
}

Result<bool> putBack(const KeyEscrow::Sealing& sealing, const fs::path& dir, SealingRing& ring,
                     base::WallTime now) {
    const auto id = sealing.key.sealingKey().id();
    auto returned = putBack(sealing.key, sealingFile(dir, id));
    if (!returned) return returned;
    auto* entry = ring.find(id);
    if (!entry) entry = &ring.entries.emplace_back(SealingRing::Entry{id, nullptr, {}, {}});
    auto key = crypto::OpeningKey::fromSecret(sealing.key.secret());
    if (!key) return tl::unexpected(key.error());
    entry->key = std::make_shared<const crypto::OpeningKey>(std::move(*key));
    entry->notBefore = sealing.notBefore;
    entry->notAfter = sealing.notAfter;
    // Retired since the escrow was made stays retired.
    if (!entry->retiredAt) entry->retiredAt = sealing.retiredAt;
    entry->escrowedAt = now;
    return returned;
}

/// A damaged list is made anew from what the escrow and the key files say.
Result<SealingRing> ringToMend(const fs::path& dir) {
    auto ring = SealingRing::load(dir);
    if (ring || ring.error().kind != ProblemKind::Malformed) return ring;
    if (auto moved = moveAside(std::string(ring.error().fact("path"))); !moved)
        return tl::unexpected(moved.error());
    return SealingRing::load(dir);
}

}  // namespace

Result<KeyEscrow> KeyEscrow::gather(const fs::path& dir) {
    auto identity = crypto::SigningKey::load(identityFile(dir));
    if (!identity) return tl::unexpected(identity.error());
    auto content = crypto::SigningKey::load(contentFile(dir));
    if (!content) return tl::unexpected(content.error());
    const auto ring = SealingRing::load(dir);
    if (!ring) return tl::unexpected(ring.error());
    KeyEscrow escrow{std::move(*identity), std::move(*content), {}};
    for (const auto& entry : ring->entries) {
        if (!entry.key) continue;
        auto key = crypto::OpeningKey::fromSecret(entry.key->secret());
        escrow.sealing.push_back({std::move(*key), entry.notBefore, entry.notAfter, entry.retiredAt});
    }
    return escrow;
}

base::SecretBytes KeyEscrow::text() const {
    std::string text(kHead);
    // Grown in one piece, so that no shorter copy is left behind in memory.
    text.reserve(256 * (sealing.size() + 2));
    text += "\nidentity " + encoded(identity.secret()) + "\ncontent " + encoded(content.secret()) + "\n";
    for (const auto& each : sealing)
        text += "sealing " + encoded(each.key.secret()) + " " + base::toRfc3339(each.notBefore) + " " +
                base::toRfc3339(each.notAfter) + " " +
                (each.retiredAt ? base::toRfc3339(*each.retiredAt) : "-") + "\n";
    const base::SecretText whole(std::move(text));
    return base::SecretBytes(crypto::Bytes(whole.reveal().begin(), whole.reveal().end()));
}

Result<KeyEscrow> KeyEscrow::parse(const base::SecretBytes& bytes) {
    const auto malformed = [] { return base::fail(ProblemKind::Malformed, {{"key", "escrow"}}); };
    std::string_view text(reinterpret_cast<const char*>(bytes.reveal().data()), bytes.reveal().size());
    if (!text.starts_with(kHead) || text.substr(kHead.size(), 1) != "\n") return malformed();
    takeWords(text);
    const auto first = takeWords(text), second = takeWords(text);
    if (first.size() != 2 || first[0] != "identity" || second.size() != 2 || second[0] != "content")
        return malformed();
    auto identity = keyFrom<crypto::SigningKey>(first[1]), content = keyFrom<crypto::SigningKey>(second[1]);
    if (!identity || !content) return malformed();
    KeyEscrow escrow{std::move(*identity), std::move(*content), {}};
    while (!text.empty()) {
        auto sealing = sealingFrom(takeWords(text));
        if (!sealing) return malformed();
        escrow.sealing.push_back(std::move(*sealing));
    }
    return escrow;
}

Result<std::size_t> KeyEscrow::restore(const fs::path& dir, base::WallTime now) const {
    if (auto made = makeKeyDirectory(dir); !made) return tl::unexpected(made.error());
    const auto held = KeyLock::take(dir);
    if (!held) return tl::unexpected(held.error());
    std::size_t returned = 0;
    // Whose gateway this is comes first: nothing of another one's is put beside it.
    for (const auto& [key, file] :
         {std::pair(&identity, identityFile(dir)), std::pair(&content, contentFile(dir))}) {
        const auto put = putBack(*key, file);
        if (!put) return tl::unexpected(put.error());
        returned += *put ? 1 : 0;
    }
    auto ring = ringToMend(dir);
    if (!ring) return tl::unexpected(ring.error());
    for (const auto& each : sealing) {
        const auto put = putBack(each, dir, *ring, now);
        if (!put) return tl::unexpected(put.error());
        returned += *put ? 1 : 0;
    }
    std::ranges::stable_sort(ring->entries, {}, &SealingRing::Entry::notBefore);
    ring->issue(now);
    if (auto saved = ring->save(dir); !saved) return tl::unexpected(saved.error());
    return returned;
}

Result<void> KeyEscrow::remember(const fs::path& dir, base::WallTime now) const {
    const auto held = KeyLock::take(dir);
    if (!held) return tl::unexpected(held.error());
    auto ring = SealingRing::load(dir);
    if (!ring) return tl::unexpected(ring.error());
    for (const auto& each : sealing)
        if (auto* entry = ring->find(each.key.sealingKey().id())) entry->escrowedAt = now;
    return ring->save(dir);
}

}  // namespace tram::gateway

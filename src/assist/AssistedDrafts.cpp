#include "assist/AssistedDrafts.h"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "base/Disk.h"
#include "base/Files.h"
#include "base/Random.h"
#include "crypto/Keys.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::assist {

namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::string_view kEnding = ".draft";
constexpr std::size_t kIdBytes = 16, kSeed = 32, kMaxHead = 1024, kSealing = 256;
constexpr std::int64_t kMostTime = std::int64_t{1} << 53;
/// How often hours are written down, so that a day is a day across boots, too.
constexpr base::Millis kNoted = std::chrono::hours(1);

bool isDraftId(std::string_view id) {
    const auto bytes = id.size() == 2 * kIdBytes ? crypto::fromHex(id) : std::nullopt;
    return bytes && crypto::toHex(*bytes) == id;
}

/// One purpose, one key.
base::SecretBytes keyFor(const base::SecretBytes& seed, std::string_view purpose) {
    auto hex = crypto::keyedHashHex(seed.reveal(), crypto::view(purpose));
    base::SecretBytes key(*crypto::fromHex(hex));
    base::wipe(hex.data(), hex.size());
    return key;
}

/// Tells its owner, and nobody else, whose it is and that no byte was changed.
std::string ownerMark(const base::SecretBytes& seed, const std::string& id, crypto::ByteView sealed) {
    const auto key = keyFor(seed, "tram draft owner 1");
    return crypto::keyedHashHex(key.reveal(), crypto::view(id + '\n' + crypto::sha256Hex(sealed)));
}

}  // namespace

/// What a file tells of its age, unsealed: who can change it can as well take the file away.
struct AssistedDrafts::Age {
    base::WallTime savedAt{};
    base::Millis lived{0};  ///< up to `noted`
    base::BootTime noted;
    int boots = 0;

    base::Millis livedUntil(const base::BootTime& now) const {
        if (now.bootId != noted.bootId) return lived + now.sinceBoot;
        return lived + std::max(base::Millis{0}, now.sinceBoot - noted.sinceBoot);
    }
};

struct AssistedDrafts::Kept {
    Age age;
    std::string mark;
    crypto::Bytes sealed;
};

bool AssistedDrafts::isOver(const Age& age) const {
    return clock_.wall() - age.savedAt >= kLongest || age.livedUntil(clock_.boot()) >= kLongest ||
           age.boots > kMostBoots;
}

std::filesystem::path AssistedDrafts::pathOf(const std::string& id) const {
    return directory_ / (id + std::string(kEnding));
}

std::vector<std::string> AssistedDrafts::ids() const {
    std::vector<std::string> all;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(directory_, none)) {
        auto name = entry.path().filename().string();
        if (!name.ends_with(kEnding)) continue;
        name.resize(name.size() - kEnding.size());
        if (isDraftId(name)) all.push_back(std::move(name));
    }
    return all;
}

Result<AssistedDrafts::Kept> AssistedDrafts::read(const std::string& id) const {
    if (!isDraftId(id)) return base::fail(ProblemKind::NotFound);
    const auto file = base::readFile(pathOf(id), kMaxBytes + kMaxHead + kSealing);
    if (!file && file.error().kind == ProblemKind::FileMissing) return base::fail(ProblemKind::NotFound);
    if (!file) return tl::unexpected(file.error());
    const auto end = std::min(file->find('\n'), kMaxHead);
    const auto head = wire::parseJson(std::string_view(*file).substr(0, end), kMaxHead);
    if (!head || end >= file->size()) return base::fail(ProblemKind::Malformed);
    wire::Members members(*head);
    members.version(1);
    Kept kept;
    kept.age.savedAt = base::WallTime(base::Millis(members.integer("saved", -kMostTime, kMostTime)));
    kept.age.lived = base::Millis(members.integer("lived", 0, kMostTime));
    kept.age.noted = {members.text("boot", 64, wire::isToken),
                      base::Millis(members.integer("noted", 0, kMostTime))};
    kept.age.boots = static_cast<int>(members.integer("boots", 0, kMostBoots + 1));
    kept.mark = members.text("mark", 64, wire::isSha256Hex);
    const auto sealed = std::string_view(*file).substr(end + 1);
    kept.sealed.assign(sealed.begin(), sealed.end());
    return members.finish().map([&] { return std::move(kept); });
}

Result<void> AssistedDrafts::write(const std::string& id, const Kept& kept) const {
    auto bytes = wire::dumpJson(json{{"v", 1},
                                     {"saved", kept.age.savedAt.time_since_epoch().count()},
                                     {"lived", kept.age.lived.count()},
                                     {"boot", kept.age.noted.bootId},
                                     {"noted", kept.age.noted.sinceBoot.count()},
                                     {"boots", kept.age.boots},
                                     {"mark", kept.mark}});
    bytes += '\n';
    bytes.append(kept.sealed.begin(), kept.sealed.end());
    return base::writeFileAtomically(pathOf(id), bytes, 0600);
}

Result<void> AssistedDrafts::remove(const std::string& id) const {
    if (base::disk().unlink(pathOf(id)) != 0 && errno != ENOENT)
        return tl::unexpected(base::fileProblem(errno, directory_));
    return base::syncDirectory(directory_);
}

Result<AssistedDrafts::Kept> AssistedDrafts::ownOf(const base::SecretBytes& seed,
                                                   const std::string& id) const {
    auto kept = read(id);
    if (!kept && kept.error().kind == ProblemKind::Malformed) return base::fail(ProblemKind::BadSeal);
    if (!kept) return kept;
    if (isOver(kept->age)) return base::fail(ProblemKind::NotFound);
    if (seed.reveal().size() != kSeed ||
        !crypto::equalConstantTime(crypto::view(ownerMark(seed, id, kept->sealed)), crypto::view(kept->mark)))
        return base::fail(ProblemKind::BadSeal);
    return kept;
}

Result<std::string> AssistedDrafts::save(const base::SecretBytes& seed, crypto::ByteView draft,
                                         const std::string& id) {
    if (seed.reveal().size() != kSeed) return base::fail(ProblemKind::OutOfRange, {{"key", "seed"}});
    if (draft.size() > kMaxBytes) return base::fail(ProblemKind::TooLarge);
    if (!id.empty())
        if (const auto mine = ownOf(seed, id); !mine) return tl::unexpected(mine.error());
    if (id.empty() && ids().size() >= kMost) return base::fail(ProblemKind::OutOfRange, {{"key", "drafts"}});
    if (auto made = base::makeDirectories(directory_); !made) return tl::unexpected(made.error());
    const auto key = crypto::OpeningKey::fromSecret(keyFor(seed, "tram draft box 1"));
    if (!key) return tl::unexpected(key.error());
    const auto name = id.empty() ? base::randomHex(kIdBytes) : id;
    Kept kept{.age = {.savedAt = clock_.wall(), .noted = clock_.boot()},
              .mark = {},
              .sealed = key->sealingKey().seal(draft)};
    kept.mark = ownerMark(seed, name, kept.sealed);
    return write(name, kept).map([&] { return name; });
}

Result<std::vector<AssistedDrafts::Offered>> AssistedDrafts::offeredTo(const base::SecretBytes& seed) {
    std::vector<Offered> own;
    for (const auto& id : ids())
        if (const auto kept = ownOf(seed, id)) own.push_back({id, kept->age.savedAt});
    std::ranges::sort(own, std::greater(), &Offered::savedAt);
    return own;
}

Result<base::SecretBytes> AssistedDrafts::restore(const base::SecretBytes& seed, const std::string& id) {
    const auto kept = ownOf(seed, id);
    if (!kept) return tl::unexpected(kept.error());
    return crypto::OpeningKey::fromSecret(keyFor(seed, "tram draft box 1")).and_then([&](const auto& key) {
        return key.open(kept->sealed);
    });
}

Result<void> AssistedDrafts::discard(const base::SecretBytes& seed, const std::string& id) {
    const auto kept = ownOf(seed, id);
    return kept ? remove(id) : Result<void>(tl::unexpected(kept.error()));
}

/// What a power cut left half written was never told to anybody as kept.
Result<void> AssistedDrafts::dropTemporaries() const {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(directory_, none))
        if (base::isTemporary(entry.path().filename().string()) && base::disk().unlink(entry.path()) != 0 &&
            errno != ENOENT)
            return tl::unexpected(base::fileProblem(errno, directory_));
    return {};
}

Result<std::size_t> AssistedDrafts::sweep() {
    std::size_t gone = 0;
    const auto now = clock_.boot();
    if (auto dropped = dropTemporaries(); !dropped) return tl::unexpected(dropped.error());
    for (const auto& id : ids()) {
        auto kept = read(id);
        if (!kept && kept.error().kind != ProblemKind::Malformed) return tl::unexpected(kept.error());
        const bool booted = kept && kept->age.noted.bootId != now.bootId;
        if (booted) ++kept->age.boots;
        if (!kept || isOver(kept->age)) {
            if (auto removed = remove(id); !removed) return tl::unexpected(removed.error());
            ++gone;
        } else if (booted || now.sinceBoot - kept->age.noted.sinceBoot >= kNoted) {
            kept->age.lived = kept->age.livedUntil(now);
            kept->age.noted = now;
            if (auto noted = write(id, *kept); !noted) return tl::unexpected(noted.error());
        }
    }
    return gone;
}

}  // namespace tram::assist

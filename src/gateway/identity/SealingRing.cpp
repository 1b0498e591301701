#include "gateway/identity/SealingRing.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/Files.h"
#include "wire/SealingKeyJson.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;
using base::WallTime;

// A key further ahead was made by a clock that was, and must not keep the next one from being made in time.
constexpr std::chrono::days kComesSoon{60};

}  // namespace

fs::path sealingFile(const fs::path& dir, const std::string& id) {
    return dir / ("sealing-" + id + ".key");
}

SealingRing::Entry* SealingRing::find(std::string_view id) {
    const auto found = std::ranges::find(entries, id, &Entry::id);
    return found == entries.end() ? nullptr : &*found;
}

std::vector<std::string> SealingRing::listable(WallTime now) const {
    std::vector<std::string> ids;
    for (auto entry = entries.rbegin(); entry != entries.rend() && ids.size() < wire::kMaxSealingKeys;
         ++entry)
        if (entry->usable() && now < entry->notAfter) ids.push_back(entry->id);
    return ids;
}

const SealingRing::Entry* SealingRing::newestInForce(WallTime now) const {
    const Entry* newest = nullptr;
    for (const auto& entry : entries)
        if (entry.inForce(now) && (!newest || entry.notBefore >= newest->notBefore)) newest = &entry;
    return newest;
}

std::optional<WallTime> SealingRing::lastEnd(WallTime now) const {
    std::optional<WallTime> last;
    for (const auto& entry : entries)
        if (entry.usable() && now < entry.notAfter && entry.notBefore - now < kComesSoon)
            last = std::max(last.value_or(entry.notAfter), entry.notAfter);
    return last;
}

std::size_t SealingRing::lost() const {
    return static_cast<std::size_t>(std::ranges::count_if(entries, [](const Entry& e) { return !e.key; }));
}

std::size_t SealingRing::unescrowed() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(entries, [](const Entry& e) { return e.usable() && !e.escrowedAt; }));
}

Result<std::string> SealingRing::add(const fs::path& dir, WallTime from, WallTime until) {
    auto key = std::make_shared<crypto::OpeningKey>(crypto::OpeningKey::generate());
    const auto id = key->sealingKey().id();
    if (auto saved = key->save(sealingFile(dir, id)); !saved) return tl::unexpected(saved.error());
    entries.push_back({id, std::move(key), from, until});
    return id;
}

bool SealingRing::issue(WallTime now) {
    auto ids = listable(now);
    if (ids == issued || ids.empty()) return false;
    issued = std::move(ids);
    version = std::max<std::int64_t>(version + 1, now.time_since_epoch().count());
    issuedAt = now;
    return true;
}

wire::SealingStatement SealingRing::statement() const {
    wire::SealingStatement statement{version, base::toRfc3339(issuedAt), {}};
    for (const auto& id : issued) {
        const auto entry = std::ranges::find(entries, id, &Entry::id);
        if (entry != entries.end() && entry->key)
            statement.keys.push_back({entry->key->sealingKey().text(), base::toRfc3339(entry->notBefore),
                                      base::toRfc3339(entry->notAfter)});
    }
    return statement;
}

Result<KeyLock> KeyLock::take(const fs::path& dir) {
    const auto path = dir / "keys.lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return tl::unexpected(base::fileProblem(errno, path));
    while (::flock(file, LOCK_EX) != 0)
        if (errno != EINTR) {
            const int error = errno;
            ::close(file);
            return tl::unexpected(base::fileProblem(error, path));
        }
    return KeyLock(file);
}

KeyLock::KeyLock(KeyLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

KeyLock::~KeyLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace tram::gateway

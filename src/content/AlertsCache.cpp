#include "content/AlertsCache.h"

#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "strict/Json.h"
#include "trust/Documents.h"
#include "wire/Members.h"

namespace tram::content {

namespace {

using base::fail;
using base::ProblemKind;
using base::Result;
using base::WallTime;

constexpr base::Millis kNoteEvery = std::chrono::minutes(5);
constexpr std::size_t kMostTime = 1000;

struct TimeNote {
    base::BootTime boot;
    WallTime at;

    static Result<TimeNote> parse(std::string_view text) {
        const auto parsed = strict::parseJson(text, kMostTime);
        if (!parsed) return tl::unexpected(parsed.error());
        wire::Members members(*parsed);
        TimeNote note;
        note.boot.bootId = members.text("boot_id", 100);
        note.boot.sinceBoot = base::Millis(members.integer("since_boot_ms", 0, std::int64_t{1} << 50));
        base::fromRfc3339(members.text("at", 40, wire::isRfc3339), note.at);
        return members.finish().map([&] { return note; });
    }
    std::string toJson() const {
        return strict::dumpJson({{"boot_id", boot.bootId},
                                 {"since_boot_ms", boot.sinceBoot.count()},
                                 {"at", base::toRfc3339(at)}});
    }
};

/// It goes back out as a header (RFC 9110 §8.8.3).
bool isTag(std::string_view text) {
    return text.size() <= 200 &&
           std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c != 0x7F; });
}

}  // namespace

AlertsCache::AlertsCache(const std::filesystem::path& dataDir)
    : file_(dataDir / "alerts" / "list.json"), timeFile_(dataDir / "alerts" / "time.json") {}

Result<cap::Bulletin> AlertsCache::read(const trust::Root& root) const {
    const auto bytes = base::readFile(file_, trust::kMaxDocument);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto document = trust::openSigned(*bytes, cap::Bulletin::kPayloadType, root, trust::Role::Alerts);
    if (!document) return tl::unexpected(document.error());
    return cap::Bulletin::parse(document->payload);
}

Result<bool> AlertsCache::update(link::GatewayClient& gateway, const trust::Root& root,
                                 const base::Clock& clock) {
    // Never "not modified" for what this root does not vouch for, or what is not there any more.
    std::error_code gone;
    if (etagRoot_ != root.version || !std::filesystem::exists(file_, gone)) etag_.clear();
    const auto told = gateway.alerts(etag_);
    if (!told) return tl::unexpected(told.error());
    if (!*told) return noteTime(gateway.gatewayTime(), clock, false), false;
    auto taken = take((*told)->bytes, root, gateway.gatewayTime());
    if (!taken) return taken;
    noteTime(gateway.gatewayTime(), clock, *taken);
    etag_ = isTag((*told)->etag) ? (*told)->etag : "";
    etagRoot_ = root.version;
    return taken;
}

/// `now` is the gateway's: a kiosk whose clock is ahead must not be without alerts.
Result<bool> AlertsCache::take(const std::string& bytes, const trust::Root& root, WallTime now) {
    const auto document = trust::openSigned(bytes, cap::Bulletin::kPayloadType, root, trust::Role::Alerts);
    if (!document) return tl::unexpected(document.error());
    const auto bulletin = cap::Bulletin::parse(document->payload);
    if (!bulletin) return tl::unexpected(bulletin.error());
    const auto kept = read(root);
    if (kept && base::readFile(file_, trust::kMaxDocument) == bytes) return false;
    if (kept && bulletin->version <= kept->version)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(bulletin->version)}});
    if (bulletin->expires <= now) return fail(ProblemKind::Expired);
    if (auto made = base::makeDirectories(file_.parent_path(), 0750); !made)
        return tl::unexpected(made.error());
    if (auto written = base::writeFileAtomically(file_, bytes); !written)
        return tl::unexpected(written.error());
    return true;
}

/// A note that could not be written costs exactness after the next restart, no more.
void AlertsCache::noteTime(WallTime now, const base::Clock& clock, bool always) {
    const auto boot = clock.boot();
    const bool recent = noted_.bootId == boot.bootId && boot.sinceBoot - noted_.sinceBoot < kNoteEvery;
    if (recent && !always) return;
    if (base::writeFileAtomically(timeFile_, TimeNote{boot, now}.toJson())) noted_ = boot;
}

WallTime AlertsCache::trustedTime(const base::Clock& clock) const {
    const auto text = base::readFile(timeFile_, kMostTime);
    const auto note = text ? TimeNote::parse(*text) : tl::unexpected(text.error());
    if (!note) return clock.wall();
    const auto boot = clock.boot();
    if (boot.bootId == note->boot.bootId && boot.sinceBoot >= note->boot.sinceBoot)
        return note->at + (boot.sinceBoot - note->boot.sinceBoot);
    return std::max(clock.wall(), note->at);
}

std::string AlertsCache::stamp() const {
    struct stat info{};
    if (::stat(file_.c_str(), &info) != 0) return "none";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec);
}

}  // namespace tram::content

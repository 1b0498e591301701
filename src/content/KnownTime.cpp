#include "content/KnownTime.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::content {

namespace {

using base::Result;
using base::WallTime;

constexpr base::Millis kNoteEvery = std::chrono::minutes(5);
constexpr std::size_t kMostNote = 1000;

struct Note {
    base::BootTime boot;
    WallTime at, proven;

    static Result<Note> read(const std::filesystem::path& file) {
        const auto text = base::readFile(file, kMostNote);
        if (!text) return tl::unexpected(text.error());
        const auto parsed = strict::parseJson(*text, kMostNote);
        if (!parsed) return tl::unexpected(parsed.error());
        wire::Members members(*parsed);
        Note note;
        note.boot.bootId = members.text("boot_id", 100);
        note.boot.sinceBoot = base::Millis(members.integer("since_boot_ms", 0, std::int64_t{1} << 50));
        base::fromRfc3339(members.text("at", 40, wire::isRfc3339), note.at);
        base::fromRfc3339(members.text("proven", 40, wire::isRfc3339), note.proven);
        return members.finish().map([&] { return note; });
    }
    std::string toJson() const {
        return strict::dumpJson({{"boot_id", boot.bootId},
                                 {"since_boot_ms", boot.sinceBoot.count()},
                                 {"at", base::toRfc3339(at)},
                                 {"proven", base::toRfc3339(proven)}});
    }
    bool isOf(const base::BootTime& now) const {
        return now.bootId == boot.bootId && now.sinceBoot >= boot.sinceBoot;
    }
};

}  // namespace

WallTime KnownTime::now(const base::Clock& clock) const {
    const auto note = Note::read(file_);
    if (!note) return clock.wall();
    const auto boot = clock.boot();
    if (note->isOf(boot)) return note->at + (boot.sinceBoot - note->boot.sinceBoot);
    return std::max(clock.wall(), note->at);
}

WallTime KnownTime::proven(const base::Clock& clock) const {
    const auto note = Note::read(file_);
    if (!note) return WallTime::min();
    const auto boot = clock.boot();
    return note->proven + (note->isOf(boot) ? boot.sinceBoot - note->boot.sinceBoot : base::Millis(0));
}

bool KnownTime::isFresh(const base::Clock& clock) const {
    const auto boot = clock.boot();
    return noted_.bootId == boot.bootId && boot.sinceBoot - noted_.sinceBoot < kNoteEvery;
}

/// A note that could not be written costs exactness after the next restart, no more.
void KnownTime::note(WallTime proven, WallTime said, WallTime until, const base::Clock& clock) {
    const Note note{clock.boot(), std::clamp(said, proven, std::max(proven, until)), proven};
    if (base::writeFileAtomically(file_, note.toJson())) noted_ = note.boot;
}

}  // namespace tram::content

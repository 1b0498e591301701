#include "gateway/alerts/DemoAlerts.h"

#include <array>

#include "base/Files.h"
#include "cap/Shapes.h"
#include "gateway/alerts/AlertDesk.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::Result;

/// The times that stand in resources/demo/alerts, and how long after the start they are to be. Sent in the
/// past: a Cancel that is dropped at once is not before what it calls off.
std::string madeNow(std::string text, base::WallTime now) {
    const std::array<std::pair<const char*, base::Millis>, 4> kTimes{
        {{"2026-11-21T09:40:00+07:00", std::chrono::seconds(-2)},
         {"2026-11-21T09:55:00+07:00", std::chrono::seconds(-1)},
         {"2026-11-21T17:00:00+07:00", std::chrono::hours(3)},
         {"2026-11-21T20:00:00+07:00", std::chrono::hours(6)}}};
    for (const auto& [written, after] : kTimes) {
        const auto moment = cap::writeTime(now + after);
        for (auto at = text.find(written); at != text.npos; at = text.find(written, at + moment.size()))
            text.replace(at, moment.size(), moment);
    }
    return text;
}

Result<void> copySamples(const fs::path& from, const fs::path& to, base::WallTime now) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(from, error)) {
        const auto text = base::readFile(entry.path());
        if (!text) return tl::unexpected(text.error());
        auto written = base::writeFileAtomically(to / entry.path().filename(), madeNow(*text, now));
        if (!written) return written;
    }
    return {};
}

}  // namespace

Result<void> prepareDemoAlerts(const fs::path& dataDir, const fs::path& folder, const fs::path& shareDir,
                               base::WallTime now) {
    for (const auto& each : {dataDir / folder, dataDir / "alerts-samples"})
        if (auto made = base::makeDirectories(each); !made) return made;
    if (auto key = RoleKeyFile(dataDir, AlertDesk::kKey).provide(""); !key)
        return tl::unexpected(key.error());
    return copySamples(shareDir / "demo" / "alerts", dataDir / "alerts-samples", now);
}

}  // namespace tram::gateway

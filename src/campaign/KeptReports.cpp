#include "campaign/KeptReports.h"

#include <algorithm>

#include "base/Files.h"
#include "base/Log.h"

namespace tram::campaign {

using base::Result;
using wire::WardReport;

ReportQuestion ReportQuestion::ofDay(WardReport::By by, calendar::Day day) {
    return {by, calendar::toText(day), calendar::toText(day)};
}

ReportQuestion ReportQuestion::ofWeek(WardReport::By by, calendar::Day day) {
    const auto since = std::chrono::weekday(day) - std::chrono::Monday;
    return {by, calendar::toText(day - since), calendar::toText(day)};
}

ReportQuestion ReportQuestion::until(WardReport::By by, const std::string& from, const std::string& deadline,
                                     calendar::Day day) {
    const auto to = std::max(from, std::min(deadline, calendar::toText(day)));
    return {by, from, to};
}

std::filesystem::path KeptReports::fileOf(WardReport::By by) const {
    return dir_ / "content" / ("ward-report-" + std::string(wire::name(by)) + ".json");
}

Result<KeptReports::Told> KeptReports::ask(const std::string& ward, const ReportQuestion& question,
                                           const Ask& gateway) const {
    auto told = gateway(question);
    if (told && told->ward != ward) told = base::fail(base::ProblemKind::BadResponse, {{"key", "ward"}});
    const auto file = fileOf(question.by);
    if (told) {
        auto written = base::makeDirectories(file.parent_path(), 0750);
        if (written) written = base::writeFileAtomically(file, told->toJson());
        if (!written) base::log::problem("ward_report_not_kept", written.error());
        return Told{std::move(*told), std::nullopt};
    }
    const auto text = base::readFile(file, WardReport::kMaxBytes);
    if (!text) return tl::unexpected(told.error());
    auto kept = WardReport::parse(*text);
    if (!kept || kept->ward != ward || kept->by != question.by) return tl::unexpected(told.error());
    return Told{std::move(*kept), told.error()};
}

}  // namespace tram::campaign

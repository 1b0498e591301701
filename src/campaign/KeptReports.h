#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/Result.h"
#include "calendar/WorkingDays.h"
#include "wire/WardReport.h"

namespace tram::campaign {

/// What is asked of a ward's report: days as "2026-12-01", both of them within.
struct ReportQuestion {
    wire::WardReport::By by = wire::WardReport::By::Errand;
    std::string from, to;

    static ReportQuestion ofDay(wire::WardReport::By by, calendar::Day day);
    static ReportQuestion ofWeek(wire::WardReport::By by, calendar::Day day);  ///< Monday to that day
    /// From a campaign's first day to that day, or to its last.
    static ReportQuestion until(wire::WardReport::By by, const std::string& from, const std::string& deadline,
                                calendar::Day day);
};

/// The last report of each kind that the gateway told of, for a station without a line; kiosk and
/// `tram report` share them. dataDir/content/ward-report-errand.json, …
class KeptReports {
  public:
    explicit KeptReports(std::filesystem::path dataDir) : dir_(std::move(dataDir)) {}
    /// link::GatewayClient::wardReport; blocks.
    using Ask = std::function<base::Result<wire::WardReport>(const ReportQuestion&)>;

    struct Told {
        wire::WardReport report;
        std::optional<base::Problem> problem;  ///< why it is the last one kept, perhaps of other days
    };
    /// Of the ward's alone. With nothing kept the problem itself.
    base::Result<Told> ask(const std::string& ward, const ReportQuestion& question, const Ask& gateway) const;

  private:
    std::filesystem::path fileOf(wire::WardReport::By by) const;
    std::filesystem::path dir_;
};

}  // namespace tram::campaign

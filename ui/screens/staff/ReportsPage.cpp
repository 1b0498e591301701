#include "ui/screens/staff/ReportsPage.h"

#include <array>

#include "base/VietnameseText.h"
#include "calendar/WorkingDays.h"
#include "ui/kit/Chart.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using campaign::ReportQuestion;
namespace reporting = campaign::reporting;

namespace {

constexpr std::array kBys{wire::WardReport::By::Errand, wire::WardReport::By::Day, wire::WardReport::By::Unit,
                          wire::WardReport::By::Outcome};
constexpr std::size_t kMarksShown = 12;

}  // namespace

ReportsPage::ReportsPage(Host& host, std::unique_ptr<campaign::Report> report, Calls calls)
    : host_(host), report_(std::move(report)), calls_(std::move(calls)) {
    report_->onChange = [this] { host_.refresh(); };
    ask();
}

void ReportsPage::ask() {
    const auto today = calendar::dayInCity(host_.services().clock.wall());
    report_->ask(week_ ? ReportQuestion::ofWeek(by_, today) : ReportQuestion::ofDay(by_, today));
}

std::string ReportsPage::rowName(const std::string& key) const {
    if (by_ == By::Errand) return host_.tr("tool.report.errand." + key);
    if (by_ == By::Day) return calendar::shown(key).substr(0, 5);
    if (by_ == By::Unit && key.empty()) return host_.tr("tool.report.no_unit");
    return base::clean(key);
}

std::string ReportsPage::columnName(const std::string& column) const {
    return host_.tr(column.empty() ? "tool.report.count" : "tool.report.errand." + column);
}

ViewRef ReportsPage::questions() {
    Views spans, bys;
    for (const bool week : {false, true})
        spans.push_back(staffChoice(week ? "report.week" : "report.day",
                                    host_.tr(week ? "staff.report.week" : "staff.report.day"), week_ == week,
                                    [this, week] {
                                        week_ = week;
                                        ask();
                                    }));
    for (const auto by : kBys) {
        const std::string name(wire::name(by));
        bys.push_back(
            staffChoice("report.by." + name, host_.tr("staff.report.by." + name), by_ == by, [this, by] {
                by_ = by;
                ask();
            }));
    }
    return column({wrap(std::move(spans), 12), wrap(std::move(bys), 12)}, {.gap = 12});
}

/// Of which days it is, and how old.
std::string ReportsPage::standing() const {
    const auto* told = report_->report();
    if (!told) return "";
    return host_.tr("staff.report.of", {{"from", calendar::shown(told->from)},
                                        {"to", calendar::shown(told->to)},
                                        {"time", clockTime(host_.services().clock.wall() - report_->age())}});
}

ViewRef ReportsPage::figures() {
    const auto& state = report_->state();
    if (const auto* none = std::get_if<reporting::Nothing>(&state)) {
        const auto text = problemText(host_, none->problem);
        return column({banner({.mood = Mood::Warn,
                               .icon = text.icon,
                               .title = host_.tr("staff.report.none"),
                               .text = text.what,
                               .id = "report.problem"}),
                       row({button({.id = "report.again",
                                    .label = host_.tr("action.retry"),
                                    .icon = "refresh",
                                    .onPress = [this] { report_->again(); }})})},
                      {.gap = 16});
    }
    if (!report_->report()) return muted(host_.tr("staff.report.asking"));
    const auto& table = report_->table();
    Views parts{muted(standing())};
    if (std::holds_alternative<reporting::Kept>(state))
        parts.push_back(banner({.mood = Mood::Warn,
                                .icon = "cloud_off",
                                .text = host_.tr("staff.report.kept"),
                                .id = "report.kept"}));
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        ChartOptions chart{.id = "report." + std::to_string(column),
                           .spoken = columnName(table.columns[column])};
        for (const auto& one : table.rows)
            if (chart.marks.size() < kMarksShown)
                chart.marks.push_back({rowName(one.key), static_cast<double>(one.counts[column]),
                                       std::to_string(one.counts[column])});
        if (chart.marks.empty()) continue;
        const auto sum =
            column < table.sums.size() ? ": " + std::to_string(table.sums[column]) : std::string();
        parts.push_back(
            paragraph(columnName(table.columns[column]) + sum, {.role = Type::Heading, .heading = true}));
        parts.push_back(by_ == By::Day ? barChart(std::move(chart)) : shareChart(std::move(chart)));
    }
    if (table.rows.empty()) parts.push_back(muted(host_.tr("staff.report.empty")));
    if (host_.services().printer && !table.rows.empty())
        parts.push_back(row({button({.id = "report.print",
                                     .label = host_.tr("staff.report.print"),
                                     .icon = "print",
                                     .onPress = [this] {
                                         if (calls_.printed) calls_.printed(week_);
                                         host_.open(std::make_unique<PrintScreen>(host_, sheet()));
                                     }})}));
    return column(std::move(parts), {.gap = 16});
}

paper::Sheet ReportsPage::sheet() const {
    auto sheet = sheetFromHere(host_);
    sheet.blocks.push_back(paper::Title{host_.tr("staff.section.reports")});
    sheet.blocks.push_back(paper::Small{standing()});
    const auto& table = report_->table();
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        sheet.blocks.push_back(paper::Heading{columnName(table.columns[column])});
        paper::Bars bars;
        for (const auto& one : table.rows)
            bars.bars.push_back({rowName(one.key), std::to_string(one.counts[column]),
                                 static_cast<double>(one.counts[column])});
        sheet.blocks.push_back(std::move(bars));
    }
    return sheet;
}

ViewRef ReportsPage::render() {
    return staffBody(
        host_, "page.reports",
        {card(column({paragraph(host_.tr("staff.section.reports"), {.role = Type::Title, .heading = true}),
                      muted(host_.tr("staff.report.what")), questions()},
                     {.gap = 16})),
         card(figures())});
}

}  // namespace tram::screens

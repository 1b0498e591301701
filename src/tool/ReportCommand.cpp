#include <algorithm>
#include <iostream>
#include <memory>

#include "base/VietnameseText.h"
#include "campaign/KeptReports.h"
#include "campaign/ReportTable.h"
#include "tool/Commands.h"
#include "tool/Harmless.h"
#include "tool/StationLine.h"

namespace tram::tool {

using base::Result;
using campaign::KeptReports;
using campaign::ReportQuestion;
using By = wire::WardReport::By;

namespace {

struct ReportOptions {
    std::string by = "errand", from, to;
    bool json = false;
};
using Line = std::vector<std::string>;

/// What a row is called: an errand in words, a day as people write it, a unit or an outcome as it is.
std::string rowName(const Tool& tool, By by, const std::string& key) {
    if (by == By::Errand) return tool.say("tool.report.errand." + key);
    if (by == By::Day) return calendar::shown(key);
    if (by == By::Unit && key.empty()) return tool.say("tool.report.no_unit");
    return harmless(key);
}

std::vector<Line> linesOf(const Tool& tool, const wire::WardReport& report) {
    const auto table = campaign::tableOf(report);
    std::vector<Line> lines(1);
    lines[0].push_back(tool.say("tool.report.by." + std::string(wire::name(report.by))));
    for (const auto& column : table.columns)
        lines[0].push_back(tool.say(column.empty() ? "tool.report.count" : "tool.report.errand." + column));
    for (const auto& row : table.rows) {
        lines.push_back({rowName(tool, report.by, row.key)});
        for (const auto count : row.counts) lines.back().push_back(std::to_string(count));
    }
    if (table.sums.empty()) return lines;
    lines.push_back({tool.say("tool.report.sum")});
    for (const auto sum : table.sums) lines.back().push_back(std::to_string(sum));
    return lines;
}

/// Figures stand under each other.
void printLines(const std::vector<Line>& lines) {
    std::vector<std::size_t> widths(lines.front().size());
    for (const auto& line : lines)
        for (std::size_t at = 0; at < line.size(); ++at)
            widths[at] = std::max(widths[at], base::characters(line[at]));
    for (const auto& line : lines) {
        std::string text;
        for (std::size_t at = 0; at < line.size(); ++at) {
            const std::string fill(widths[at] - base::characters(line[at]), ' ');
            text += at == 0 ? line[at] + fill : "  " + fill + line[at];
        }
        std::cout << text << '\n';
    }
}

ReportQuestion questionOf(const ReportOptions& options, calendar::Day today) {
    auto question = ReportQuestion::ofWeek(wire::wardReportBy(options.by).value_or(By::Errand), today);
    if (!options.from.empty()) question.from = options.from;
    if (!options.to.empty()) question.to = options.to;
    return question;
}

void tellReport(const Tool& tool, const ReportOptions& options, const KeptReports::Told& told) {
    const auto& report = told.report;
    if (told.problem)
        std::cerr << tool.say("tool.report.kept") << ' ' << wordsFor(tool.words, *told.problem) << '\n';
    if (options.json) {
        std::cout << report.toJson() << '\n';
        return;
    }
    tool.print("tool.report.head", {{"ward", report.ward},
                                    {"from", calendar::shown(report.from)},
                                    {"to", calendar::shown(report.to)},
                                    {"as_of", report.asOf}});
    printLines(linesOf(tool, report));
}

Result<void> reportWard(const Tool& tool, const ReportOptions& options) {
    const auto config = tool.loadConfig();
    if (!config) return tl::unexpected(config.error());
    const base::SystemClock clock;
    const auto station = StationLine::open(*config, clock);
    if (!station) return tl::unexpected(station.error());
    const auto told =
        KeptReports(config->dataDir)
            .ask(station->answer.wardCode, questionOf(options, calendar::dayInCity(clock.wall())),
                 [&](const ReportQuestion& question) {
                     return station->gateway->wardReport(question.by, question.from, question.to);
                 });
    if (!told) return tl::unexpected(told.error());
    tellReport(tool, options, *told);
    return {};
}

}  // namespace

void addReportCommand(CLI::App& app, Tool& tool) {
    auto options = std::make_shared<ReportOptions>();
    CLI::App* report = app.add_subcommand("report", tool.say("tool.help.report"));
    report->add_option("--by", options->by, tool.say("tool.help.report.by"))
        ->check(CLI::IsMember({"errand", "day", "unit", "outcome"}));
    report->add_option("--from", options->from, tool.say("tool.help.report.from"))->type_name("DAY");
    report->add_option("--to", options->to, tool.say("tool.help.report.to"))->type_name("DAY");
    report->add_flag("--json", options->json, tool.say("tool.help.report.json"));
    report->callback([&tool, options] {
        if (const auto done = reportWard(tool, *options); !done) tool.fail(done.error());
    });
}

}  // namespace tram::tool

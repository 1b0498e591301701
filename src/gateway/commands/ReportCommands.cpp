#include <iostream>
#include <map>

#include "base/Files.h"
#include "gateway/commands/Commands.h"
#include "gateway/tally/GuideTallies.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

struct TallyOptions {
    Place place;
    std::string csv, from, until;
};

/// Of each guide how often what came of it; the file has all of it.
int reportTallies(const TallyOptions& options) {
    for (const auto* day : {&options.from, &options.until})
        if (!day->empty() && !wire::isDate(*day))
            return failed({base::ProblemKind::Unprocessable, {{"detail", "--from, --until: YYYY-MM-DD"}}});
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    GuideTallies tallies(*storage->city);
    if (!options.csv.empty()) {
        const auto csv = talliesCsv(tallies, options.from, options.until);
        if (!csv) return failed(csv.error());
        if (const auto written = base::writeFileAtomically(options.csv, *csv, 0600); !written)
            return failed(written.error());
    }
    struct Sum {
        std::int64_t count = 0, helped = 0, minutes = 0;
    };
    std::map<std::pair<std::string, std::string>, Sum> sums;
    const auto read = tallies.each(options.from, options.until, [&](const GuideTallies::Row& row) {
        auto& sum = sums[{row.guide, row.outcome}];
        sum.count += row.count;
        sum.helped += row.helped ? row.count : 0;
        sum.minutes += row.minutes;
    });
    if (!read) return failed(read.error());
    for (const auto& [what, sum] : sums)
        std::cout << what.first << '\t' << what.second << '\t' << sum.count << "\thelped=" << sum.helped
                  << "\tminutes=" << sum.minutes << '\n';
    return 0;
}

}  // namespace

void addReports(Commands& commands) {
    auto& group = commands.group("report", "what came of the help at stations");
    auto options = std::make_shared<TallyOptions>();
    auto& tallies = commands.add(group, "tallies", "of each guide, how often what came of it",
                                 [options] { return reportTallies(*options); });
    options->place.addTo(tallies);
    tallies.add_option(
        "--csv", options->csv,
        "by day, ward, group, guide, platform, outcome, help, where and to whom, into this file");
    tallies.add_option("--from", options->from, "first day, YYYY-MM-DD");
    tallies.add_option("--until", options->until, "last day");
    addRatingReport(commands, group);
    addHandledReport(commands, group);
    addWardReport(commands, group);
}

}  // namespace tram::gateway

#include <iostream>

#include "base/Files.h"
#include "gateway/commands/Commands.h"
#include "gateway/inbox/Handled.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

struct HandledOptions {
    Place place;
    std::string csv, from, until;
};

/// A line for each day, desk and member of staff; the file has their role and how consent was given, too.
int reportHandled(const HandledOptions& options) {
    for (const auto* day : {&options.from, &options.until})
        if (!day->empty() && !wire::isDate(*day))
            return failed({base::ProblemKind::Unprocessable, {{"detail", "--from, --until: YYYY-MM-DD"}}});
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    Handled handled(*storage);
    const auto read = handled.each(options.from, options.until, [](const Handled::Sum& sum) {
        std::cout << sum.row.day << '\t' << sum.row.desk << '\t' << sum.row.staff << '\t'
                  << sum.row.consentHow << '\t' << sum.row.standing << '\t' << sum.count << '\n';
    });
    if (!read) return failed(read.error());
    if (options.csv.empty()) return 0;
    const auto csv = handledCsv(handled, options.from, options.until);
    if (!csv) return failed(csv.error());
    const auto written = base::writeFileAtomically(options.csv, *csv, 0600);
    return written ? 0 : failed(written.error());
}

}  // namespace

void addHandledReport(Commands& commands, CLI::App& group) {
    auto options = std::make_shared<HandledOptions>();
    auto& handled = commands.add(group, "handled", "by day, desk and member of staff, how often they helped",
                                 [options] { return reportHandled(*options); });
    options->place.addTo(handled);
    handled.add_option("--csv", options->csv, "with role and way of consent, into this file");
    handled.add_option("--from", options->from, "first day, YYYY-MM-DD");
    handled.add_option("--until", options->until, "last day");
}

}  // namespace tram::gateway

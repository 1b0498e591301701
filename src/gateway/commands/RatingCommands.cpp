#include <iostream>

#include "base/Files.h"
#include "base/VietnameseText.h"
#include "calendar/WorkingDays.h"
#include "gateway/commands/Commands.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/inbox/RatingsCsv.h"
#include "gateway/rating/Faults.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

struct VisitOptions {
    Place place;
    std::string office, day;
    int count = 1;
};
struct FaultOptions {
    Place place;
    bool all = false;
    std::int64_t number = 0;
};
struct RatingOptions {
    Place place;
    std::string csv;
    bool words = false;
};

constexpr std::chrono::days kAhead{366};

/// A link for each ticket: what its QR holds.
int printVisits(const VisitOptions& options, base::WallTime now) {
    const auto day = options.day.empty() ? calendar::dayInCity(now) : calendar::dayFrom(options.day);
    const auto today = calendar::dayInCity(now);
    if (!day || *day < today || *day > today + kAhead || !wire::VisitToken::holds(options.office, *day))
        return failed(
            {ProblemKind::Unprocessable, {{"detail", "--office: 27154; --day: YYYY-MM-DD, within a year"}}});
    closeMemoryToOthers();
    const auto config = options.place.read();
    if (!config) return failed(config.error());
    const auto dir = options.place.dataDir();
    if (!dir) return failed(dir.error());
    const auto identity = GatewayKeys::loadIdentity(*dir / "keys");
    if (!identity) return failed(identity.error());
    const RatingKeys keys(*identity);
    const VisitTokens tokens(keys);
    std::cout << "office,day,link\n";
    for (int i = 0; i < options.count; ++i)
        std::cout << options.office << ',' << calendar::toText(*day) << ',' << config->phoneUrl() << "/r/"
                  << tokens.issue(options.office, *day).text() << '\n';
    return 0;
}

/// A station wrote the words: nothing in them reaches the terminal but letters.
int listFaults(const FaultOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    Faults faults(*storage->city);
    const auto rows = faults.list(options.all ? Faults::Which::All : Faults::Which::Open, 10'000);
    if (!rows) return failed(rows.error());
    for (const auto& row : *rows) {
        std::cout << row.number << '\t' << base::toRfc3339(row.at) << '\t' << row.ward << '\t' << row.station
                  << '\t' << row.part << '\t' << (row.open ? "open" : "closed") << '\t'
                  << base::clean(row.words) << '\n';
    }
    return 0;
}

int closeFault(const FaultOptions& options, base::WallTime now) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    Faults faults(*storage->city);
    if (auto closed = faults.close(options.number, now); !closed) return failed(closed.error());
    return 0;
}

/// Words are opened out of their sealed copies, one after the other, and stand in no store.
Result<std::string> csvOf(const RatingOptions& options, Storage& storage, Ratings& ratings) {
    if (!options.words) return ratingsCsv(ratings, *storage.city, nullptr);
    const auto dir = options.place.dataDir();
    if (!dir) return tl::unexpected(dir.error());
    const auto config = options.place.read();
    if (!config) return tl::unexpected(config.error());
    const auto keys = GatewayKeys::open(*dir / "keys", base::SystemClock().wall());
    if (!keys) return tl::unexpected(keys.error());
    const auto schemas = SchemaSet::load(config->shareDir / "api" / "schemas");
    if (!schemas) return tl::unexpected(schemas.error());
    const Opener opener(*keys, *schemas);
    return ratingsCsv(ratings, *storage.city, &opener);
}

int reportRatings(const RatingOptions& options) {
    closeMemoryToOthers();
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto dir = options.place.dataDir();
    const auto identity = GatewayKeys::loadIdentity(*dir / "keys");
    if (!identity) return failed(identity.error());
    const RatingKeys keys(*identity);
    Ratings ratings(*storage->city, keys, {});
    if (!options.csv.empty()) {
        const auto csv = csvOf(options, *storage, ratings);
        if (!csv) return failed(csv.error());
        if (const auto written = base::writeFileAtomically(options.csv, *csv, 0600); !written)
            return failed(written.error());
    }
    const auto counts = ratings.counts();
    if (!counts) return failed(counts.error());
    std::cout << "dossier\t" << counts->dossiers << "\nvisit\t" << counts->visits << "\nkiosk\t"
              << counts->kiosks << "\nrepeated\t" << counts->repeated << '\n';
    return 0;
}

}  // namespace

void addRatingReport(Commands& commands, CLI::App& group) {
    auto options = std::make_shared<RatingOptions>();
    auto& ratings =
        commands.addAct(group, "ratings", "what people think of offices and stations", options->place,
                        Deed::RatingsReport, [options](Act&) { return reportRatings(*options); });
    ratings.add_option("--csv", options->csv, "each of them, into this file");
    ratings.add_flag("--words", options->words, "with what was written: the city's to read, nobody else's");
}

void addRatings(Commands& commands) {
    auto visits = std::make_shared<VisitOptions>();
    auto& issue = commands.addAct(
        commands.top(), "visits", "tickets by which a visit can be rated once: a CSV of links", visits->place,
        Deed::VisitTickets,
        [visits, &commands](Act&) { return printVisits(*visits, commands.clock().wall()); });
    issue.add_option("--office", visits->office, "the ward's five digits")->required();
    issue.add_option("--day", visits->day, "of the visits, YYYY-MM-DD; today without it");
    issue.add_option("--count", visits->count, "how many")->check(CLI::Range(1, 10'000));

    auto& group = commands.group("faults", "what people said is broken at stations");
    auto options = std::make_shared<FaultOptions>();
    auto& list = commands.add(group, "list", "the open ones", [options] { return listFaults(*options); });
    options->place.addTo(list);
    list.add_flag("--all", options->all, "and those that were closed");
    auto closing = std::make_shared<FaultOptions>();
    auto& close = commands.addAct(
        group, "close", "it is mended: what was written goes", closing->place, Deed::FaultClose,
        [closing, &commands](Act&) { return closeFault(*closing, commands.clock().wall()); });
    close.add_option("number", closing->number, "as `faults list` says")->required();
}

}  // namespace tram::gateway

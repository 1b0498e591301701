#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/fleet/LogHeads.h"
#include "gateway/identity/GatewayKeys.h"
#include "wire/LogHead.h"

namespace tram::gateway {
namespace {

struct LogOptions {
    Place place;
    std::string kiosk, chain;
};

std::string troubleOf(const LogHeads::Row& row) {
    if (row.trouble.empty()) return "in order";
    return row.trouble + " at line " + std::to_string(row.troubleN) +
           (row.troubleAt ? ", " + base::toRfc3339(*row.troubleAt) : "");
}

int listLogs(const LogOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto rows = LogHeads(*storage->city).list();
    if (!rows) return failed(rows.error());
    for (const auto& row : *rows)
        std::cout << row.kiosk << '\t' << row.ward << '\t' << row.station << '\t' << row.chain << '\t'
                  << row.n << '\t' << base::toRfc3339(row.firstAt) << '\t' << base::toRfc3339(row.at) << '\t'
                  << troubleOf(row) << '\n';
    return 0;
}

/// What `tram log verify --acknowledged` takes: it holds whatever lies beside the log at the station.
int showLog(const LogOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto identity = GatewayKeys::loadIdentity(storage->dir / "keys");
    if (!identity) return failed(identity.error());
    const auto rows = LogHeads(*storage->city).list();
    if (!rows) return failed(rows.error());
    bool any = false;
    for (const auto& row : *rows) {
        if (row.kiosk != options.kiosk || (!options.chain.empty() && row.chain != options.chain)) continue;
        const wire::LogAcknowledgement said{row.kiosk, row.chain, {row.n, row.hash}, base::toRfc3339(row.at)};
        std::cout << said.sign(*identity) << '\n';
        any = true;
    }
    return any ? 0 : failed({base::ProblemKind::NotFound, {}});
}

int settleLog(const LogOptions& options, Act& act) {
    act.ofKiosk(options.kiosk);
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto settled = LogHeads(*storage->city).settle(options.kiosk, options.chain);
    return settled ? 0 : failed(settled.error());
}

}  // namespace

void addLogs(Commands& commands) {
    auto& group = commands.group("log", "how far stations' logs of staff are acknowledged");
    auto options = std::make_shared<LogOptions>();
    options->place.addTo(commands.add(group, "list",
                                      "each chain, its newest line, and what was refused since",
                                      [options] { return listLogs(*options); }));
    auto shown = std::make_shared<LogOptions>();
    auto& show = commands.add(group, "show", "the signed acknowledgements of a kiosk, one a line",
                              [shown] { return showLog(*shown); });
    shown->place.addTo(show);
    show.add_option("kiosk", shown->kiosk, "its id")->required();
    show.add_option("--chain", shown->chain, "only of this one");
    auto settled = std::make_shared<LogOptions>();
    auto& settle =
        commands.addAct(group, "settle", "what was refused of a chain has been looked into", settled->place,
                        Deed::LogSettle, [settled](Act& act) { return settleLog(*settled, act); });
    settle.add_option("kiosk", settled->kiosk, "its id")->required();
    settle.add_option("chain", settled->chain, "as `log list` says")->required();
}

}  // namespace tram::gateway

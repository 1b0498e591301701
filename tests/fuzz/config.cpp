// kiosk.json, gateway.json and the files by which other systems join, as somebody may have written them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "Scratch.h"
#include "device/ConfigTree.h"
#include "device/KioskConfig.h"
#include "gateway/http/GatewayConfig.h"
#include "gateway/notice/HttpNotifier.h"
#include "gateway/turn/TurnHall.h"
#include "gateway/turn/TurnMapping.h"
#include "wire/Json.h"

using namespace tram;

namespace {

void kioskJson(std::string_view json) {
    const auto config = device::KioskConfig::parse(json, "kiosk.json");
    if (!config) {
        must(config.error().kind == base::ProblemKind::BadConfig, "a bad config is called so");
        return;
    }
    must(!config->gatewayUrl.empty() && config->dataDir.is_absolute(),
         "an accepted config has what is required");
    must(config->demo || !config->controller.name.empty(), "only the demo goes without a controller");
    must(config->demo || config->retention.deliveredDays >= 30, "sealed copies stay for thirty days");
    must(config->idle >= base::Millis(60000) && config->countdown >= base::Millis(20000), "STANDARDS 19");
}

void tree(std::string_view json) {
    const auto parsed = device::parseConfigTree(json);
    const auto lines = 1 + std::count(json.begin(), json.end(), '\n');
    if (!parsed) return;
    must(parsed->line >= 1 && parsed->line <= lines, "a value stands on a line that is there");
    for (const auto& member : parsed->members)
        must(parsed->member(member.key) == &member.node, "each key leads to its own value");
}

void gatewayJson(std::string_view json) {
    static const Scratch scratch;
    gateway::GatewayConfig config;
    if (!gateway::GatewayConfig::read(scratch.write("gateway.json", json), config)) return;
    must(config.budgets.missesPerAddress > 0 && config.budgets.missesPerPrefix > 0 &&
             config.budgets.missesPerKiosk > 0 && config.budgets.window.count() > 0,
         "a budget is never without end");
    must(config.kioskQuota > 0 && config.clockSpeed > 0, "what must be above 0 is");
    if (config.check(false)) {
        must(config.host == "127.0.0.1" || config.host == "::1", "only nginx stands in front of a network");
        must(config.port >= 0 && config.port <= 65535, "a port is one");
    }
}

/// A mapping, a line, and what the queue that it describes has answered: whatever that is, a kiosk can read
/// what the gateway makes of it.
void queue(std::string_view text) {
    const auto line = text.find('\n');
    const auto mapping = gateway::TurnMapping::parse(text.substr(0, line));
    if (!mapping) {
        must(!mapping.error().fact("key").empty() || mapping.error().kind != base::ProblemKind::BadConfig,
             "what is wrong is named");
        return;
    }
    const auto answer = line == text.npos ? base::fail(base::ProblemKind::Malformed)
                                          : wire::parseJson(text.substr(line + 1), 1u << 20);
    if (!answer) return;
    base::WallTime now{};
    base::fromRfc3339("2026-11-30T09:00:00+07:00", now);
    if (auto board = mapping->readBoard(*answer)) {
        board->office = "27154";
        gateway::makeTidy(*board, now);
        must(wire::TurnBoard::parse(board->toJson()).has_value(), "a board can be read");
    }
    if (auto told = mapping->readTicket(*answer); told && told->ticket) {
        auto& ticket = *told->ticket;
        ticket.id = "019aa4c1-1e9a-7cc3-98c4-dc0c0c07398f";
        ticket.office = ticket.deskId = ticket.desk = "a";
        ticket.takenAt = ticket.asOf = base::toRfc3339(now);
        gateway::makeTidy(ticket);
        must(ticket.number.empty() || wire::TurnTicket::parse(ticket.toJson()), "a number can be read");
    }
    (void)mapping->readNow(*answer);
    (void)mapping->readStanding(*answer);
}

void sender(std::string_view json) {
    const auto file = gateway::NotifierFile::parse(json);
    if (file) must(!file->channels.empty() && !file->url.empty(), "a sender has a channel and an address");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(5)) {
        case 0:
            kioskJson(input.rest());
            break;
        case 1:
            tree(input.rest());
            break;
        case 2:
            gatewayJson(input.rest());
            break;
        case 3:
            queue(input.rest());
            break;
        case 4:
            sender(input.rest());
            break;
    }
    return 0;
}

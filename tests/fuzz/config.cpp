// kiosk.json and gateway.json, as somebody may have written them.
#include <algorithm>

#include "Scratch.h"
#include "device/ConfigTree.h"
#include "device/KioskConfig.h"
#include "gateway/http/GatewayConfig.h"

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(3)) {
        case 0:
            kioskJson(input.rest());
            break;
        case 1:
            tree(input.rest());
            break;
        case 2:
            gatewayJson(input.rest());
            break;
    }
    return 0;
}

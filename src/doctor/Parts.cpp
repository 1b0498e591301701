#include "doctor/Parts.h"

#include <algorithm>

#include "doctor/Checks.h"

namespace tram::doctor {

namespace {

Finding gravest(std::vector<Finding> findings) {
    return *std::ranges::max_element(findings, {}, &Finding::verdict);
}

/// Also what sends to it, and whether it knows this station.
Finding examineGateway(const Station& station) {
    auto all = checkGateway(station.config, station.clock, station.agent);
    std::erase_if(all, [](const Finding& one) { return one.subject == "clock"; });
    all.push_back(checkAgent(station.config, station.clock.boot()));
    return gravest(std::move(all));
}

Finding examineClock(const Station& station) {
    for (auto& one : checkGateway(station.config, station.clock, station.agent))
        if (one.subject == "clock") return one;
    return {"clock", "unknown", Verdict::Warning, {}, {}};
}

}  // namespace

std::string_view name(Part part) {
    static constexpr std::array<std::string_view, kParts.size()> kNames{
        "camera", "printer", "network", "gateway", "clock", "store", "content"};
    return kNames[static_cast<std::size_t>(part)];
}

Finding examine(Part part, const Station& station) {
    switch (part) {
        case Part::Camera:
            return checkCamera(station.config, station.cameraProgram);
        case Part::Printer:
            return checkPrinter(station.config, station.printProgram);
        case Part::Network:
            return checkNetwork(station.config);
        case Part::Gateway:
            return examineGateway(station);
        case Part::Clock:
            return examineClock(station);
        case Part::Store:
            return gravest({checkStore(station.config), checkDisk(station.config)});
        case Part::Content:
            break;
    }
    return checkContent(station.config, station.clock.wall());
}

}  // namespace tram::doctor

#include "ui/screens/OfficeHours.h"

#include "catalogue/Values.h"

namespace tram::screens {

namespace {

std::string inOneLine(std::string text) {
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at)) text.replace(at, 1, "; ");
    return text;
}

}  // namespace

OfficeHours officeHours(const Host& host, const std::string& office) {
    const auto& services = host.services();
    const auto city = services.city ? services.city() : nullptr;
    const auto* kind = city ? city->catalogue().kind(kAgencies) : nullptr;
    if (!kind || office.empty()) return {};
    const auto found =
        city->list({.kind = kAgencies, .ward = office, .only = {{"type", kDeskType}}, .limit = 1},
                   services.clock.wall());
    if (found.items.empty()) return {};
    const auto values = catalogue::fieldValues(*kind, found.items.front().entry.fields);
    const auto* hours = catalogue::valueOf(values, "hours");
    if (!hours) return {};
    return {inOneLine(valueText(host, *hours)), openNow(host, values)};
}

}  // namespace tram::screens

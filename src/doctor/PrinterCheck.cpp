#include "device/CupsPrinter.h"
#include "doctor/Checks.h"

namespace tram::doctor {

Finding checkPrinter(const device::KioskConfig& config, const std::filesystem::path& program) {
    if (!config.printer) return {"printer", "none", Verdict::Good, {}, {}};
    const base::Words::Values values{{"queue", config.printer->queue}};
    const auto seen = device::CupsPrinter::look(program, *config.printer);
    if (seen && !seen->trouble) return good("printer", values);
    std::string reasons;
    if (seen)
        for (const auto& reason : seen->reasons) reasons += (reasons.empty() ? "" : ", ") + reason;
    auto finding =
        bad("printer", {seen ? *seen->trouble : seen.error().kind,
                        {{"key", config.printer->queue}, {"detail", reasons.empty() ? "–" : reasons}}});
    finding.values = values;
    return finding;
}

}  // namespace tram::doctor

#include <algorithm>
#include <iostream>

#include "doctor/Checks.h"
#include "tool/Commands.h"

namespace tram::tool {

using namespace doctor;

namespace {

std::vector<Finding> examine(const Tool& tool) {
    const auto config = tool.loadConfig();
    if (!config) return {bad("config", config.error())};
    const base::SystemClock clock;
    std::vector<Finding> findings{good("config", {{"path", tool.config.string()}}),
                                  checkEnrolment(*config),
                                  checkSealing(*config, clock.wall()),
                                  checkContent(*config, clock.wall()),
                                  checkPrivacy(*config),
                                  checkStore(*config),
                                  checkDisk(*config),
                                  checkNetwork(*config)};
    std::ranges::move(checkGateway(*config, clock, "tram/" TRAM_VERSION), std::back_inserter(findings));
    findings.push_back(checkAgent(*config, clock.boot()));
    std::ranges::move(checkKinds(shareDirectory()), std::back_inserter(findings));
    if (auto unknown = checkUnknownKinds(*config, clock.wall(), shareDirectory()))
        findings.push_back(std::move(*unknown));
    findings.push_back(checkFonts());
    findings.push_back(checkCamera(*config, cameraProgram()));
    findings.push_back(checkPrinter(*config, printProgram()));
    return findings;
}

std::string_view mark(Verdict verdict) {
    return verdict == Verdict::Good ? "good" : verdict == Verdict::Warning ? "warning" : "bad";
}

/// The most particular words there are: for this trouble of this subject, else for the subject.
std::string remedyFor(const Tool& tool, const Finding& finding) {
    const std::string subject = "tool.doctor." + finding.subject;
    const std::string particular = subject + "." + finding.what + ".remedy";
    return tool.say(tool.words.has(particular) ? particular : subject + ".remedy", finding.values);
}

void print(const Tool& tool, const Finding& finding) {
    const std::string subject = "tool.doctor." + finding.subject;
    const std::string found = finding.problem ? wordsFor(tool.words, *finding.problem)
                                              : tool.say(subject + "." + finding.what, finding.values);
    std::cout << tool.say("tool.doctor.mark." + std::string(mark(finding.verdict))) << ' '
              << tool.say(subject) << ": " << found << '\n';
    if (finding.verdict != Verdict::Good) std::cout << "      → " << remedyFor(tool, finding) << '\n';
}

void run(Tool& tool) {
    bool healthy = true;
    for (const Finding& finding : examine(tool)) {
        print(tool, finding);
        healthy = healthy && finding.verdict != Verdict::Bad;
    }
    tool.print(healthy ? "tool.doctor.healthy" : "tool.doctor.unwell");
    tool.exitCode = healthy ? 0 : 1;
}

}  // namespace

void addDoctorCommand(CLI::App& app, Tool& tool) {
    app.add_subcommand("doctor", tool.say("tool.help.doctor"))->callback([&tool] { run(tool); });
}

}  // namespace tram::tool

#include "doctor/Checks.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "catalogue/Catalogue.h"
#include "device/AgentState.h"

namespace tram::doctor {

Finding good(std::string subject, base::Words::Values values) {
    return {std::move(subject), "good", Verdict::Good, std::move(values), {}};
}

Finding bad(std::string subject, const base::Problem& problem) {
    return {std::move(subject), std::string(name(problem.kind)), Verdict::Bad, {}, problem};
}

namespace fs = std::filesystem;
using base::ProblemKind;

namespace {

// A day of busy reporting is some 100 MB of pictures; below that the kiosk should be looked after now.
constexpr std::uintmax_t kTooLittle = 200u << 20, kLittle = 1024u << 20;

std::string count(std::size_t number) {
    return std::to_string(number);
}

std::string fontFamilies() {
    const std::unique_ptr<FILE, int (*)(FILE*)> list(popen("fc-list : family 2>/dev/null", "re"), pclose);
    std::string families;
    std::array<char, 4096> piece{};
    while (list && families.size() < (1u << 20) && fgets(piece.data(), piece.size(), list.get())) {
        families += piece.data();
    }
    return families;
}

/// fc-list prints "Family" or "Family,Other name" on a line.
bool hasFamily(const std::string& families, const std::string& family) {
    for (std::size_t at = families.find(family); at != std::string::npos;
         at = families.find(family, at + 1)) {
        const std::size_t end = at + family.size();
        const bool begins = at == 0 || families[at - 1] == '\n' || families[at - 1] == ',';
        if (begins && (end == families.size() || families[end] == '\n' || families[end] == ',')) return true;
    }
    return false;
}

bool openToOthers(const fs::path& path) {
    struct stat info{};
    return lstat(path.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

/// Once enrolled, only the gateway of the enrolment is "the gateway".
base::Result<link::GatewayClient::Health> healthOf(const device::KioskConfig& config,
                                                   std::shared_ptr<net::HttpClient> http,
                                                   const base::Clock& clock,
                                                   const base::Result<device::Enrolment>& enrolment) {
    link::GatewayClient line(config.gatewayUrl, std::move(http), clock, {});
    auto key = enrolment ? crypto::VerifyKey::parse(enrolment->answer.gatewayKey) : std::nullopt;
    if (key) line.expectGateway(*std::move(key));
    return line.health();
}

}  // namespace

Finding checkEnrolment(const device::KioskConfig& config) {
    const auto enrolment = device::Enrolment::load(config.dataDir);
    if (!enrolment) return bad("enrolment", enrolment.error());
    return good("enrolment",
                {{"station", enrolment->answer.stationName}, {"prefix", enrolment->answer.prefix}});
}

Finding checkPrivacy(const device::KioskConfig& config) {
    for (const char* name : {"kiosk.key", "kiosk.key.next", "codes.key", "outbox.db", "outbox.db-wal",
                             "outbox.db-shm", "attachments"}) {
        const fs::path path = config.dataDir / name;
        if (openToOthers(path)) return bad("privacy", {ProblemKind::KeyExposed, {{"path", path.string()}}});
    }
    return good("privacy");
}

Finding checkDisk(const device::KioskConfig& config) {
    std::error_code error;
    const auto space = fs::space(config.dataDir, error);
    if (error) return bad("disk", {ProblemKind::FileMissing, {{"path", config.dataDir.string()}}});
    const base::Words::Values values{{"free", count(space.available >> 20)},
                                     {"path", config.dataDir.string()}};
    if (space.available >= kLittle) return good("disk", values);
    return {"disk", "little", space.available < kTooLittle ? Verdict::Bad : Verdict::Warning, values, {}};
}

std::vector<Finding> checkKinds(const std::filesystem::path& share) {
    const auto catalogue = catalogue::Catalogue::loadReadable(share / "catalogue");
    if (!catalogue) return {bad("kinds", catalogue.error())};
    std::vector<Finding> findings;
    for (const auto& problem : catalogue->leftOut()) findings.push_back(bad("kinds", problem));
    if (findings.empty()) findings.push_back(good("kinds", {{"count", count(catalogue->kinds().size())}}));
    return findings;
}

Finding checkFonts() {
    const std::string families = fontFamilies();
    std::string missing;
    for (const char* family : {"Inter", "Noto Sans", "Material Icons"}) {
        if (!hasFamily(families, family)) missing += (missing.empty() ? "" : ", ") + std::string(family);
    }
    if (missing.empty()) return good("fonts");
    return {"fonts", "missing", Verdict::Bad, {{"missing", missing}}, {}};
}

Finding checkAgent(const device::KioskConfig& config, const base::BootTime& now) {
    const auto state = device::AgentState::read(config.runtimeDir);
    const bool alive = state && state->writtenAt.bootId == now.bootId &&
                       now.sinceBoot - state->writtenAt.sinceBoot <= device::AgentState::kFresh;
    if (!alive) return {"agent", "silent", Verdict::Bad, {}, {}};
    return good("agent");
}

std::vector<Finding> checkGateway(const device::KioskConfig& config, const base::Clock& clock,
                                  const std::string& agent) {
    auto http = std::make_shared<net::HttpClient>(net::HttpClient::Options{config.caFile, agent});
    auto enrolment = device::Enrolment::load(config.dataDir);
    const auto health = healthOf(config, http, clock, enrolment);
    if (!health) return {bad("gateway", health.error())};
    std::vector<Finding> findings{good("gateway", {{"url", config.gatewayUrl}})};

    const auto off = std::chrono::abs(health->serverTime - clock.wall());
    const base::Words::Values seconds{
        {"seconds", count(std::chrono::round<std::chrono::seconds>(off).count())}};
    const Verdict verdict = off > std::chrono::minutes(1) ? Verdict::Bad : Verdict::Warning;
    findings.push_back(off < std::chrono::seconds(10) ? good("clock", seconds)
                                                      : Finding{"clock", "off", verdict, seconds, {}});

    if (!enrolment) return findings;  // said already
    link::GatewayClient line(config.gatewayUrl, http, clock,
                             link::KioskIdentity{enrolment->answer.kioskId, enrolment->answer.tokenAudience,
                                                 std::move(enrolment->key),
                                                 crypto::VerifyKey::parse(enrolment->answer.gatewayKey)});
    const auto fields = line.content("feedback-fields", "");
    findings.push_back(fields ? good("known") : bad("known", fields.error()));
    findings.push_back(checkSealingAtGateway(config, line));
    return findings;
}

}  // namespace tram::doctor

#include "device/StaffLog.h"

#include "base/Files.h"
#include "device/Enrolment.h"

namespace tram::device {
namespace {

using base::Result;

constexpr std::string_view kAcknowledgedEnding = ".json";

std::filesystem::path acknowledgedIn(const std::filesystem::path& log) {
    return log / "acknowledged";
}

}  // namespace

Result<ledger::Ledger> StaffLog::open(const base::Clock& clock) const {
    ledger::Ledger::Options options;
    options.acknowledged = [log = *this] { return log.acknowledged().heads; };
    return ledger::Ledger::open(directory(), clock, std::move(options));
}

/// Before the enrolment nobody can have acknowledged anything.
StaffLog::Known StaffLog::acknowledged() const {
    const auto answer = readEnrolmentAnswer(dataDir_);
    const auto key = answer ? crypto::VerifyKey::parse(answer->gatewayKey) : std::nullopt;
    return key ? acknowledged(*key) : Known();
}

StaffLog::Known StaffLog::acknowledged(const crypto::VerifyKey& gateway) const {
    Known known;
    std::error_code error;
    std::filesystem::directory_iterator entries(acknowledgedIn(directory()), error);
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
        if (entries->path().extension() != kAcknowledgedEnding) continue;
        const auto text = base::readFile(entries->path(), wire::LogAcknowledgement::kMaxBytes);
        const auto said = text ? wire::LogAcknowledgement::open(*text, gateway)
                               : Result<wire::LogAcknowledgement>(tl::unexpected(text.error()));
        if (said)
            known.heads.push_back({said->chain, said->head.n, said->head.hash});
        else
            ++known.doubtful;
    }
    return known;
}

Result<void> StaffLog::keep(const std::string& dsse, const wire::LogAcknowledgement& acknowledgement) const {
    const auto folder = acknowledgedIn(directory());
    if (auto made = base::makeDirectories(folder); !made) return made;
    return base::writeFileAtomically(folder / (acknowledgement.chain + std::string(kAcknowledgedEnding)),
                                     dsse, 0600);
}

}  // namespace tram::device

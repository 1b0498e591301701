#include "device/SealingKeys.h"

#include <optional>

#include "base/Files.h"

namespace tram::device {

using base::fail;
using base::Millis;
using base::ProblemKind;
using base::Result;
using base::WallTime;
using wire::SealingStatement;

namespace {

std::optional<SealingChoice> readChoice(const wire::SealingKeyInfo& info, WallTime now) {
    auto key = crypto::SealingKey::parse(info.key);
    WallTime from, until;
    if (!key || !base::fromRfc3339(info.notBefore, from) || !base::fromRfc3339(info.notAfter, until))
        return std::nullopt;
    const auto fit = now < from     ? SealingChoice::Fit::NotYet
                     : now >= until ? SealingChoice::Fit::RunOut
                                    : SealingChoice::Fit::InForce;
    return SealingChoice{std::move(*key), fit, from, until};
}

Millis distance(const SealingChoice& choice, WallTime now) {
    switch (choice.fit) {
        case SealingChoice::Fit::NotYet:
            return choice.notBefore - now;
        case SealingChoice::Fit::RunOut:
            return now - choice.notAfter + Millis(1);  // it ends before that moment
        case SealingChoice::Fit::InForce:
            break;
    }
    return Millis(0);
}

bool better(const SealingChoice& a, const SealingChoice& b, WallTime now) {
    const auto toA = distance(a, now), toB = distance(b, now);
    return toA != toB ? toA < toB : a.notBefore > b.notBefore;
}

}  // namespace

ToldSealingKeys::ToldSealingKeys(const std::filesystem::path& dataDir, crypto::VerifyKey gatewayKey)
    : file_(dataDir / "sealing-keys.json"), gatewayKey_(std::move(gatewayKey)) {}

Result<SealingStatement> ToldSealingKeys::read() const {
    return base::readFile(file_, SealingStatement::kMaxBytes).and_then([this](const std::string& bytes) {
        return SealingStatement::open(bytes, gatewayKey_);
    });
}

Result<bool> ToldSealingKeys::take(std::string_view bytes) const {
    const auto told = SealingStatement::open(bytes, gatewayKey_);
    if (!told) return tl::unexpected(told.error());
    const auto kept = read();
    if (kept && base::readFile(file_, SealingStatement::kMaxBytes) == std::string(bytes)) return false;
    if (kept && told->version <= kept->version)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(told->version)}});
    if (auto written = base::writeFileAtomically(file_, bytes); !written)
        return tl::unexpected(written.error());
    return true;
}

Result<SealingChoice> chooseSealingKey(const std::vector<wire::SealingKeyInfo>& keys, WallTime now) {
    std::optional<SealingChoice> best;
    for (const auto& info : keys) {
        auto choice = readChoice(info, now);
        if (choice && (!best || better(*choice, *best, now))) best = std::move(choice);
    }
    if (!best) return fail(ProblemKind::Malformed, {{"key", "sealing_keys"}});
    return std::move(*best);
}

}  // namespace tram::device

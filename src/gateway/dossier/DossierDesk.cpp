#include "gateway/dossier/DossierDesk.h"

#include <algorithm>

#include "base/Log.h"
#include "base/VietnameseText.h"
#include "crypto/Bytes.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using wire::DossierStatus;

namespace {

constexpr std::size_t kMostMine = 200, kMostName = 256;

tl::unexpected<base::Problem> silent() {
    return base::fail(ProblemKind::ServerFault, {{"detail", "source"}});
}

/// How it failed is for the log: its kind, and never whose or which.
tl::unexpected<base::Problem> silent(const base::Problem& problem) {
    base::log::warning("dossiers.source_failed", {{"kind", problem.kind}});
    return silent();
}

bool isClosed(wire::DossierState state) {
    using enum wire::DossierState;
    return state == Finished || state == HandedOver || state == Declined || state == Withdrawn ||
           state == Stopped;
}

bool fits(const std::string& slipHash, std::string_view secret) {
    if (slipHash.empty() || secret.empty()) return false;
    return crypto::equalConstantTime(crypto::view(slipHash),
                                     crypto::view(crypto::sha256Hex(crypto::view(secret))));
}

/// Of the same moment in any order, but always in the same.
std::pair<base::WallTime, std::string> newness(const DossierStatus& status) {
    base::WallTime at{};
    base::fromRfc3339(status.received, at);
    return {at, status.code};
}

/// As of when, if the source does not say it itself: now that it was asked.
void date(DossierStatus& status, base::WallTime now) {
    base::WallTime at{};
    if (!base::fromRfc3339(status.asOf, at) || at > now) status.asOf = base::toRfc3339(now);
}

}  // namespace

DossierDesk::DossierDesk(Parts parts)
    : source_(std::move(parts.source)),
      patterns_(std::move(parts.patterns)),
      holidays_(std::move(parts.holidays)) {}

std::optional<std::string> DossierDesk::codeOf(std::string_view text) const {
    auto reading = patterns_.read(text);
    if (reading.verdict != wire::DossierReading::Verdict::Complete) return std::nullopt;
    return std::move(reading.code);
}

/// One that a clock which was ahead has kept is too old as well.
std::optional<DossierDesk::Known> DossierDesk::kept(const std::string& code, base::WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(code);
    if (found == kept_.end() || now < found->second.at || now - found->second.at >= kFresh)
        return std::nullopt;
    return found->second.status;
}

void DossierDesk::keep(const std::string& code, const Known& status, base::WallTime now) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= kMostKept)
        std::erase_if(kept_, [&](const auto& one) { return now - one.second.at >= kFresh; });
    if (kept_.size() >= kMostKept) kept_.clear();
    kept_.insert_or_assign(code, Kept{status, now});
}

/// What follows from today is told anew with each answer.
void DossierDesk::complete(DossierStatus& status, base::WallTime now, bool mayRate) {
    makeTidy(status, now);
    status.rateable = mayRate && isDone(status.state);
    status.rated = false;
    status.rate.clear();
    status.workingDays.reset();
    status.workingDaysRough = false;
    const auto promised = calendar::dayFrom(status.promised);
    if (!promised || isClosed(status.state)) return;
    const auto left = holidays_->days()->left(calendar::dayInCity(now), *promised);
    if (!left) return;
    status.workingDays = left->days;
    status.workingDaysRough = left->rough;
}

Result<std::optional<DossierStatus>> DossierDesk::byCode(const std::string& code, base::WallTime now,
                                                         std::string_view slipSecret) {
    if (!source_) return silent();
    auto known = kept(code, now);
    if (!known) {
        const FewAtOnce::Place place(few_);
        if (!place.taken()) return silent();
        auto asked = source_->byCode(code);
        if (!asked) return silent(asked.error());
        if (*asked) date(**asked, now);
        keep(code, *asked, now);
        known = std::move(*asked);
    }
    if (!*known) return std::nullopt;
    const bool proven = fits((*known)->slipHash, slipSecret);
    std::optional<DossierStatus> status(std::move(**known));
    status->code = code;
    status->source = base::firstCharacters(source_->sourceName(), kMostName / 4);
    complete(*status, now, proven);
    return status;
}

Result<wire::MyDossiers> DossierDesk::ofOwner(const DossierOwner& owner, base::WallTime now) {
    const FewAtOnce::Place place(few_);
    if (!source_ || !place.taken()) return silent();
    auto asked = source_->ofOwner(owner);
    if (!asked) return silent(asked.error());
    wire::MyDossiers mine{
        {}, base::firstCharacters(source_->sourceName(), kMostName / 4), base::toRfc3339(now)};
    for (auto& one : *asked) {
        auto code = codeOf(one.code);
        if (!code) continue;  // a list is shown by codes that can be looked up
        one.code = std::move(*code);
        one.source = mine.source;
        date(one, now);
        complete(one, now, true);
        mine.dossiers.push_back(std::move(one));
    }
    std::ranges::sort(mine.dossiers, std::ranges::greater(), newness);
    if (mine.dossiers.size() > kMostMine) mine.dossiers.resize(kMostMine);
    return mine;
}

}  // namespace tram::gateway

#include "agent/Care.h"

#include "agent/Line.h"
#include "base/Log.h"
#include "outbox/StoreHold.h"
#include "outbox/StoreRepair.h"

namespace tram::agent {

namespace {

constexpr base::Millis kLook{1000};
constexpr base::Millis kFieldsEvery = std::chrono::minutes(5), kFieldsAgain = std::chrono::seconds(20);
constexpr base::Millis kStaffAgain = std::chrono::seconds(5);
constexpr base::Millis kStaffEvery = std::chrono::seconds(30);  // mostly a 304: who was revoked is to be out
constexpr base::Millis kCampaignsEvery = std::chrono::minutes(5), kCampaignsAgain = std::chrono::minutes(1);
constexpr base::Millis kBeatEvery = std::chrono::seconds(30);
constexpr base::Millis kSealingEvery =
    std::chrono::seconds(10);  // mostly a 304: somebody rotates for a reason

crypto::VerifyKey gatewayKeyOf(const device::Enrolment& enrolment) {
    return *crypto::VerifyKey::parse(enrolment.answer.gatewayKey);
}

/// Each kind of trouble is said once.
bool isNews(const base::Problem& problem, std::optional<base::ProblemKind>& told) {
    const bool known = told == problem.kind;
    told = problem.kind;
    return !known && problem.kind != base::ProblemKind::Cancelled;
}

device::ToldSealingKeys toldTo(const std::filesystem::path& dataDir, const device::Enrolment& enrolment) {
    return {dataDir, gatewayKeyOf(enrolment)};
}

}  // namespace

Care::Care(const device::KioskConfig& config, device::Enrolment enrolment, crypto::VerifyKey contentKey,
           std::shared_ptr<outbox::OutboxStore> store, const base::Clock& clock, const LineState& line)
    : dataDir_(config.dataDir),
      ward_(enrolment.answer.wardCode),
      sealing_(toldTo(config.dataDir, enrolment)),
      store_(std::move(store)),
      clock_(clock),
      line_(line),
      packs_(config.dataDir, gatewayKeyOf(enrolment)),
      gateway_(openLine(config, clock, identityOf(std::move(enrolment)))),
      fields_(config.dataDir, std::move(contentKey)),
      staff_(config.dataDir),
      campaigns_(config.dataDir) {}

base::Millis Care::turn(const std::stop_token&) {
    const auto line = line_.now();
    if (!line.online) return kLook;
    if (line.returns != seenReturns_)
        nextFields_ = nextBeat_ = nextSealing_ = nextStaff_ = nextCampaigns_ = base::Millis(0);
    seenReturns_ = line.returns;
    if (due(nextBeat_)) beat();
    if (due(nextSealing_)) updateSealingKeys();
    if (due(nextStaff_)) updateStaff();
    if (due(nextFields_)) updateFields();
    if (due(nextCampaigns_)) updateCampaigns();
    return kLook;
}

bool Care::due(base::Millis next) const {
    return clock_.boot().sinceBoot >= next;
}

void Care::updateFields() {
    const auto updated = fields_.update(*gateway_);
    nextFields_ = clock_.boot().sinceBoot + (updated ? kFieldsEvery : kFieldsAgain);
    if (!updated) return base::log::problem("fields_not_updated", updated.error());
    if (*updated) base::log::info("fields_updated");
}

/// Said once for each kind of trouble: it may last for days, and nothing is lost by it.
void Care::updateSealingKeys() {
    nextSealing_ = clock_.boot().sinceBoot + kSealingEvery;
    const auto updated = fetchSealingKeys();
    if (updated) {
        sealingProblem_.reset();
        if (*updated) base::log::info("sealing_keys_updated");
        return;
    }
    if (isNews(updated.error(), sealingProblem_))
        base::log::problem("sealing_keys_not_taken", updated.error());
}

/// A city without a root, or without a key for lists of staff, has none.
void Care::updateStaff() {
    const auto updated = packs_.trust().and_then(
        [&](const auto& trust) { return staff_.update(*gateway_, trust.root(), clock_); });
    nextStaff_ = clock_.boot().sinceBoot + (updated ? kStaffEvery : kStaffAgain);
    if (updated) {
        staffProblem_.reset();
        if (*updated) base::log::info("staff_list_updated");
        return;
    }
    const auto kind = updated.error().kind;
    const bool notYet = kind == base::ProblemKind::NotFound || kind == base::ProblemKind::FileMissing;
    if (isNews(updated.error(), staffProblem_) && !notYet)
        base::log::problem("staff_list_not_taken", updated.error());
}

/// An older gateway knows of none.
void Care::updateCampaigns() {
    const auto updated = campaigns_.update(*gateway_, ward_);
    nextCampaigns_ = clock_.boot().sinceBoot + (updated ? kCampaignsEvery : kCampaignsAgain);
    if (updated) return campaignsProblem_.reset();
    if (isNews(updated.error(), campaignsProblem_) && updated.error().kind != base::ProblemKind::NotFound)
        base::log::problem("campaigns_not_taken", updated.error());
}

base::Result<bool> Care::fetchSealingKeys() {
    const auto told = gateway_->sealingKeys(sealingTag_);
    if (!told) return tl::unexpected(told.error());
    if (!*told) return false;
    auto taken = sealing_.take((*told)->bytes);
    if (taken) sealingTag_ = (*told)->etag;
    return taken;
}

void Care::beat() {
    nextBeat_ = clock_.boot().sinceBoot + kBeatEvery;
    link::GatewayClient::Heartbeat beat{.version = TRAM_VERSION};
    if (const auto counts = store_->counts()) {
        beat.waiting = counts->waiting;
        beat.needsAttention = counts->needsAttention;
    }
    std::error_code error;
    const auto space = std::filesystem::space(dataDir_, error);
    if (!error) beat.freeDiskBytes = space.available;
    beat.damagedStores = outbox::storesPutAside(dataDir_).size() + outbox::storeSuspected(dataDir_);
    if (const auto content = packs_.current(clock_.wall())) {
        beat.contentVersion = content->version;
        beat.contentSignedAt = base::toRfc3339(content->signedAt);
    }
    if (const auto sent = gateway_->heartbeat(beat); !sent) base::log::problem("no_heartbeat", sent.error());
}

}  // namespace tram::agent

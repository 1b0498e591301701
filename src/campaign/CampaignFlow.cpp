#include "campaign/CampaignFlow.h"

#include <algorithm>

#include "base/Log.h"

namespace tram::campaign {

using base::ProblemKind;
using base::Result;
using wire::Campaign;

namespace {

constexpr base::Millis kLookEvery{15'000};
constexpr std::string_view kHelped = "done", kHindered = "not_done:";

bool isHelp(const CampaignFlow::Tap& tap) {
    return tap.outcome == kHelped;
}

}  // namespace

CampaignFlow::CampaignFlow(std::string ward, content::WardCampaigns cache,
                           std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler,
                           const base::Clock& clock)
    : ward_(std::move(ward)),
      cache_(std::move(cache)),
      outbox_(std::move(outbox)),
      scheduler_(scheduler),
      clock_(clock) {
    load();
}

CampaignFlow::~CampaignFlow() {
    onChange = nullptr;
    leave();
}

void CampaignFlow::changed() {
    if (onChange) onChange();
}

/// The stamp first: what is replaced in between is looked at again.
void CampaignFlow::load() {
    scheduler_.background([this, cache = cache_, token = lifetime_.token(), &scheduler = scheduler_] {
        auto stamp = cache.stamp();
        auto read = cache.read();
        scheduler.onUi(token, [this, stamp = std::move(stamp), read = std::move(read)]() mutable {
            loaded(std::move(read), std::move(stamp));
        });
    });
}

/// What is there and cannot be read takes nothing away from what was.
void CampaignFlow::loaded(Result<wire::Campaigns> read, std::string stamp) {
    stamp_ = std::move(stamp);
    scheduler_.after(kLookEvery, lifetime_.token(), [this] { look(); });
    if (read && read->ward != ward_) read = base::fail(ProblemKind::FileMissing);
    if (read) {
        if (read->asOf != told_.asOf) std::erase_if(counted_, [](const auto& one) { return one.sealed; });
        told_ = std::move(*read);
        return show();
    }
    const auto kind = read.error().kind;
    if (!told_.asOf.empty()) return;
    if (kind == ProblemKind::FileMissing)
        state_ = situation::NotTold{};
    else if (kind == ProblemKind::StoreTooNew)
        state_ = situation::TooNew{};
    else
        state_ = situation::Unreadable{read.error()};
    changed();
}

void CampaignFlow::show() {
    if (told_.all.size() == 1) shown_ = told_.all.front().id;
    const bool known = std::ranges::find(told_.all, shown_, &Campaign::id) != told_.all.end();
    if (told_.all.empty())
        state_ = situation::None{};
    else if (known)
        state_ = situation::Showing{};
    else
        state_ = situation::Choosing{};
    changed();
}

void CampaignFlow::look() {
    scheduler_.background([this, cache = cache_, token = lifetime_.token(), &scheduler = scheduler_] {
        auto stamp = cache.stamp();
        scheduler.onUi(token, [this, stamp = std::move(stamp)] {
            if (stamp != stamp_) return load();
            scheduler_.after(kLookEvery, lifetime_.token(), [this] { look(); });
        });
    });
}

const Campaign* CampaignFlow::campaign() const {
    if (!std::holds_alternative<situation::Showing>(state_)) return nullptr;
    const auto found = std::ranges::find(told_.all, shown_, &Campaign::id);
    return found == told_.all.end() ? nullptr : &*found;
}

base::Millis CampaignFlow::age() const {
    base::WallTime at{};
    if (!base::fromRfc3339(told_.asOf, at)) return base::Millis(0);
    return std::max(base::Millis(0), std::chrono::duration_cast<base::Millis>(clock_.wall() - at));
}

void CampaignFlow::open(const std::string& id) {
    if (!std::holds_alternative<situation::Choosing>(state_)) return;
    shown_ = id;
    show();
}

bool CampaignFlow::back() {
    if (!std::holds_alternative<situation::Showing>(state_) || told_.all.size() < 2) return false;
    shown_.clear();
    show();
    return true;
}

bool CampaignFlow::isShown(const Tap& tap) const {
    return tap.campaign == shown_;
}

std::int64_t CampaignFlow::here() const {
    return std::ranges::count_if(counted_,
                                 [&](const auto& one) { return isShown(one.tap) && isHelp(one.tap); });
}

Progress CampaignFlow::progress() const {
    const auto* shown = campaign();
    if (!shown) return {};
    return {shown->counted() + here(), shown->target()};
}

Span CampaignFlow::span() const {
    const auto* shown = campaign();
    return shown ? spanOf(*shown, calendar::dayInCity(clock_.wall())) : Span{};
}

std::vector<Campaign::DayCount> CampaignFlow::line() const {
    const auto* shown = campaign();
    if (!shown) return {};
    auto line = lineOf(*shown, calendar::dayInCity(clock_.wall()));
    if (!line.empty() && !span().over) line.back().count += here();
    return line;
}

std::vector<CampaignFlow::UnitNow> CampaignFlow::units() const {
    std::vector<UnitNow> all;
    const auto* shown = campaign();
    if (!shown) return all;
    for (const auto& unit : shown->units) {
        UnitNow now{&unit, {unit.counted, unit.target()}, unit.last.empty()};
        for (const auto& one : counted_) {
            if (!isShown(one.tap) || one.tap.unit != unit.name) continue;
            now.silent = false;
            now.progress.counted += isHelp(one.tap);
        }
        all.push_back(now);
    }
    return all;
}

std::vector<Campaign::Obstacle> CampaignFlow::obstacles() const {
    const auto* shown = campaign();
    if (!shown) return {};
    auto all = shown->obstacles;
    for (const auto& one : counted_) {
        if (!isShown(one.tap) || isHelp(one.tap)) continue;
        const auto reason = one.tap.outcome.substr(kHindered.size());
        const auto known = std::ranges::find(all, reason, &Campaign::Obstacle::reason);
        if (known == all.end())
            all.push_back({reason, 1});
        else
            ++known->count;
    }
    std::ranges::stable_sort(all, std::ranges::greater(), &Campaign::Obstacle::count);
    return all;
}

bool CampaignFlow::count(const std::string& unit, const std::string& group) {
    return add(unit, group, std::string(kHelped));
}

bool CampaignFlow::hinder(const std::string& unit, const std::string& group, const std::string& reason) {
    return add(unit, group, std::string(kHindered) + reason);
}

bool CampaignFlow::add(const std::string& unit, const std::string& group, std::string outcome) {
    const auto* shown = campaign();
    const auto now = span();
    if (!shown || !now.begun || now.over || !wire::isGuideOutcome(outcome)) return false;
    if (!shown->hasUnit(unit) || (!group.empty() && !shown->hasGroup(group))) return false;
    notKept_.reset();
    counted_.push_back({{shown->id, shown->guides.front(), unit, group, std::move(outcome)},
                        clock_.wall(),
                        clock_.boot().sinceBoot + kUndo});
    scheduler_.after(kUndo, lifetime_.token(), [this] { sealDue(); });
    changed();
    return true;
}

const CampaignFlow::Tap* CampaignFlow::undoable() const {
    return counted_.empty() || counted_.back().sealed ? nullptr : &counted_.back().tap;
}

base::Millis CampaignFlow::undoLeft() const {
    if (!undoable()) return base::Millis(0);
    return std::max(base::Millis(0), counted_.back().until - clock_.boot().sinceBoot);
}

bool CampaignFlow::undo() {
    if (!undoable()) return false;
    counted_.pop_back();
    changed();
    return true;
}

/// STANDARDS 14: it names nobody, so it tells the hour only.
outbox::NewAction CampaignFlow::actionFor(const Counted& one) const {
    const auto& tap = one.tap;
    wire::GuideTally tally;
    tally.guide = tap.guide;
    tally.platform = "any";
    tally.outcome = tap.outcome;
    tally.ward = ward_;
    tally.group = tap.unit;
    tally.helped = tally.away = true;
    tally.audience = tap.group;
    outbox::NewAction action;
    action.kind = wire::GuideTally::kKind;
    action.createdAt = base::toRfc3339(base::coarseToHour(one.at));
    action.fieldsJson = tally.toJson();
    return action;
}

void CampaignFlow::sealDue() {
    const auto now = clock_.boot().sinceBoot;
    for (auto& one : counted_) {
        if (one.sealed || one.until > now) continue;
        one.sealed = true;
        auto action = std::make_shared<outbox::NewAction>(actionFor(one));
        scheduler_.background([this, outbox = outbox_, action, tap = one.tap, token = lifetime_.token(),
                               &scheduler = scheduler_] {
            const auto result = outbox->keep(*action);
            if (!result) base::log::problem("tallies.not_kept", result.error());
            scheduler.onUi(token, [this, tap, result] { kept(tap, result); });
        });
    }
    changed();
}

void CampaignFlow::kept(const Tap& tap, const Result<outbox::Outbox::Kept>& result) {
    if (result) return;
    const auto same = [&](const Counted& one) {
        return one.sealed && one.tap.campaign == tap.campaign && one.tap.unit == tap.unit &&
               one.tap.group == tap.group && one.tap.outcome == tap.outcome;
    };
    if (const auto lost = std::ranges::find_if(counted_, same); lost != counted_.end()) counted_.erase(lost);
    notKept_ = result.error();
    changed();
}

void CampaignFlow::leave() {
    for (auto& one : counted_) {
        if (one.sealed) continue;
        one.sealed = true;
        if (const auto result = outbox_->keep(actionFor(one)); !result) {
            base::log::problem("tallies.not_kept", result.error());
            notKept_ = result.error();
        }
    }
}

}  // namespace tram::campaign

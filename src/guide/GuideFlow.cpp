#include "guide/GuideFlow.h"

#include <algorithm>

#include "base/Log.h"

namespace tram::guide {

using form::GuideStep;
using form::Platform;

namespace {

/// More than any path has: one may go in circles by choice, and then not all the way back.
constexpr std::size_t kLongestTrail = 200;

bool countsAsStep(const GuideState& state) {
    return std::holds_alternative<situation::Choosing>(state) ||
           std::holds_alternative<situation::OnStep>(state) ||
           std::holds_alternative<situation::Ending>(state);
}

GuideState onStep(const GuideStep& step) {
    return situation::OnStep{&step};
}

}  // namespace

GuideFlow::GuideFlow(Settings settings, std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler,
                     const base::Clock& clock)
    : settings_(std::move(settings)),
      outbox_(std::move(outbox)),
      scheduler_(scheduler),
      clock_(clock),
      began_(clock.boot()),
      trail_{asksForPlatform() ? GuideState(situation::Choosing{}) : onStep(*guide().first(Platform::Any))} {}

void GuideFlow::push(GuideState state) {
    if (at<situation::Done>()) return;
    if (trail_.size() == kLongestTrail) trail_.erase(trail_.begin() + 1);
    trail_.push_back(std::move(state));
    if (onChange) onChange();
}

void GuideFlow::go(const GuideStep* step) {
    push(step ? onStep(*step) : GuideState(situation::Ending{}));
}

const GuideStep* GuideFlow::lastStep() const {
    for (auto state = trail_.rbegin(); state != trail_.rend(); ++state)
        if (const auto* on = std::get_if<situation::OnStep>(&*state)) return on->step;
    return nullptr;
}

std::vector<const form::GuideTrouble*> GuideFlow::troubles() const {
    std::vector<const form::GuideTrouble*> all;
    for (const auto& trouble : guide().troubles)
        if (form::isFor(trouble.platform, platform_)) all.push_back(&trouble);
    return all;
}

GuideFlow::Progress GuideFlow::progress() const {
    const auto done = static_cast<int>(std::ranges::count_if(trail_, countsAsStep));
    if (at<situation::Ending>() || at<situation::Done>()) return {done, done};
    const auto platform = at<situation::Choosing>() ? Platform::Android : platform_;
    int ahead = 1;  // the question at the end
    const auto* step = lastStep() ? guide().after(*lastStep(), platform) : guide().first(platform);
    for (; step && ahead <= static_cast<int>(form::Guide::kMaxSteps); step = guide().after(*step, platform))
        ++ahead;
    return {done, done + ahead};
}

GuideFlow::Link GuideFlow::link(const GuideStep& step) const {
    auto address = guide().linkOf(step, platform_);
    if (address.empty() || wire::isOnList(address, settings_.hosts)) return {std::move(address), false};
    return {"", true};
}

void GuideFlow::choose(Platform platform) {
    const auto* on = at<situation::OnStep>();
    const bool here = on && platform != platform_ && asksForPlatform();
    if (!here && !at<situation::Choosing>()) return;
    platform_ = platform;
    if (!on) return go(guide().first(platform));
    // Who changes phones stands where they stood, or as far on.
    const auto* same = form::isFor(on->step->platform, platform) ? on->step : nullptr;
    const auto far = std::ranges::count_if(trail_, countsAsStep) - 1;
    std::vector<GuideState> trail = {situation::Choosing{}};
    const auto* step = guide().first(platform);
    for (auto i = 0; step && i < far; ++i, step = guide().after(*step, platform)) {
        trail.push_back(onStep(*step));
        if (step == same) break;
    }
    if (same && std::get_if<situation::OnStep>(&trail.back()) &&
        std::get<situation::OnStep>(trail.back()).step != same)
        trail.push_back(onStep(*same));
    trail_ = std::move(trail);
    if (onChange) onChange();
}

void GuideFlow::next() {
    if (const auto* on = at<situation::OnStep>()) go(guide().after(*on->step, platform_));
}

void GuideFlow::branch(std::size_t which) {
    const auto* on = at<situation::OnStep>();
    if (on && which < on->step->branches.size()) go(guide().next(on->step->branches[which].to));
}

void GuideFlow::resume() {
    while (trail_.size() > 1 && !countsAsStep(trail_.back())) trail_.pop_back();
    if (onChange) onChange();
}

void GuideFlow::giveUp() {
    if (!at<situation::Ending>()) push(situation::Ending{});
}

bool GuideFlow::back() {
    if (trail_.size() == 1 || at<situation::Done>()) return false;
    trail_.pop_back();
    if (at<situation::Choosing>()) platform_ = Platform::Any;
    if (onChange) onChange();
    return true;
}

void GuideFlow::setHelped(bool helped) {
    helped_ = helped;
    if (onChange) onChange();
}

int GuideFlow::minutes() const {
    const auto now = clock_.boot();
    if (now.bootId != began_.bootId) return 0;
    const auto spent = std::chrono::round<std::chrono::minutes>(now.sinceBoot - began_.sinceBoot).count();
    return static_cast<int>(std::clamp<std::int64_t>(spent, 0, wire::GuideTally::kMostMinutes));
}

wire::GuideTally GuideFlow::tally(const form::GuideOutcome& outcome) const {
    wire::GuideTally tally;
    tally.guide = settings_.guide;
    tally.platform = form::name(platform_);
    tally.outcome = outcome.id;
    tally.ward = settings_.ward;
    tally.group = settings_.group;
    tally.helped = helped_;
    tally.minutes = minutes();
    return tally;
}

void GuideFlow::end(const form::GuideOutcome& outcome) {
    if (!at<situation::Ending>()) return;
    keep(tally(outcome));
    push(situation::Done{&outcome});
}

/// STANDARDS 14: it names nobody, so it tells the hour only.
void GuideFlow::keep(const wire::GuideTally& tally) {
    const auto at = base::toRfc3339(base::coarseToHour(clock_.wall()));
    scheduler_.background([outbox = outbox_, tally, at] {
        outbox::NewAction action;
        action.kind = wire::GuideTally::kKind;
        action.createdAt = at;
        action.fieldsJson = tally.toJson();
        if (const auto kept = outbox->keep(action); !kept)
            base::log::problem("tallies.not_kept", kept.error());
    });
}

}  // namespace tram::guide

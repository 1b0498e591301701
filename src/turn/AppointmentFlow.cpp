#include "turn/AppointmentFlow.h"

#include <algorithm>

#include "calendar/WorkingDays.h"
#include "wire/Phone.h"

namespace tram::turn {

using base::ProblemKind;
using base::Result;
using wire::HalfDay;

namespace {

constexpr int kAttempts = 3, kEagerAsks = 20;
constexpr std::size_t kDaysOffered = 10, kMostDays = 30;
constexpr base::Millis kStorePause{1000}, kEagerPause{3000}, kPatientPause{30'000};

/// Without the office's word: Monday to Friday from tomorrow on. Its holidays are its own to know, and it
/// refuses them.
std::vector<OfferedDay> workingDays(base::WallTime now) {
    const calendar::WorkingDays week;
    std::vector<OfferedDay> all;
    auto day = calendar::dayInCity(now);
    while (all.size() < kDaysOffered) {
        day = week.firstFrom(day + std::chrono::days(1));
        all.push_back({calendar::toText(day)});
    }
    return all;
}

struct KeepJob {
    std::shared_ptr<outbox::Outbox> outbox;
    wire::AppointmentRequest request;
    std::string createdAt;
};

struct Kept {
    base::TrackingCode code;
    outbox::Outbox::Kept kept;
};

Result<Kept> keepUnder(const base::TrackingCode& code, KeepJob& job) {
    job.request.trackingCode = code.symbols();
    outbox::NewAction action;
    action.kind = wire::AppointmentRequest::kKind;
    action.createdAt = job.createdAt;
    action.fieldsJson = job.request.toJson();
    action.trackingCode = code.symbols();
    return job.outbox->keep(action).map([&](const auto& kept) { return Kept{code, kept}; });
}

/// Conflict: another window of this kiosk took the same code between the look and the write.
Result<Kept> keep(KeepJob& job) {
    for (int attempt = 1;; ++attempt) {
        const auto code = job.outbox->freshCode();
        if (!code) return tl::unexpected(code.error());
        auto kept = keepUnder(*code, job);
        if (kept || kept.error().kind != ProblemKind::Conflict || attempt == kAttempts) return kept;
    }
}

}  // namespace

AppointmentFlow::AppointmentFlow(Errand errand, Ask ask, std::shared_ptr<outbox::Outbox> outbox,
                                 base::Scheduler& scheduler, const base::Clock& clock)
    : errand_(std::move(errand)),
      ask_(std::move(ask)),
      outbox_(std::move(outbox)),
      scheduler_(scheduler),
      clock_(clock),
      days_(workingDays(clock.wall())) {}

void AppointmentFlow::changed() {
    if (onChange) onChange();
}

void AppointmentFlow::start() {
    lifetime_.renew();
    asking_ = true;
    scheduler_.background(
        [this, &ui = scheduler_, token = lifetime_.token(), ask = ask_.board, office = errand_.office] {
            ui.onUi(token, [this, board = ask(office)] { answered(board); });
        });
    changed();
}

/// Who could not be asked is no reason to turn anybody away.
void AppointmentFlow::answered(const Result<wire::TurnBoard>& board) {
    asking_ = false;
    takesNone_ = board ? !board->appointments : board.error().kind == ProblemKind::NotFound;
    if (board) place_ = board->address.empty() ? board->name : board->name + ", " + board->address;
    if (board && board->appointments && !board->days.empty()) {
        known_ = true;
        days_.clear();
        for (const auto& one : board->days)
            if (days_.size() < kMostDays) days_.push_back({one.day, one.morning, one.afternoon});
        dropWhatIsTaken();
    }
    changed();
}

/// Chosen before the office had answered: asked for once more where it has no room.
void AppointmentFlow::dropWhatIsTaken() {
    if (day_.empty()) return;
    const bool hadHalf = half_.has_value();
    if (half_ && !isOffered(*half_)) half_.reset();
    const bool dayStands = isOffered(HalfDay::Morning) || isOffered(HalfDay::Afternoon);
    if (dayStands && (half_ || !hadHalf)) return;
    if (!dayStands) day_.clear();
    step_ = dayStands ? Step::Half : Step::Day;
    pressed_ = true;
}

bool AppointmentFlow::isOffered(HalfDay half) const {
    const auto day = std::ranges::find(days_, day_, &OfferedDay::day);
    return day != days_.end() && (half == HalfDay::Morning ? day->morning : day->afternoon);
}

void AppointmentFlow::chooseDay(const std::string& day) {
    if (std::ranges::find(days_, day, &OfferedDay::day) == days_.end()) return;
    day_ = day;
    if (half_ && !isOffered(*half_)) half_.reset();
    changed();
}

void AppointmentFlow::chooseHalf(HalfDay half) {
    if (!isOffered(half)) return;
    half_ = half;
    changed();
}

void AppointmentFlow::setConsent(bool given, std::string version) {
    consent_ = given;
    consentVersion_ = std::move(version);
    consentAt_ = clock_.wall();
    changed();
}

std::vector<AppointmentIssue> AppointmentFlow::missing(Step step) const {
    using enum AppointmentIssue;
    std::vector<AppointmentIssue> all;
    if (step == Step::Day && day_.empty()) all.push_back(DayMissing);
    if (step == Step::Half && !half_) all.push_back(HalfMissing);
    if (step != Step::Who) return all;
    if (name_.empty()) all.push_back(NameMissing);
    if (phone_.empty())
        all.push_back(PhoneMissing);
    else if (!wire::plausiblePhone(phone_.reveal()))
        all.push_back(PhoneInvalid);
    if (!consent_) all.push_back(ConsentMissing);
    return all;
}

std::vector<AppointmentIssue> AppointmentFlow::issues() const {
    return pressed_ ? missing(step_) : std::vector<AppointmentIssue>();
}

void AppointmentFlow::next() {
    if (step_ == Step::Check || receipt_) return;
    pressed_ = true;
    if (missing(step_).empty()) {
        step_ = static_cast<Step>(static_cast<int>(step_) + 1);
        pressed_ = false;
    }
    changed();
}

bool AppointmentFlow::back() {
    if (step_ == Step::Day || receipt_ || keeping_) return false;
    step_ = static_cast<Step>(static_cast<int>(step_) - 1);
    pressed_ = false;
    failure_.reset();
    changed();
    return true;
}

void AppointmentFlow::goTo(Step step) {
    if (receipt_ || keeping_ || step >= step_) return;
    step_ = step;
    pressed_ = false;
    failure_.reset();
    changed();
}

void AppointmentFlow::send(const std::string& language, base::SecretText subject) {
    for (const auto step : {Step::Day, Step::Half, Step::Who})
        if (step_ != Step::Check || !missing(step).empty()) return;
    if (keeping_ || receipt_) return;
    keeping_ = true;
    failure_.reset();
    lifetime_.renew();
    auto job = std::make_shared<KeepJob>();
    job->outbox = outbox_;
    job->createdAt = base::toRfc3339(clock_.wall());
    auto& request = job->request;
    request.office = errand_.office;
    request.desk = errand_.desk;
    request.procedure = errand_.procedure;
    request.procedureName = errand_.procedureName;
    request.day = day_;
    request.half = *half_;
    request.name = name_.copy();
    request.phone = base::SecretText(wire::phoneDigits(phone_.reveal()));
    request.subject = std::move(subject);
    request.consentVersion = consentVersion_;
    request.consentAt = base::toRfc3339(consentAt_);
    request.language = language;
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), job] {
        ui.onUi(token, [this, kept_ = keep(*job)] {
            keeping_ = false;
            if (!kept_) {
                failure_ = kept_.error();
                return changed();
            }
            id_ = kept_->kept.id;
            receipt_ = AppointmentReceipt{kept_->code, kept_->kept.at};
            name_.clear();
            phone_.clear();
            later(kStorePause, &AppointmentFlow::lookInStore);
            changed();
        });
    });
    changed();
}

void AppointmentFlow::later(base::Millis pause, void (AppointmentFlow::*step)()) {
    scheduler_.after(pause, lifetime_.token(), [this, step] { (this->*step)(); });
}

void AppointmentFlow::lookInStore() {
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), outbox = outbox_, id = *id_] {
        ui.onUi(token, [this, found = outbox->find(id)] {
            const auto* item = found && *found ? &**found : nullptr;
            if (item && item->state == outbox::ItemState::Accepted) {
                receipt_->gatewayAt = item->acceptedAt;
                receipt_->stuck.clear();
                askGateway();
                return changed();
            }
            later(kStorePause, &AppointmentFlow::lookInStore);  // staff may still bring it on its way
            const auto stuck =
                item && item->state == outbox::ItemState::NeedsAttention ? item->problem : std::string();
            if (!item || stuck == receipt_->stuck) return;
            receipt_->stuck = stuck;
            changed();
        });
    });
}

void AppointmentFlow::askGateway() {
    ++asks_;
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), ask = ask_.status,
                           code = receipt_->code.symbols()] {
        ui.onUi(token, [this, status = ask(code)] {
            const auto before = receipt_->status ? std::optional(receipt_->status->state) : std::nullopt;
            if (status) receipt_->status = *status;
            if (!receipt_->answered())
                later(asks_ < kEagerAsks ? kEagerPause : kPatientPause, &AppointmentFlow::askGateway);
            if (status && before != status->state) changed();
        });
    });
}

}  // namespace tram::turn

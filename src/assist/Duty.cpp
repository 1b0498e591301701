#include "assist/Duty.h"

#include <mutex>

#include "base/Log.h"

namespace tram::assist {

namespace {

using base::Result;
using ledger::Kind;

constexpr std::string_view kErrandNames[] = {"look_up", "guide",  "take_number", "survey",
                                             "rating",  "fault",  "feedback",    "appointment",
                                             "watch",   "rights", "account",     "papers"};
static_assert(std::size(kErrandNames) == kErrands);

std::string text(std::string_view word) {
    return std::string(word);
}

/// "" for what refuses nobody.
std::string_view refusalOf(const SignInState& state) {
    if (std::holds_alternative<sign::Wrong>(state)) return "wrong_pin";
    if (std::holds_alternative<sign::NotOnList>(state)) return "not_on_list";
    if (std::holds_alternative<sign::ListTooOld>(state)) return "list_too_old";
    if (std::holds_alternative<sign::Waiting>(state)) return "waiting";
    if (std::holds_alternative<sign::NoLine>(state)) return "no_line";
    if (std::holds_alternative<sign::Failed>(state)) return "failed";
    if (const auto* locked = std::get_if<sign::Locked>(&state))
        return locked->station ? "station_locked" : "locked";
    return "";
}

}  // namespace

/// One draft's way to the disk: the newest text only, and none after it was dropped.
struct Duty::DraftLine {
    std::mutex mutex;
    std::shared_ptr<AssistedDrafts> drafts;
    base::SecretBytes seed;
    std::string id;
    std::optional<base::SecretText> newest;
    bool running = false, over = false;

    bool save() {
        const std::lock_guard lock(mutex);
        if (over || !newest) return running = false;
        auto kept = drafts->save(seed, crypto::view(newest->reveal()), id);
        newest.reset();
        if (kept) id = std::move(*kept);
        if (!kept) base::log::problem("draft_not_kept", kept.error());
        return true;
    }
    /// Waits for what is being saved.
    void drop() {
        const std::lock_guard lock(mutex);
        over = true;
        newest.reset();
        if (id.empty()) return;
        if (const auto gone = drafts->discard(seed, id); !gone)
            base::log::problem("draft_not_dropped", gone.error());
        id.clear();
    }
};

Duty::Duty(Parts parts, base::Scheduler& scheduler, const base::Clock& clock)
    : parts_(std::move(parts)), scheduler_(scheduler), clock_(clock), helping_(clock, parts_.desk) {
    helping_.onChange = [this] { changed(); };
    scheduler_.background([drafts = parts_.drafts] {
        if (const auto swept = drafts->sweep(); !swept) base::log::problem("drafts_not_swept", swept.error());
    });
}

Duty::~Duty() = default;

void Duty::tellActions() {
    parts_.tell(active() ? std::optional(helping_.handling(*session_)) : std::nullopt);
}

void Duty::changed() {
    tellActions();
    if (onChange) onChange();
}

ledger::Event Duty::event(Kind kind, ledger::Values members) const {
    return {kind, session_ ? session_->who().id : std::string(), parts_.desk, std::move(members)};
}

void Duty::note(Kind kind, ledger::Values members) {
    const auto written = parts_.write(event(kind, std::move(members)));
    if (written) return trouble_.reset();
    if (!trouble_) base::log::problem("log_not_written", written.error());
    trouble_ = written.error();
}

std::unique_ptr<SignIn> Duty::signIn() const {
    return std::make_unique<SignIn>(parts_.ask, parts_.lockout, scheduler_, clock_);
}

void Duty::refused(const SignInState& state, bool byCode) {
    const auto reason = refusalOf(state);
    if (!reason.empty())
        note(Kind::SignInRefused, {{"reason", text(reason)}, {"way", text(byCode ? "code" : "badge")}});
}

void Duty::begin(StaffSession session) {
    session_ = std::move(session);
    note(Kind::SignIn, {{"role", text(name(session_->who().role))},
                        {"way", text(session_->how() == SignedInBy::CodeAndPin ? "code" : "badge")}});
    goOn(std::move(*session_));
}

void Duty::goOn(StaffSession session) {
    session_ = std::move(session);
    (void)helping_.next(
        Disposition::Left);  // whoever was helped before, by whomever: nothing of theirs is left
    errands_ = 0;
    if (!session_->isLocked()) {
        note(Kind::HelpStarted);
        askForDrafts();
        lookForLockedOut();
    }
    changed();
}

void Duty::unlocked() {
    note(Kind::Unlocked);
    askForDrafts();
    lookForLockedOut();
    changed();
}

StaffSession::Standing Duty::look() {
    if (!session_) return StaffSession::Standing::Ended;
    const bool was = session_->isLocked();
    const auto standing = session_->look(clock_.boot());
    if (!was && session_->isLocked()) lock(Why::Idle);
    return standing;
}

void Duty::touch() {
    if (session_) session_->touch(clock_.boot());
}

void Duty::lock(Why why) {
    if (!session_) return;
    session_->lock();
    note(Kind::Locked, {{"reason", text(why == Why::Idle ? "idle" : "asked")}});
    changed();
}

bool Duty::openFile(Identified how) {
    if (!active() || !helping_.openFile(how)) return false;
    note(Kind::FileOpened, {{"identified", text(name(how))}});
    return true;
}

void Duty::identify(Identified how) {
    if (!active() || !helping_.file() || helping_.file()->identified == how) return;
    helping_.identify(how);
    note(Kind::FileOpened, {{"identified", text(name(how))}});
}

void Duty::consent(const std::string& version, wire::Handling::How how) {
    if (!active() || !helping_.giveConsent(version, how)) return;
    note(Kind::ConsentGiven, {{"how", text(wire::name(how))}, {"text", version}});
}

void Duty::refuse(const std::string& version) {
    const bool halfWay = helping_.file() && helping_.file()->consent;
    if (!active() || !helping_.refuseConsent()) return;
    note(Kind::ConsentRefused, {{"when", text(halfWay ? "half_way" : "asked")}, {"text", version}});
}

Helping::Hindrance Duty::hindrance(Errand errand) const {
    return session_ ? helping_.hindrance(errand, *session_) : Helping::Hindrance::None;
}

void Duty::did(Errand errand) {
    if (!active()) return;
    ++errands_;
    note(Kind::Errand, {{"errand", text(kErrandNames[static_cast<std::size_t>(errand)])}});
}

void Duty::finish(Disposition disposition, Draft draft) {
    if (draft == Draft::Drop) dropDraft();
    if (!session_) return;
    const auto ended = helping_.next(disposition);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(ended.took).count();
    note(Kind::HelpEnded, {{"disposition", text(name(disposition))},
                           {"errands", std::int64_t{errands_}},
                           {"seconds", std::int64_t{seconds}}});
    errands_ = 0;
}

void Duty::end(std::string_view reason) {
    if (!session_) return;
    note(Kind::SessionEnded, {{"reason", text(reason)}});
    session_.reset();
    offered_.clear();
    lockedOut_.clear();
    changed();
}

void Duty::lookForLockedOut() {
    lockedOut_.clear();
    if (!session_->may(wire::Permission::UnlockStaff)) return;
    auto locked = parts_.lockout->locked();
    if (!locked) return base::log::problem("lockout_not_read", locked.error());
    lockedOut_ = std::move(*locked);
}

void Duty::unlockStaff(const std::string& member) {
    if (!active()) return;
    if (const auto done = parts_.lockout->unlock(member, session_->who().role); !done)
        return base::log::problem("staff_not_unlocked", done.error());
    ledger::Values whom;
    if (!member.empty()) whom["whom"] = member;
    note(Kind::StaffUnlocked, std::move(whom));
    lookForLockedOut();
    if (onChange) onChange();
}

void Duty::askForDrafts() {
    offered_.clear();
    if (!session_ || session_->draftSeed().empty()) return;
    auto seed = std::make_shared<base::SecretBytes>(session_->draftSeed().copy());
    scheduler_.background([this, seed, &ui = scheduler_, token = lifetime_.token(), drafts = parts_.drafts] {
        ui.onUi(token, [this, offered = drafts->offeredTo(*seed)] {
            if (!offered) return base::log::problem("drafts_not_read", offered.error());
            offered_ = *offered;
            if (onChange) onChange();
        });
    });
}

void Duty::keepDraft(base::SecretText text) {
    if (!active() || session_->draftSeed().empty()) return;
    if (!line_) {
        line_ = std::make_shared<DraftLine>();
        line_->drafts = parts_.drafts;
        line_->seed = session_->draftSeed().copy();
    }
    {
        const std::lock_guard lock(line_->mutex);
        line_->newest = std::move(text);
        if (std::exchange(line_->running, true)) return;
    }
    scheduler_.background([line = line_] {
        while (line->save()) {
        }
    });
}

void Duty::dropDraft() {
    if (line_) line_->drop();
    line_.reset();
}

void Duty::forget(const std::string& id) {
    std::erase_if(offered_, [&](const auto& draft) { return draft.id == id; });
    if (onChange) onChange();
}

void Duty::restoreDraft(const std::string& id, std::function<bool(Result<base::SecretBytes>)> done) {
    if (!active() || session_->draftSeed().empty()) return;
    auto line = std::make_shared<DraftLine>();
    line->drafts = parts_.drafts;
    line->seed = session_->draftSeed().copy();
    line->id = id;
    scheduler_.background(
        [this, line, id, &ui = scheduler_, token = lifetime_.token(), done = std::move(done)] {
            auto read = std::make_shared<Result<base::SecretBytes>>(line->drafts->restore(line->seed, id));
            ui.onUi(token, [this, line, id, read, done] {
                if (!done(std::move(*read))) return;
                dropDraft();
                line_ = line;
                note(Kind::DraftRestored, {{"errand", text("feedback")}});
                forget(id);
            });
        });
}

void Duty::discardDraft(const std::string& id) {
    if (!active() || session_->draftSeed().empty()) return;
    DraftLine line;
    line.drafts = parts_.drafts;
    line.seed = session_->draftSeed().copy();
    line.id = id;
    line.drop();
    note(Kind::DraftDropped, {{"errand", text("feedback")}});
    forget(id);
}

}  // namespace tram::assist

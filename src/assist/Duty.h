#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "assist/AssistedDrafts.h"
#include "assist/Helping.h"
#include "assist/SignIn.h"
#include "ledger/Events.h"

namespace tram::assist {

/// Who is on duty at this station, whom they help, and what of it is written down. UI thread; drafts are kept
/// in the background.
class Duty {
  public:
    struct Parts {
        SignIn::Ask ask;
        std::shared_ptr<Lockout> lockout;
        std::shared_ptr<AssistedDrafts> drafts;
        std::string desk;
        /// What actions say that are kept from now on (outbox::Outbox::setHandling).
        std::function<void(std::optional<wire::Handling>)> tell;
        /// Durable when it returns, so that nothing is done that stands nowhere; a few milliseconds.
        std::function<base::Result<void>(const ledger::Event&)> write;
    };
    Duty(Parts parts, base::Scheduler& scheduler, const base::Clock& clock);
    ~Duty();
    Duty(const Duty&) = delete;
    Duty& operator=(const Duty&) = delete;

    std::function<void()> onChange;

    /// Ready for a badge. Whoever shows it tells refused() what it says.
    std::unique_ptr<SignIn> signIn() const;
    void refused(const SignInState& state, bool byCode);  ///< what is no refusal is passed over
    /// Somebody has signed in: the first resident's help begins.
    void begin(StaffSession session);
    /// The same session in a fresh process (assist/Handover.h): the next resident's help begins, or it is
    /// still locked.
    void goOn(StaffSession session);
    void unlocked();  ///< the PIN was right once more (SignIn::openAgain)

    StaffSession* session() { return session_ ? &*session_ : nullptr; }  ///< null: nobody; may be locked
    const Helping& helping() const { return helping_; }
    bool active() const { return session_ && !session_->isLocked(); }
    /// Locks and ends what time has locked or ended; Ended also while nobody is on duty.
    StaffSession::Standing look();
    void touch();
    enum class Why { Asked, Idle };
    void lock(Why why);

    bool openFile(Identified how);
    void identify(Identified how);
    void consent(const std::string& version, wire::Handling::How how);
    void refuse(const std::string& version);  ///< before or half-way
    Helping::Hindrance hindrance(Errand errand) const;
    void did(Errand errand);  ///< it was begun
    /// This resident's help is over. What to do then is the shell's (the wipe). The draft of it is dropped,
    /// unless nobody has ended it: then its owner finds it again.
    enum class Draft { Drop, Keep };
    void finish(Disposition disposition, Draft draft = Draft::Drop);
    void end(std::string_view reason);  ///< of the session: "asked", "too_long", "another_signed_in"

    /// For pages: done beside helping.
    void note(ledger::Kind kind, ledger::Values members = {});
    /// What could not be written down; nothing while all could. Who is on duty has to be told.
    const std::optional<base::Problem>& trouble() const { return trouble_; }

    /// Whom wrong PINs have locked out here, for who may unlock; "" is the station itself. As of when the
    /// session began, or the last unlocking.
    const std::vector<std::string>& lockedOut() const { return lockedOut_; }
    void unlockStaff(const std::string& member);

    /// Drafts that this session's owner left behind here, newest first. Asked for when a session begins.
    const std::vector<AssistedDrafts::Offered>& drafts() const { return offered_; }
    /// What is being written, again and again; the newest counts. Nothing happens without a seed.
    void keepDraft(base::SecretText text);
    void dropDraft();  ///< it was sent, or is not wanted
    /// Of an earlier one; `done` on the UI thread. When that says that it is gone on with, it is the present
    /// one from then on; else it stays as it was.
    void restoreDraft(const std::string& id, std::function<bool(base::Result<base::SecretBytes>)> done);
    void discardDraft(const std::string& id);

  private:
    struct DraftLine;
    void tellActions();
    void changed();
    void askForDrafts();
    void lookForLockedOut();
    void forget(const std::string& id);
    ledger::Event event(ledger::Kind kind, ledger::Values members) const;

    Parts parts_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    std::optional<StaffSession> session_;
    Helping helping_;
    int errands_ = 0;
    std::vector<AssistedDrafts::Offered> offered_;
    std::vector<std::string> lockedOut_;
    std::shared_ptr<DraftLine> line_;  ///< of the draft that is being written now
    std::optional<base::Problem> trouble_;
    base::Lifetime lifetime_;
};

}  // namespace tram::assist

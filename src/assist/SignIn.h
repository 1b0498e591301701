#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "assist/Lockout.h"
#include "assist/StaffSession.h"
#include "base/Scheduler.h"

namespace tram::assist {

namespace sign {
struct Badge {};  ///< hold it to the camera, or to a hand scanner
struct Code {};   ///< typed, with the PIN; only with a line
struct Pin {
    std::string name;  ///< whose badge it is
};
struct Checking {};
struct SignedIn {};
struct Wrong {
    base::Millis wait{0};  ///< before the next try counts; goes on by itself
};
struct Waiting {
    base::Millis wait{0};  ///< of earlier errors; goes on by itself
};
struct Locked {
    bool station = false;  ///< not a member but the station: a supervisor's badge opens it
};
struct NotABadge {};  ///< some other code was held up
struct NotOnList {
    base::Millis wait{0};
};
struct ListTooOld {};  ///< this station has not heard for too long who its staff are
struct NoLine {};      ///< for a code and PIN
struct Failed {
    base::Problem problem;
};
}  // namespace sign
using SignInState = std::variant<sign::Badge, sign::Code, sign::Pin, sign::Checking, sign::SignedIn,
                                 sign::Wrong, sign::Waiting, sign::Locked, sign::NotABadge, sign::NotOnList,
                                 sign::ListTooOld, sign::NoLine, sign::Failed>;

/// *Cán bộ*: a badge and its PIN, or with a line a code and its PIN; and the PIN once more for a session that
/// idleness has locked. Counts each try before it is looked at (Lockout).
class SignIn {
  public:
    /// All block, and are called in the background.
    struct Ask {
        /// Malformed: no badge of ours. NotFound: of nobody on the list (any more). Expired: the list is.
        std::function<base::Result<StaffSession::Who>(const base::SecretText& badge)> find;
        /// The draft seed; Unauthorized: another PIN.
        std::function<base::Result<base::SecretBytes>(const base::SecretText& badge,
                                                      const base::SecretText& pin)>
            check;
        /// At the gateway. Unauthorized, TooManyRequests (it counts, too), Forbidden: locked there. Not set:
        /// this station offers no codes.
        std::function<base::Result<StaffSession::Who>(const base::SecretText& code,
                                                      const base::SecretText& pin)>
            online;
    };
    SignIn(Ask ask, std::shared_ptr<Lockout> lockout, base::Scheduler& scheduler, const base::Clock& clock);

    std::function<void()> onChange;
    const SignInState& state() const { return state_; }
    bool offersCode() const { return static_cast<bool>(ask_.online); }
    base::Millis waitLeft() const;  ///< of the present state

    /// From the beginning; forgets badge and code.
    void restart();
    void scanned(base::SecretText badge);  ///< whenever it is not Checking or SignedIn
    void useCode();
    /// In Pin, or once more after a wrong one that need not wait.
    bool wantsPin() const;
    bool wantsCode() const;  ///< the same, with a code
    void enterPin(base::SecretText pin);
    void enterCode(base::SecretText code, base::SecretText pin);
    bool byCode() const { return byCode_; }
    std::string who() const { return who_ ? who_->name : std::string(); }  ///< whose PIN is wanted
    /// For a locked session: asks for the PIN of the badge or code it began with.
    void unlock(const StaffSession& locked);

    /// Once, in SignedIn.
    std::optional<StaffSession> take();
    /// The same for a session that was locked: its time goes on. False when somebody else signed in, or it is
    /// over; then take() is theirs.
    bool openAgain(StaffSession& locked);

  private:
    struct Tried;
    void moveTo(SignInState state);
    void waitIn(SignInState state, base::Millis wait, SignInState then);
    void run(std::function<Tried()> work);
    void arrived(Tried tried);
    SignInState again() const;
    static Tried found(const Ask& ask, Lockout& lockout, const base::SecretText& badge);
    static Tried checked(const Ask& ask, Lockout& lockout, const StaffSession::Who& who,
                         const base::SecretText& badge, const base::SecretText& pin);
    static Tried askedOnline(const Ask& ask, Lockout& lockout, const base::SecretText& code,
                             const base::SecretText& pin);

    Ask ask_;
    std::shared_ptr<Lockout> lockout_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    SignInState state_;
    std::optional<StaffSession::Who> who_;
    base::SecretText badge_;
    bool byCode_ = false;
    base::SecretBytes seed_;
    base::BootTime until_;
    base::Lifetime waiting_, lifetime_;
};

}  // namespace tram::assist

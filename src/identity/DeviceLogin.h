#pragma once
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/Clock.h"
#include "base/Problem.h"
#include "base/Scheduler.h"
#include "identity/ResidentSession.h"
#include "link/ResidentLine.h"
#include "oidc/KeyRing.h"

namespace tram::identity {

namespace situation {
struct Idle {};    ///< not begun, or cancelled
struct Asking {};  ///< for a code
/// A code to scan; secondsLeft() counts down.
struct Showing {
    link::ScanWay scan;
    std::string qrText;     ///< exactly what the QR holds; printable ASCII
    std::string userCode;   ///< "BDFH-JKLM", to compare on the phone; "" for ScanWay::ProviderApp
    bool lineLost = false;  ///< the gateway did not answer last time; it is asked again
};
/// The phone has approved; the ID token has been verified.
struct Approved {
    std::shared_ptr<const ResidentSession> session;
};
struct Declined {};    ///< on the phone
struct Expired {};     ///< nobody has approved in time
struct NotGranted {};  ///< web access is not granted in VNeID
struct LevelTooLow {};
struct UnderAge {};
/// No line to the gateway: asking for a code failed, or a code ran out without an answer.
struct Unreachable {
    base::Problem problem;
};
/// Anything else: the provider failed (detail "provider_failed"), this kiosk was refused, an ID token that
/// does not verify.
struct Failed {
    base::Problem problem;
};
}  // namespace situation
using LoginState =
    std::variant<situation::Idle, situation::Asking, situation::Showing, situation::Approved,
                 situation::Declined, situation::Expired, situation::NotGranted, situation::LevelTooLow,
                 situation::UnderAge, situation::Unreachable, situation::Failed>;

/// Logging in with one's own phone: RFC 8628 against the gateway, then OpenID Connect Core 3.1.3.7. All
/// functions on the UI thread. When it goes away while under way, it cancels.
class DeviceLogin {
  public:
    static constexpr base::Millis kLongestCode{120'000}, kInAll{600'000};
    static constexpr base::Millis kDefaultInterval{5000}, kSlowDown{5000};  ///< RFC 8628 §3.2, §3.5

    struct Services {
        std::shared_ptr<link::ResidentLine> line;
        std::shared_ptr<oidc::KeyRing> keys;  ///< of the gateway as issuer
        std::string clientId;                 ///< this kiosk's: `aud` of the ID token
    };
    DeviceLogin(Services services, base::Scheduler& scheduler, const base::Clock& clock);
    ~DeviceLogin();
    DeviceLogin(const DeviceLogin&) = delete;
    DeviceLogin& operator=(const DeviceLogin&) = delete;

    std::function<void()> onChange;  ///< state() is another
    std::function<void()> onTick;    ///< once a second while Showing: only secondsLeft() is another
    /// True when a login begins to be under way on a phone, false when it no longer is: device::Idle's hold()
    /// and release().
    std::function<void(bool)> onHold;

    const LoginState& state() const { return state_; }
    /// Of the code shown, rounded up; 0 unless Showing.
    int secondsLeft() const;
    /// Whether moreTime() would do anything: from Showing or Expired, within ten minutes of begin().
    bool mayHaveMoreTime() const;

    void begin();     ///< from any state: a new login, with ten minutes of its own
    void moreTime();  ///< a fresh code; the one shown is worth nothing any more
    void cancel();    ///< → Idle; the phone can no longer complete it

  private:
    struct Attempt;
    void ask();
    void asked(base::Result<link::DeviceCode> code);
    void show(link::DeviceCode code);
    void tick();
    void pollLater();
    void poll();
    void answered(base::Result<link::PollAnswer> answer);
    void unanswered(const base::Problem& problem);
    void denied(link::DenialReason reason);
    void verify(link::ResidentTokens tokens);
    void verified(base::Result<ResidentSession> session);
    void abandon();
    void end(LoginState state);
    void move(LoginState state);
    base::Millis now() const { return clock_.boot().sinceBoot; }

    Services services_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    LoginState state_ = situation::Idle{};
    std::shared_ptr<Attempt> attempt_;
    base::Millis startedAt_{0}, codeEnds_{0}, interval_{0}, wait_{0};
    base::Problem lineProblem_;
    bool held_ = false;
    base::Lifetime lifetime_;
};

}  // namespace tram::identity

#pragma once
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/Problem.h"
#include "identity/ResidentSession.h"
#include "link/ResidentLine.h"

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
    bool opened = false;    ///< a phone has opened it, as far as the gateway tells
    bool agreed = false;    ///< somebody has agreed there and is at the provider, as far as the gateway tells
};
/// The phone has approved; the ID token has been verified.
struct Approved {
    std::shared_ptr<const ResidentSession> session;
};
struct Declined {};    ///< on the phone
struct Expired {};     ///< nobody has approved in time, or the gateway knows this code no more
struct NotGranted {};  ///< web access is not granted in VNeID
struct LevelTooLow {};
struct UnderAge {};
/// No line to the gateway: asking for a code failed, or a code ran out without an answer. A code is asked for
/// again and again until ten minutes after begin(): from here it may become Showing by itself.
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

/// A login with one's own phone as a page shows it. A station's is DeviceLogin; the tour and tests stage
/// others. When it goes away while under way, it cancels.
class Login {
  public:
    virtual ~Login() = default;

    std::string language = "vi";     ///< what the phone's pages begin in; of the code asked for next
    std::function<void()> onChange;  ///< state() is another
    std::function<void()> onTick;    ///< once a second while Showing: only secondsLeft() is another
    /// True when a login begins to be under way on a phone, false when it no longer is: device::Idle's hold()
    /// and release().
    std::function<void(bool)> onHold;

    virtual const LoginState& state() const = 0;
    /// Of the code shown, or for whom it has agreed to; rounded up; 0 unless Showing.
    virtual int secondsLeft() const = 0;
    /// Whether moreTime() would do anything: from Showing (unless agreed: that person's way goes on) or
    /// Expired, within ten minutes of begin().
    virtual bool mayHaveMoreTime() const = 0;

    virtual void begin() = 0;  ///< from any state: a new login, with ten minutes of its own
    /// A fresh code; the one shown is worth nothing any more. Unless the gateway, asked once more first,
    /// knows that somebody has agreed to it or declined: then that is what happens.
    virtual void moreTime() = 0;
    virtual void cancel() = 0;  ///< → Idle; the phone can no longer complete it
};

}  // namespace tram::identity

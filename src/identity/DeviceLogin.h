#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Problem.h"
#include "base/Scheduler.h"
#include "identity/Login.h"
#include "oidc/KeyRing.h"

namespace tram::identity {

/// Logging in with one's own phone: RFC 8628 against the gateway, then OpenID Connect Core 3.1.3.7. All
/// functions on the UI thread. When it goes away while under way, it cancels.
class DeviceLogin final : public Login {
  public:
    static constexpr base::Millis kLongestCode{120'000}, kInAll{600'000};
    static constexpr base::Millis kLongestAgreed{120'000};  ///< from when the agreement was heard of
    static constexpr base::Millis kDefaultInterval{5000}, kSlowDown{5000};  ///< RFC 8628 §3.2, §3.5
    static constexpr base::Millis kLongestWait{60'000};  ///< between questions that are not answered
    static constexpr base::Millis kShortestCode{
        30'000};  ///< of the ten minutes, for a fresh code to be worth while

    struct Services {
        std::shared_ptr<link::ResidentLine> line;
        std::shared_ptr<oidc::KeyRing> keys;  ///< of the gateway as issuer
        std::string clientId;                 ///< this kiosk's: `aud` of the ID token
        std::vector<oidc::Algorithm> algorithms = {oidc::Algorithm::EdDsa};  ///< of the ID token
    };
    DeviceLogin(Services services, base::Scheduler& scheduler, const base::Clock& clock);
    ~DeviceLogin() override;
    DeviceLogin(const DeviceLogin&) = delete;
    DeviceLogin& operator=(const DeviceLogin&) = delete;

    const LoginState& state() const override { return state_; }
    int secondsLeft() const override;
    bool mayHaveMoreTime() const override;
    void begin() override;
    void moreTime() override;
    void cancel() override;

  private:
    struct Attempt;
    template <class Work, class Then, class Late>
    void run(Work work, Then then, Late late);
    void mint();
    void ask(bool quietly = false);
    void asked(base::Result<link::DeviceCode> code);
    void askAgain(const base::Problem& problem);
    void show(link::DeviceCode code);
    void tickOn();
    void tick();
    void goOnFor(std::optional<base::Millis> expiresIn);
    void poll();
    void pollAfter(base::Millis wait);
    void answered(base::Result<link::PollAnswer> answer);
    void unanswered(const base::Problem& problem);
    void stillPending(bool lineLost, link::poll::Pending said = {});
    void denied(link::DenialReason reason);
    void verify(link::ResidentTokens tokens);
    void verified(base::Result<ResidentSession> session);
    void abandon();
    void runOut();
    void end(LoginState state);
    void move(LoginState state);
    base::Millis now() const { return clock_.boot().sinceBoot; }

    Services services_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    LoginState state_ = situation::Idle{};
    std::shared_ptr<Attempt> attempt_;
    base::Millis startedAt_{0}, codeEnds_{0};
    base::Millis interval_{0}, wait_{0}, nextPoll_{0};
    std::optional<base::Problem> lineProblem_;  // since the gateway answered last
    bool asking_ = false;                       // a question is under way
    bool held_ = false;
    bool ticking_ = false;
    bool agreementKnown_ = false;
    std::optional<situation::Showing> former_;  // a fresh code is wanted, once it is known what became of it
    base::Lifetime lifetime_;
};

}  // namespace tram::identity

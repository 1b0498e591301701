#include "identity/DeviceLogin.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "crypto/Bytes.h"

namespace tram::identity {

using base::Millis;
using base::Problem;
using base::ProblemKind;
using base::Result;
using namespace std::chrono_literals;

namespace {

constexpr Millis kSecond{1000};
constexpr std::size_t kNonceBytes = 24;

/// The line is to blame, or who stands on it, but not what was asked: it is asked again.
bool isTheLine(const Problem& problem) {
    switch (problem.kind) {
        case ProblemKind::NoNetwork:
        case ProblemKind::Timeout:
        case ProblemKind::UntrustedCertificate:
        case ProblemKind::NotTheGateway:
        case ProblemKind::ServerFault:
        case ProblemKind::TooManyRequests:
            return true;
        default:
            return problem.fact("detail") == "broken_off";
    }
}

Millis askedToWait(const Problem& problem) {
    const auto text = problem.fact("retry_after_s");
    int seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return std::chrono::seconds(std::clamp(seconds, 0, 600));
}

bool underWay(const LoginState& state) {
    return std::holds_alternative<situation::Asking>(state) ||
           std::holds_alternative<situation::Showing>(state);
}

}  // namespace

/// From asking for a code to the end of it. It outlives the login that gave it up, so that what comes late
/// finds out and is given back to the gateway.
struct DeviceLogin::Attempt {
    DeviceLogin* login;           // null once given up; UI thread only
    std::string nonce;            // never changes
    base::SecretText deviceCode;  // set before anybody in the background needs it
    bool over = false;            // for the gateway: nothing to revoke
};

/// `work` in the background. Its answer goes to `then`, or to `late` if this attempt was given up meanwhile;
/// both on the UI thread.
template <class Work, class Then, class Late>
void DeviceLogin::run(Work work, Then then, Late late) {
    scheduler_.background([attempt = attempt_, &ui = scheduler_, work, then, late] {
        auto answer = std::make_shared<decltype(work(*attempt))>(work(*attempt));
        ui.onUi(attempt, [attempt, answer, then, late] {
            if (attempt->login)
                then(*attempt->login, std::move(*answer));
            else
                late(std::move(*answer));
        });
    });
}

DeviceLogin::DeviceLogin(Services services, base::Scheduler& scheduler, const base::Clock& clock)
    : services_(std::move(services)), scheduler_(scheduler), clock_(clock) {}

DeviceLogin::~DeviceLogin() {
    abandon();
    if (held_ && onHold) onHold(false);
}

int DeviceLogin::secondsLeft() const {
    if (!std::holds_alternative<situation::Showing>(state_)) return 0;
    return static_cast<int>(
        std::chrono::ceil<std::chrono::seconds>(std::max(0ms, codeEnds_ - now())).count());
}

bool DeviceLogin::mayHaveMoreTime() const {
    const auto* showing = std::get_if<situation::Showing>(&state_);
    const bool askable = showing ? !showing->agreed : std::holds_alternative<situation::Expired>(state_);
    return askable && now() - startedAt_ <= kInAll - kShortestCode;
}

void DeviceLogin::begin() {
    abandon();
    startedAt_ = now();
    interval_ = 0ms;
    wait_ = kDefaultInterval;
    ask();
}

/// Somebody may have agreed since the last question: they must not be told that they are logged in while a
/// fresh code stands here. One more question comes at its time, as RFC 8628 §3.5 has it; a line that is lost
/// has no answer to wait for.
void DeviceLogin::moreTime() {
    if (!mayHaveMoreTime()) return;
    const auto* showing = std::get_if<situation::Showing>(&state_);
    if (!showing || showing->lineLost) return mint();
    former_ = *showing;
    move(situation::Asking{});
}

void DeviceLogin::mint() {
    abandon();
    ask();
}

void DeviceLogin::cancel() {
    if (std::holds_alternative<situation::Approved>(state_)) return;
    abandon();
    move(situation::Idle{});
}

/// Quietly: a page that says so stands there already.
void DeviceLogin::ask(bool quietly) {
    attempt_ =
        std::make_shared<Attempt>(Attempt{this, crypto::toBase64Url(crypto::randomBytes(kNonceBytes)), {}});
    lineProblem_.reset();
    if (!quietly) move(situation::Asking{});
    const auto late = [line = services_.line, &background = scheduler_](Result<link::DeviceCode> code) {
        if (!code) return;
        auto unused = std::make_shared<base::SecretText>(std::move(code->deviceCode));
        background.background([line, unused] { (void)line->revokeCode(*unused); });
    };
    run([line = services_.line,
         language = language](Attempt& attempt) { return line->deviceCode(attempt.nonce, language); },
        [](DeviceLogin& login, auto code) { login.asked(std::move(code)); }, late);
}

void DeviceLogin::asked(Result<link::DeviceCode> code) {
    if (code) return show(std::move(*code));
    attempt_->over = true;
    if (isTheLine(code.error())) return askAgain(code.error());
    end(situation::Failed{code.error()});
}

/// Somebody stands there and waits for the line. (RFC 8628 §3.5 would have a person ask where a code has run
/// out; here nobody has answered, and there is no session to poll.)
void DeviceLogin::askAgain(const Problem& problem) {
    end(situation::Unreachable{problem});
    const auto wait = std::max(wait_, askedToWait(problem));
    if (now() + wait > startedAt_ + kInAll - kShortestCode) return;
    wait_ = std::min(wait_ * 2, kLongestWait);
    scheduler_.after(wait, lifetime_.token(), [this] { ask(true); });
}

void DeviceLogin::show(link::DeviceCode code) {
    codeEnds_ = std::min(now() + std::min(code.expiresIn, kLongestCode), startedAt_ + kInAll);
    // A slower pace once asked for holds for later codes, too (RFC 8628 §3.5: all subsequent requests).
    interval_ = std::max({interval_, code.interval.value_or(kDefaultInterval), kSecond});
    wait_ = interval_;
    agreementKnown_ = false;
    situation::Showing showing{code.scan, code.qrText(), code.userCode};
    attempt_->deviceCode = std::move(code.deviceCode);
    move(std::move(showing));
    tickOn();
    pollAfter(wait_);
}

void DeviceLogin::tickOn() {
    ticking_ = true;
    scheduler_.after(kSecond, lifetime_.token(), [this] { tick(); });
}

void DeviceLogin::tick() {
    if (now() < codeEnds_) {
        tickOn();
        if (onTick) onTick();
        return;
    }
    ticking_ = false;
    if (asking_) return;  // that answer decides
    poll();  // approved in the last seconds is approved; no matter how long ago the last question was
}

void DeviceLogin::pollAfter(Millis wait) {
    nextPoll_ = now() + wait;
    scheduler_.after(wait, lifetime_.token(), [this] { poll(); });
}

void DeviceLogin::poll() {
    if (asking_) return;
    asking_ = true;
    const auto late = [line = services_.line, &background = scheduler_](Result<link::PollAnswer> answer) {
        auto* tokens = answer ? std::get_if<link::ResidentTokens>(&*answer) : nullptr;
        if (!tokens) return;
        auto unused = std::make_shared<base::SecretText>(std::move(tokens->accessToken));
        background.background([line, unused] { (void)line->revokeToken(*unused); });
    };
    run([line = services_.line](Attempt& attempt) { return line->poll(attempt.deviceCode); },
        [](DeviceLogin& login, auto answer) { login.answered(std::move(answer)); }, late);
}

void DeviceLogin::answered(Result<link::PollAnswer> answer) {
    asking_ = false;
    if (!answer) return unanswered(answer.error());
    lineProblem_.reset();
    const bool slower = std::holds_alternative<link::poll::SlowDown>(*answer);
    if (slower) interval_ += kSlowDown;
    wait_ = interval_;
    const auto* pending = std::get_if<link::poll::Pending>(&*answer);
    if (slower || pending) return stillPending(false, pending ? *pending : link::poll::Pending{});
    if (auto* tokens = std::get_if<link::ResidentTokens>(&*answer)) return verify(std::move(*tokens));
    attempt_->over = true;
    if (const auto* no = std::get_if<link::poll::Denied>(&*answer)) return denied(no->reason);
    runOut();
}

/// RFC 8628 §3.5: on a connection time-out a client must ask less often, and doubling is the way it names.
void DeviceLogin::unanswered(const Problem& problem) {
    if (!isTheLine(problem)) return end(situation::Failed{problem});
    lineProblem_ = problem;
    wait_ = std::max(std::min(wait_ * 2, kLongestWait), askedToWait(problem));
    stillPending(true);
}

/// The code is used up by the agreement; from then on it is the person at the provider who needs time.
void DeviceLogin::goOnFor(std::optional<Millis> expiresIn) {
    if (!expiresIn || std::exchange(agreementKnown_, true)) return;
    codeEnds_ = std::min(now() + std::min(*expiresIn, kLongestAgreed), startedAt_ + kInAll);
    if (!ticking_) tickOn();
}

void DeviceLogin::stillPending(bool lineLost, link::poll::Pending said) {
    goOnFor(said.expiresIn);
    if (now() >= codeEnds_) return runOut();
    if (former_ && !said.agreed) return mint();
    pollAfter(wait_);
    if (former_) state_ = *std::exchange(former_, std::nullopt);
    auto& showing = std::get<situation::Showing>(state_);
    const auto before = std::tuple(showing.lineLost, showing.opened, showing.agreed);
    showing.lineLost = lineLost;
    showing.opened = showing.opened || said.opened;  // not every answer says so
    showing.agreed = showing.agreed || said.agreed;
    if (before != std::tuple(showing.lineLost, showing.opened, showing.agreed) && onChange) onChange();
}

void DeviceLogin::denied(link::DenialReason reason) {
    switch (reason) {
        case link::DenialReason::Declined:
            return end(situation::Declined{});
        case link::DenialReason::NotGranted:
            return end(situation::NotGranted{});
        case link::DenialReason::LevelTooLow:
            return end(situation::LevelTooLow{});
        case link::DenialReason::UnderAge:
            return end(situation::UnderAge{});
        case link::DenialReason::ProviderFailed:
            break;
    }
    end(situation::Failed{{ProblemKind::ServerFault, {{"detail", "provider_failed"}}}});
}

void DeviceLogin::verify(link::ResidentTokens given) {
    lifetime_.renew();  // no more ticks: the code has done its work
    auto tokens = std::make_shared<link::ResidentTokens>(std::move(given));
    const auto work = [services = services_, tokens,
                       &clock = clock_](Attempt& attempt) -> Result<ResidentSession> {
        const oidc::Expectations expected{services.line->issuer(), services.clientId, attempt.nonce,
                                          services.algorithms};
        const auto token = tokens->accessToken.copy();
        auto session =
            services.keys->verify(tokens->idToken.reveal(), expected, services.line->gatewayTime())
                .and_then([&](oidc::IdToken claims) {
                    return ResidentSession::make(std::move(claims), std::move(*tokens), clock.boot());
                });
        if (!session) (void)services.line->revokeToken(token);
        return session;
    };
    const auto late = [line = services_.line, &background = scheduler_](Result<ResidentSession> session) {
        if (!session) return;
        auto unused = std::make_shared<ResidentSession>(std::move(*session));
        background.background([line, unused] { (void)line->revokeToken(unused->accessToken); });
    };
    run(work, [](DeviceLogin& login, auto session) { login.verified(std::move(session)); }, late);
}

void DeviceLogin::verified(Result<ResidentSession> session) {
    if (session) {
        attempt_->over = true;
        return end(situation::Approved{std::make_shared<const ResidentSession>(std::move(*session))});
    }
    if (isTheLine(session.error())) return end(situation::Unreachable{session.error()});
    end(situation::Failed{session.error()});
}

/// Whoever still tries to complete it on a phone cannot.
void DeviceLogin::abandon() {
    lifetime_.renew();
    asking_ = false;
    former_.reset();
    const auto attempt = std::exchange(attempt_, nullptr);
    if (!attempt) return;
    attempt->login = nullptr;
    if (attempt->over || attempt->deviceCode.empty()) return;
    scheduler_.background([line = services_.line, attempt] { (void)line->revokeCode(attempt->deviceCode); });
}

void DeviceLogin::runOut() {
    if (former_) return mint();
    if (!lineProblem_) return end(situation::Expired{});
    wait_ = kDefaultInterval;
    askAgain(Problem(*lineProblem_));
}

void DeviceLogin::end(LoginState state) {
    abandon();
    move(std::move(state));
}

void DeviceLogin::move(LoginState state) {
    state_ = std::move(state);
    const bool hold = underWay(state_);
    if (std::exchange(held_, hold) != hold && onHold) onHold(hold);
    if (onChange) onChange();
}

}  // namespace tram::identity

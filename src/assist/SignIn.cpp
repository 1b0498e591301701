#include "assist/SignIn.h"

#include <charconv>

namespace tram::assist {

namespace {

using base::Millis;
using base::ProblemKind;
using Gate = Lockout::Gate;

constexpr std::size_t kMaxScanned = 128, kMaxPin = 64;

/// What the gateway asks to wait; a minute when it does not say.
Millis retryAfter(const base::Problem& problem) {
    const auto text = problem.fact("retry_after_s");
    int seconds = 60;
    (void)std::from_chars(text.data(), text.data() + text.size(), seconds);
    return std::chrono::seconds(std::clamp(seconds, 1, 24 * 3600));
}

SignInState barred(const Lockout::Standing& standing) {
    if (standing.gate == Gate::Waiting) return sign::Waiting{standing.wait};
    return sign::Locked{standing.gate == Gate::StationLocked};
}

Lockout::Attempt attemptOf(const StaffSession::Who& who) {
    return {.member = who.id, .supervisor = who.role == wire::StaffRole::Supervisor};
}

}  // namespace

/// What came of looking something up or checking it, off the UI thread.
struct SignIn::Tried {
    SignInState state;
    std::optional<StaffSession::Who> who = {};
    base::SecretText badge = {};
    base::SecretBytes seed = {};
};

SignIn::SignIn(Ask ask, std::shared_ptr<Lockout> lockout, base::Scheduler& scheduler,
               const base::Clock& clock)
    : ask_(std::move(ask)), lockout_(std::move(lockout)), scheduler_(scheduler), clock_(clock) {}

void SignIn::moveTo(SignInState state) {
    waiting_.renew();
    until_ = {};
    state_ = std::move(state);
    if (onChange) onChange();
}

void SignIn::waitIn(SignInState state, Millis wait, SignInState then) {
    moveTo(std::move(state));
    if (wait.count() <= 0) return;
    const auto now = clock_.boot();
    until_ = {now.bootId, now.sinceBoot + wait};
    auto next = std::make_shared<SignInState>(std::move(then));
    scheduler_.after(wait, waiting_.token(), [this, next] { moveTo(std::move(*next)); });
}

Millis SignIn::waitLeft() const {
    const auto now = clock_.boot();
    return until_.bootId == now.bootId ? std::max(Millis{0}, until_.sinceBoot - now.sinceBoot) : Millis{0};
}

/// Where the next try is made.
SignInState SignIn::again() const {
    if (byCode_) return sign::Code{};
    if (who_) return sign::Pin{who_->name};
    return sign::Badge{};
}

void SignIn::restart() {
    who_.reset();
    badge_.clear();
    seed_.clear();
    byCode_ = false;
    lifetime_.renew();
    moveTo(sign::Badge{});
}

void SignIn::useCode() {
    if (!offersCode()) return;
    restart();
    byCode_ = true;
    moveTo(sign::Code{});
}

void SignIn::run(std::function<Tried()> work) {
    moveTo(sign::Checking{});
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), work = std::move(work)] {
        const auto tried = std::make_shared<Tried>(work());
        ui.onUi(token, [this, tried] { arrived(std::move(*tried)); });
    });
}

void SignIn::arrived(Tried tried) {
    if (tried.who) who_ = std::move(tried.who);
    if (!tried.badge.empty()) badge_ = std::move(tried.badge);
    seed_ = std::move(tried.seed);
    const auto* wrong = std::get_if<sign::Wrong>(&tried.state);
    const auto* waiting = std::get_if<sign::Waiting>(&tried.state);
    const auto* unknown = std::get_if<sign::NotOnList>(&tried.state);
    const auto wait = wrong ? wrong->wait : waiting ? waiting->wait : unknown ? unknown->wait : Millis{0};
    waitIn(std::move(tried.state), wait, again());
}

SignIn::Tried SignIn::found(const Ask& ask, Lockout& lockout, const base::SecretText& badge) {
    auto who = ask.find(badge);
    if (who) {
        const auto standing = lockout.look(attemptOf(*who));
        if (!standing) return {sign::Failed{standing.error()}};
        auto state = standing->gate == Gate::Open ? SignInState(sign::Pin{who->name}) : barred(*standing);
        return {std::move(state), std::move(*who), badge.copy()};
    }
    if (who.error().kind == ProblemKind::Malformed) return {sign::NotABadge{}};
    if (who.error().kind == ProblemKind::Expired) return {sign::ListTooOld{}};
    if (who.error().kind != ProblemKind::NotFound) return {sign::Failed{who.error()}};
    const auto counted = lockout.begin({});
    if (!counted) return {sign::Failed{counted.error()}};
    if (counted->gate == Gate::Locked || counted->gate == Gate::StationLocked) return {barred(*counted)};
    const auto after = lockout.look({});
    if (!after) return {sign::Failed{after.error()}};
    return {sign::NotOnList{after->wait}};
}

SignIn::Tried SignIn::checked(const Ask& ask, Lockout& lockout, const StaffSession::Who& who,
                              const base::SecretText& badge, const base::SecretText& pin) {
    const auto attempt = attemptOf(who);
    const auto counted = lockout.begin(attempt);
    if (!counted) return {sign::Failed{counted.error()}};
    if (counted->gate != Gate::Open) return {barred(*counted)};
    auto seed = ask.check(badge, pin);
    if (seed) {
        if (const auto cleared = lockout.succeeded(attempt); !cleared) return {sign::Failed{cleared.error()}};
        return {sign::SignedIn{}, {}, {}, std::move(*seed)};
    }
    if (seed.error().kind == ProblemKind::Expired) return {sign::ListTooOld{}};
    if (seed.error().kind == ProblemKind::NotFound) return {sign::NotOnList{}};
    if (seed.error().kind != ProblemKind::Unauthorized) return {sign::Failed{seed.error()}};
    const auto after = lockout.look(attempt);
    if (!after) return {sign::Failed{after.error()}};
    if (after->gate == Gate::Locked) return {sign::Locked{}};
    return {sign::Wrong{after->wait}};
}

SignIn::Tried SignIn::askedOnline(const Ask& ask, Lockout& lockout, const base::SecretText& code,
                                  const base::SecretText& pin) {
    Lockout::Attempt attempt{.member = "", .online = true};
    const auto counted = lockout.begin(attempt);
    if (!counted) return {sign::Failed{counted.error()}};
    if (counted->gate != Gate::Open) return {barred(*counted)};
    auto who = ask.online(code, pin);
    if (who) {
        attempt.member = who->id;
        if (const auto cleared = lockout.succeeded(attempt); !cleared) return {sign::Failed{cleared.error()}};
        return {sign::SignedIn{}, std::move(*who)};
    }
    const auto kind = who.error().kind;
    if (kind == ProblemKind::Unauthorized) {
        const auto after = lockout.look(attempt);
        if (!after) return {sign::Failed{after.error()}};
        return {sign::Wrong{after->wait}};
    }
    if (const auto back = lockout.takeBack(attempt); !back) return {sign::Failed{back.error()}};
    if (kind == ProblemKind::TooManyRequests) return {sign::Waiting{retryAfter(who.error())}};
    if (kind == ProblemKind::Forbidden) return {sign::Locked{}};
    if (kind == ProblemKind::NoNetwork || kind == ProblemKind::Timeout || kind == ProblemKind::NotTheGateway)
        return {sign::NoLine{}};
    return {sign::Failed{who.error()}};
}

void SignIn::scanned(base::SecretText badge) {
    if (std::holds_alternative<sign::Checking>(state_) || std::holds_alternative<sign::SignedIn>(state_))
        return;
    restart();
    if (badge.empty() || badge.reveal().size() > kMaxScanned) return moveTo(sign::NotABadge{});
    auto held = std::make_shared<base::SecretText>(std::move(badge));
    run([ask = ask_, lockout = lockout_, held] { return found(ask, *lockout, *held); });
}

bool SignIn::wantsPin() const {
    const bool again = std::holds_alternative<sign::Wrong>(state_) && waitLeft().count() == 0;
    return who_ && !byCode_ && (again || std::holds_alternative<sign::Pin>(state_));
}

bool SignIn::wantsCode() const {
    const bool again = std::holds_alternative<sign::Wrong>(state_) && waitLeft().count() == 0;
    return byCode_ && (again || std::holds_alternative<sign::Code>(state_));
}

void SignIn::enterPin(base::SecretText pin) {
    if (!wantsPin()) return;
    if (pin.empty() || pin.reveal().size() > kMaxPin) return;
    auto badge = std::make_shared<base::SecretText>(badge_.copy());
    auto typed = std::make_shared<base::SecretText>(std::move(pin));
    run([ask = ask_, lockout = lockout_, who = *who_, badge, typed] {
        return checked(ask, *lockout, who, *badge, *typed);
    });
}

void SignIn::enterCode(base::SecretText code, base::SecretText pin) {
    if (!wantsCode() || code.empty() || pin.empty()) return;
    if (code.reveal().size() > kMaxScanned || pin.reveal().size() > kMaxPin) return;
    auto told = std::make_shared<base::SecretText>(std::move(code));
    auto typed = std::make_shared<base::SecretText>(std::move(pin));
    run([ask = ask_, lockout = lockout_, told, typed] { return askedOnline(ask, *lockout, *told, *typed); });
}

void SignIn::unlock(const StaffSession& locked) {
    if (locked.how() == SignedInBy::CodeAndPin) return useCode();
    restart();
    auto held = std::make_shared<base::SecretText>(locked.badge().copy());
    run([ask = ask_, lockout = lockout_, held] { return found(ask, *lockout, *held); });
}

std::optional<StaffSession> SignIn::take() {
    if (!std::holds_alternative<sign::SignedIn>(state_) || !who_) return std::nullopt;
    StaffSession session(std::move(*who_), byCode_ ? SignedInBy::CodeAndPin : SignedInBy::BadgeAndPin,
                         std::move(badge_), std::move(seed_), clock_.boot());
    restart();
    return session;
}

bool SignIn::openAgain(StaffSession& locked) {
    if (!std::holds_alternative<sign::SignedIn>(state_) || !who_ || who_->id != locked.who().id) return false;
    if (!locked.unlock(std::move(seed_), clock_.boot())) return false;
    restart();
    return true;
}

}  // namespace tram::assist

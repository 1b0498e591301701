#include "gateway/identity/DeviceLogins.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/Random.h"
#include "crypto/Bytes.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using base::WallTime;
using Gone = DeviceLogins::Gone;

// Whoever polls a little early because the network was late the time before is not told to slow down.
constexpr base::Millis kJitter{500};

std::string randomId() {
    return crypto::toBase64Url(crypto::randomBytes(32));
}

}  // namespace

std::string UserCode::make() {
    std::string code;
    while (code.size() < 8) {
        unsigned char byte = 0;
        base::fillRandom({&byte, 1});
        if (byte < 240) code += kSymbols[byte % kSymbols.size()];  // 240 = 12 × 20: none is likelier
    }
    return code.substr(0, 4) + "-" + code.substr(4);
}

std::optional<std::string> UserCode::parse(std::string_view typed) {
    std::string code;
    if (typed.size() > 40) return std::nullopt;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        code += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    if (code.size() != 8 || code.find_first_not_of(kSymbols) != code.npos) return std::nullopt;
    return code.substr(0, 4) + "-" + code.substr(4);
}

struct DeviceLogins::Login {
    enum class State { Waiting, Agreed, Refused, Approved, Lapsed, Spent, Cancelled };

    std::string kiosk, ward, station, nonce, userCode, deviceHash, linkKey, language;
    WallTime begun{};
    base::Millis life = kLife;
    State state = State::Waiting;
    std::string phone = {};      ///< the one that has agreed
    bool opened = false;         ///< by any
    bool agreementTold = false;  ///< to its kiosk
    WallTime fetchedAt{};        ///< by its kiosk
    bool lost = false;           ///< that is, it has not got what it fetched
    Refusal refusal = Refusal::Declined;
    std::optional<Resident> resident = {};
    WallTime agreedAt{};
    std::chrono::seconds interval = kInterval;
    std::optional<WallTime> polled = {};
    std::optional<ProviderCode> provider = {};
    std::optional<WallTime> providerAsked = {};
    bool providerBusy = false;

    /// A code that is younger than nothing has an odd clock: it is over.
    bool over(WallTime now) const { return now < begun || now - begun >= life; }
    bool lapsed(WallTime now) const { return now < begun || now - begun >= life + kFetch; }
    bool waits() const { return state == State::Waiting || state == State::Agreed; }
    bool isOpen() const { return waits() || state == State::Approved; }

    std::optional<Gone> goneFor(const std::string& who, WallTime now) const {
        if (state == State::Cancelled) return Gone::Cancelled;
        if (!phone.empty() && phone != who) return Gone::Taken;
        if (!waits()) return Gone::Over;
        if (over(now)) return Gone::Expired;
        return std::nullopt;
    }
    /// The provider's own pages take their time, and nobody can ask for more of it while at them. Once: who
    /// goes that way again gets no longer.
    void agree(WallTime now) {
        if (state == State::Waiting) life = now - begun + kLife;
        state = State::Agreed;
    }
    std::chrono::seconds left(WallTime now) const {
        return std::min(std::chrono::ceil<std::chrono::seconds>(begun + life - now), kLife);
    }
    /// Of what its kiosk has fetched so long ago.
    tl::expected<Outlook, Gone> outlookSince(base::Millis fetched) const {
        if (lost) return tl::unexpected(Gone::Cancelled);
        if (fetched < kGivenBack) return Outlook::Waiting;
        return fetched < kSettled ? Outlook::Greeted : Outlook::Settled;
    }
    void end(State with) {
        state = with;
        resident.reset();
        provider.reset();
    }
};

DeviceLogins::DeviceLogins() = default;
DeviceLogins::~DeviceLogins() = default;

void DeviceLogins::forgetOld(WallTime now) {
    // A person's data is not kept for a kiosk that never came back for it.
    for (auto& [id, login] : logins_)
        if (login.lapsed(now) && login.state == Login::State::Approved) login.end(Login::State::Lapsed);
    std::erase_if(logins_, [&](const auto& entry) {
        const auto& login = entry.second;
        if (std::chrono::abs(now - login.begun) < kRemembered) return false;
        byDevice_.erase(login.deviceHash);
        byUser_.erase(login.userCode);
        return true;
    });
}

bool DeviceLogins::hasRoom(const std::string& kiosk, WallTime now) const {
    const auto lately = std::ranges::count_if(logins_, [&](const auto& entry) {
        return entry.second.kiosk == kiosk && now - entry.second.begun < kLife;
    });
    return lately < static_cast<std::ptrdiff_t>(kMostOfKiosk);
}

bool DeviceLogins::mayBegin(const Kiosk& kiosk, WallTime now) const {
    const std::lock_guard lock(mutex_);
    return hasRoom(kiosk.id, now);
}

Result<DeviceLogins::Begun> DeviceLogins::begin(const Kiosk& kiosk, const std::string& nonce, WallTime now,
                                                std::chrono::seconds life,
                                                std::optional<ProviderCode> provider,
                                                const std::string& language) {
    const std::lock_guard lock(mutex_);
    forgetOld(now);
    if (!hasRoom(kiosk.id, now)) return base::fail(ProblemKind::TooManyRequests);
    endAllOf(kiosk.id);
    Begun begun{randomId(), randomId(), UserCode::make(), crypto::toBase64Url(crypto::randomBytes(8))};
    while (byUser_.contains(begun.userCode)) begun.userCode = UserCode::make();
    Login login{kiosk.id,
                kiosk.ward,
                kiosk.station,
                nonce,
                begun.userCode,
                crypto::sha256Hex(begun.deviceCode),
                begun.linkKey,
                language,
                now,
                std::min(life, kLife)};
    login.provider = std::move(provider);
    byDevice_[login.deviceHash] = begun.id;
    byUser_[begun.userCode] = begun.id;
    logins_.emplace(begun.id, std::move(login));
    return begun;
}

DeviceLogins::Logins::iterator DeviceLogins::byDevice(std::string_view device, const std::string& kiosk) {
    const auto id = byDevice_.find(crypto::sha256Hex(device));
    const auto found = id == byDevice_.end() ? logins_.end() : logins_.find(id->second);
    return found != logins_.end() && found->second.kiosk == kiosk ? found : logins_.end();
}

DeviceLogins::Logins::iterator DeviceLogins::byUser(const std::string& userCode) {
    const auto id = byUser_.find(userCode);
    return id == byUser_.end() ? logins_.end() : logins_.find(id->second);
}

const DeviceLogins::Login* DeviceLogins::find(const std::string& userCode) const {
    const auto id = byUser_.find(userCode);
    const auto found = id == byUser_.end() ? logins_.end() : logins_.find(id->second);
    return found == logins_.end() ? nullptr : &found->second;
}

bool DeviceLogins::scanned(const std::string& userCode, std::string_view linkKey) const {
    const std::lock_guard lock(mutex_);
    const auto* login = find(userCode);
    return login && crypto::equalConstantTime(crypto::view(login->linkKey), crypto::view(linkKey));
}

std::string DeviceLogins::languageOf(const std::string& userCode) const {
    const std::lock_guard lock(mutex_);
    const auto* login = find(userCode);
    return login ? login->language : "";
}

tl::expected<DeviceLogins::Seen, Gone> DeviceLogins::look(const std::string& userCode,
                                                          const std::string& phone, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = byUser(userCode);
    if (found == logins_.end()) return tl::unexpected(Gone::Unknown);
    auto& login = found->second;
    if (const auto gone = login.goneFor(phone, now)) return tl::unexpected(*gone);
    return Seen{login.userCode, login.ward, login.station};
}

void DeviceLogins::shown(const std::string& userCode, const std::string& phone, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = byUser(userCode);
    if (found != logins_.end() && !found->second.goneFor(phone, now)) found->second.opened = true;
}

tl::expected<std::string, Gone> DeviceLogins::take(const std::string& userCode, const std::string& phone,
                                                   WallTime now, bool agreed) {
    const std::lock_guard lock(mutex_);
    const auto found = byUser(userCode);
    if (found == logins_.end()) return tl::unexpected(Gone::Unknown);
    auto& login = found->second;
    if (const auto gone = login.goneFor(phone, now)) return tl::unexpected(*gone);
    login.phone = phone;
    login.agreedAt = now;
    if (agreed) {
        login.agree(now);
    } else {
        login.end(Login::State::Refused);
        login.refusal = Refusal::Declined;
    }
    return found->first;
}

tl::expected<std::string, Gone> DeviceLogins::agree(const std::string& userCode, const std::string& phone,
                                                    WallTime now) {
    return take(userCode, phone, now, true);
}

tl::expected<std::string, Gone> DeviceLogins::decline(const std::string& userCode, const std::string& phone,
                                                      WallTime now) {
    return take(userCode, phone, now, false);
}

tl::expected<void, Gone> DeviceLogins::stillOpen(const std::string& id, WallTime now) const {
    const std::lock_guard lock(mutex_);
    const auto found = logins_.find(id);
    if (found == logins_.end()) return tl::unexpected(Gone::Unknown);
    if (const auto gone = found->second.goneFor(found->second.phone, now)) return tl::unexpected(*gone);
    return {};
}

tl::expected<void, Gone> DeviceLogins::settle(const std::string& id, tl::expected<Resident, Refusal> answer,
                                              WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = logins_.find(id);
    if (found == logins_.end()) return tl::unexpected(Gone::Unknown);
    auto& login = found->second;
    login.providerBusy = false;
    if (const auto gone = login.goneFor(login.phone, now)) return tl::unexpected(*gone);
    login.end(answer ? Login::State::Approved : Login::State::Refused);
    login.agreedAt = now;
    if (answer)
        login.resident = std::move(*answer);
    else
        login.refusal = answer.error();
    return {};
}

tl::expected<DeviceLogins::Outlook, Gone> DeviceLogins::outlook(const std::string& userCode,
                                                                const std::string& phone,
                                                                WallTime now) const {
    const std::lock_guard lock(mutex_);
    const auto* login = find(userCode);
    if (!login || phone.empty() || login->phone != phone) return tl::unexpected(Gone::Unknown);
    using State = Login::State;
    if (login->state == State::Spent) return login->outlookSince(now - login->fetchedAt);
    if (login->state == State::Approved && !login->lapsed(now)) return Outlook::Waiting;
    if (login->state == State::Agreed && !login->over(now)) return Outlook::Waiting;
    if (login->state == State::Cancelled) return tl::unexpected(Gone::Cancelled);
    return tl::unexpected(login->state == State::Refused ? Gone::Over : Gone::Expired);
}

DeviceLogins::Turn DeviceLogins::poll(std::string_view device, const std::string& kiosk, WallTime now) {
    const std::lock_guard lock(mutex_);
    forgetOld(now);
    const auto found = byDevice(device, kiosk);
    if (found == logins_.end()) return Unknown{};
    auto& login = found->second;
    // Who has the answer asks no more.
    if (login.state == Login::State::Spent) login.lost = true;
    if (login.state == Login::State::Cancelled || login.state == Login::State::Spent) return Unknown{};
    if (login.state == Login::State::Approved) {
        Approved approved{std::move(*login.resident), login.nonce, login.agreedAt};
        login.end(Login::State::Spent);
        login.fetchedAt = now;
        return approved;
    }
    if (login.over(now) || login.state == Login::State::Lapsed) return Expired{};
    if (login.state == Login::State::Refused) return login.refusal;
    const bool agreed = login.state == Login::State::Agreed;
    // Its kiosk's last question comes when the code's time is over, however soon that is after the one
    // before.
    const bool news = agreed && !std::exchange(login.agreementTold, agreed);
    const bool early = login.polled && now - *login.polled < login.interval - kJitter;
    login.polled = now;
    if (early && !news) {
        login.interval += kSlower;
        return SlowDown{};
    }
    if (agreed) return Pending{true, true, login.left(now)};
    return Pending{login.opened};
}

void DeviceLogins::cancel(std::string_view device, const std::string& kiosk) {
    const std::lock_guard lock(mutex_);
    const auto found = byDevice(device, kiosk);
    if (found != logins_.end()) found->second.end(Login::State::Cancelled);
}

void DeviceLogins::cancelAll(const std::string& kiosk) {
    const std::lock_guard lock(mutex_);
    endAllOf(kiosk);
}

void DeviceLogins::endAllOf(const std::string& kiosk) {
    for (auto& [id, login] : logins_)
        if (login.kiosk == kiosk && login.isOpen()) login.end(Login::State::Cancelled);
}

std::optional<DeviceLogins::ProviderTurn> DeviceLogins::providerTurn(std::string_view device,
                                                                     const std::string& kiosk, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = byDevice(device, kiosk);
    if (found == logins_.end()) return std::nullopt;
    auto& login = found->second;
    if (!login.provider || login.providerBusy || !login.waits() || login.over(now)) return std::nullopt;
    if (login.providerAsked && now - *login.providerAsked < login.provider->interval) return std::nullopt;
    login.providerBusy = true;
    login.providerAsked = now;
    return ProviderTurn{found->first, login.provider->code.copy()};
}

void DeviceLogins::later(const std::string& id, bool slower, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = logins_.find(id);
    if (found == logins_.end()) return;
    found->second.providerBusy = false;
    found->second.providerAsked = now;
    if (slower && found->second.provider) found->second.provider->interval += kSlower;
}

std::size_t DeviceLogins::open() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(logins_, [](const auto& entry) { return entry.second.waits(); }));
}

}  // namespace tram::gateway

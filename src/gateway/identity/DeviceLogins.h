#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/connectors/Resident.h"
#include "gateway/identity/Kiosks.h"

namespace tram::gateway {

/// RFC 8628 §6.1: eight symbols without vowels, "WDJB-MJHT": no words, nothing that is mistaken.
struct UserCode {
    static constexpr std::string_view kSymbols = "BCDFGHJKLMNPQRSTVWXZ";
    static std::string make();
    /// As people type it: case, blanks and dashes do not count. Nothing when it is none.
    static std::optional<std::string> parse(std::string_view typed);
};

/// Logins from the kiosk's first question to its token. In memory only, and every code of it once: a restart
/// ends them all. Any thread.
class DeviceLogins {
  public:
    DeviceLogins();
    ~DeviceLogins();

    static constexpr std::chrono::seconds kLife{120};  ///< of a code, and of its login from the agreement on
    /// Beyond that, for what was approved: the kiosk counts from when it heard of its code, and asks once
    /// more at the end.
    static constexpr std::chrono::seconds kFetch{10};
    static constexpr std::chrono::seconds kInterval{2};     ///< of the kiosk's polls
    static constexpr std::chrono::seconds kSlower{5};       ///< RFC 8628 §3.5, slow_down
    static constexpr std::chrono::minutes kRemembered{10};  ///< to say "expired" rather than "unknown"
    /// Of one kiosk within kLife; a person asks for a fresh code a few times.
    static constexpr std::size_t kMostOfKiosk = 60;
    /// After its kiosk has fetched it, for one that was cancelled meanwhile to be given back.
    static constexpr std::chrono::seconds kGivenBack{2};
    /// And for the phone to hear of one that is given back later, or whose answer its kiosk did not get.
    static constexpr std::chrono::seconds kSettled{60};

    /// The provider's own device code, where its app scans.
    struct ProviderCode {
        base::SecretText code;
        std::chrono::seconds interval{5};
    };
    struct Begun {
        std::string id, deviceCode, userCode;
        std::string linkKey;  ///< in the link that is scanned: 64 bits that nobody types, nor guesses
    };
    /// Whether this kiosk may begin one more, for whom that costs something already.
    bool mayBegin(const Kiosk& kiosk, base::WallTime now) const;
    /// Ends what this kiosk had begun before: it shows one code at a time. TooManyRequests when it has begun
    /// too many. `life` at most kLife; `language`: the session's.
    base::Result<Begun> begin(const Kiosk& kiosk, const std::string& nonce, base::WallTime now,
                              std::chrono::seconds life = kLife,
                              std::optional<ProviderCode> provider = std::nullopt,
                              const std::string& language = "vi");

    // What a phone may do. A phone is the hash of its cookie.
    enum class Gone { Unknown, Expired, Cancelled, Taken, Over };
    struct Seen {
        std::string userCode, ward, station;
    };
    tl::expected<Seen, Gone> look(const std::string& userCode, const std::string& phone, base::WallTime now);
    /// A browser has rendered the page of that code.
    void shown(const std::string& userCode, const std::string& phone, base::WallTime now);
    /// Whether this is the key of that code's link.
    bool scanned(const std::string& userCode, std::string_view linkKey) const;
    /// "" when there is no such code.
    std::string languageOf(const std::string& userCode) const;
    /// The first phone that agrees is the only one that can go on, for another kLife. The login's id.
    tl::expected<std::string, Gone> agree(const std::string& userCode, const std::string& phone,
                                          base::WallTime now);
    tl::expected<std::string, Gone> decline(const std::string& userCode, const std::string& phone,
                                            base::WallTime now);
    /// Whether an answer could still be of use.
    tl::expected<void, Gone> stillOpen(const std::string& id, base::WallTime now) const;
    /// What the provider said. Gone when the kiosk has cancelled it, or its time is over, meanwhile.
    tl::expected<void, Gone> settle(const std::string& id, tl::expected<Resident, Refusal> answer,
                                    base::WallTime now);

    enum class Outlook { Waiting /* for its kiosk */, Greeted /* as far as is known yet */, Settled };
    /// How it goes on for the phone that agreed and has come back from the provider.
    tl::expected<Outlook, Gone> outlook(const std::string& userCode, const std::string& phone,
                                        base::WallTime now) const;

    // What its kiosk may do; `device` is the device code.
    struct Pending {
        bool opened = false;           ///< a phone has shown its page to somebody
        bool agreed = false;           ///< and they have agreed there: they are at the provider
        std::chrono::seconds left{0};  ///< for them, once agreed
    };
    struct SlowDown {};
    struct Expired {};
    struct Unknown {};
    struct Approved {
        Resident resident;
        std::string nonce;
        base::WallTime at;  ///< when the person agreed
    };
    using Turn = std::variant<Pending, SlowDown, Expired, Unknown, Refusal, Approved>;
    /// Approved once, and never too early. Unknown: never was, was used, was cancelled, or is another
    /// kiosk's.
    Turn poll(std::string_view device, const std::string& kiosk, base::WallTime now);
    void cancel(std::string_view device, const std::string& kiosk);
    void cancelAll(const std::string& kiosk);

    /// The provider's code when it is time to ask it again; nobody else gets it until later() or settle().
    struct ProviderTurn {
        std::string id;
        base::SecretText code;
    };
    std::optional<ProviderTurn> providerTurn(std::string_view device, const std::string& kiosk,
                                             base::WallTime now);
    void later(const std::string& id, bool slower, base::WallTime now);

    std::size_t open() const;  ///< how many wait for somebody

  private:
    struct Login;
    using Logins = std::map<std::string, Login>;
    Logins::iterator byDevice(std::string_view device, const std::string& kiosk);
    Logins::iterator byUser(const std::string& userCode);
    void endAllOf(const std::string& kiosk);
    bool hasRoom(const std::string& kiosk, base::WallTime now) const;
    const Login* find(const std::string& userCode) const;
    tl::expected<std::string, Gone> take(const std::string& userCode, const std::string& phone,
                                         base::WallTime now, bool agreed);
    void forgetOld(base::WallTime now);

    mutable std::mutex mutex_;
    Logins logins_;                                ///< by id
    std::map<std::string, std::string> byDevice_;  ///< hash of the device code → id
    std::map<std::string, std::string> byUser_;    ///< user code → id
};

}  // namespace tram::gateway

#pragma once
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "wire/Watch.h"

namespace tram::turn {

namespace situation {
struct Entering {};
struct Sending {};
struct Watched {
    std::string until;  ///< YYYY-MM-DD
};
/// Nothing was kept.
struct WatchFailed {
    base::Problem problem;
};
}  // namespace situation
using WatchState =
    std::variant<situation::Entering, situation::Sending, situation::Watched, situation::WatchFailed>;

enum class WatchIssue { AddressMissing, AddressInvalid, ConsentMissing };

/// *Nhắn khi có kết quả*: a phone number for news of one dossier. It goes to the gateway at once or not at
/// all; this station keeps nothing of it.
class WatchFlow {
  public:
    using Send =
        std::function<base::Result<wire::WatchAnswer>(const wire::WatchRequest&)>;  ///< blocks; background
    WatchFlow(Send send, std::vector<wire::Channel> channels, base::Scheduler& scheduler,
              const base::Clock& clock);

    std::function<void()> onChange;
    const WatchState& state() const { return state_; }
    const std::vector<wire::Channel>& channels() const { return channels_; }
    wire::Channel channel() const { return channel_; }
    bool consent() const { return consent_; }
    std::vector<WatchIssue> issues() const;  ///< once *Gửi* was pressed too soon
    void choose(wire::Channel channel);
    void setAddress(base::SecretText address);
    void setConsent(bool given, std::string version);
    void send(const std::string& language);
    bool back();  ///< from a failure to what was entered

  private:
    void set(WatchState state);
    std::vector<WatchIssue> missing() const;

    Send send_;
    std::vector<wire::Channel> channels_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    WatchState state_ = situation::Entering{};
    wire::Channel channel_;
    base::SecretText address_;
    bool consent_ = false, pressed_ = false;
    std::string consentVersion_;
    base::WallTime consentAt_{};
    std::optional<base::Uuid> id_;  ///< of what was sent and not answered: the same again is the same watch
    base::Lifetime lifetime_;
};

}  // namespace tram::turn

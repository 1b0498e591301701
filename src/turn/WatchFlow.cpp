#include "turn/WatchFlow.h"

#include "wire/Phone.h"

namespace tram::turn {

using base::Result;

WatchFlow::WatchFlow(Send send, std::vector<wire::Channel> channels, base::Scheduler& scheduler,
                     const base::Clock& clock)
    : send_(std::move(send)),
      channels_(std::move(channels)),
      scheduler_(scheduler),
      clock_(clock),
      channel_(channels_.empty() ? wire::Channel::Sms : channels_.front()) {}

void WatchFlow::set(WatchState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

void WatchFlow::choose(wire::Channel channel) {
    channel_ = channel;
    id_.reset();
    set(situation::Entering{});
}

/// Another number is another watch.
void WatchFlow::setAddress(base::SecretText address) {
    if (address.reveal() != address_.reveal()) id_.reset();
    address_ = std::move(address);
}

void WatchFlow::setConsent(bool given, std::string version) {
    consent_ = given;
    consentVersion_ = std::move(version);
    consentAt_ = clock_.wall();
    if (onChange) onChange();
}

std::vector<WatchIssue> WatchFlow::missing() const {
    std::vector<WatchIssue> all;
    const bool mail = channel_ == wire::Channel::Email;
    if (address_.empty())
        all.push_back(WatchIssue::AddressMissing);
    else if (!(mail ? wire::plausibleEmail(address_.reveal()) : wire::plausiblePhone(address_.reveal())))
        all.push_back(WatchIssue::AddressInvalid);
    if (!consent_) all.push_back(WatchIssue::ConsentMissing);
    return all;
}

std::vector<WatchIssue> WatchFlow::issues() const {
    return pressed_ ? missing() : std::vector<WatchIssue>();
}

void WatchFlow::send(const std::string& language) {
    if (std::holds_alternative<situation::Sending>(state_) ||
        std::holds_alternative<situation::Watched>(state_))
        return;
    pressed_ = true;
    if (!missing().empty()) return set(situation::Entering{});
    if (!id_) id_ = base::Uuid::v7(clock_.wall());
    auto request = std::make_shared<wire::WatchRequest>(wire::WatchRequest{.id = *id_});
    request->channel = channel_;
    request->to = channel_ == wire::Channel::Email ? address_.copy()
                                                   : base::SecretText(wire::phoneDigits(address_.reveal()));
    request->consentVersion = consentVersion_;
    request->consentAt = base::toRfc3339(consentAt_);
    request->language = language;
    lifetime_.renew();
    set(situation::Sending{});
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), send = send_, request] {
        ui.onUi(token, [this, answer = send(*request)] {
            if (!answer) return set(situation::WatchFailed{answer.error()});
            address_.clear();
            set(situation::Watched{answer->until});
        });
    });
}

bool WatchFlow::back() {
    if (!std::holds_alternative<situation::WatchFailed>(state_)) return false;
    set(situation::Entering{});
    return true;
}

}  // namespace tram::turn

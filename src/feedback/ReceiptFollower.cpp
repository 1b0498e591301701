#include "feedback/ReceiptFollower.h"

namespace tram::feedback {

using base::Result;
using outbox::Item;
using outbox::ItemState;
using wire::FeedbackStatus;

namespace {

bool isLast(wire::FeedbackState state) {
    return state == wire::FeedbackState::Answered || state == wire::FeedbackState::Refused;
}

/// What a person sees of it, with "as of" to the minute: a page is not painted anew for nothing.
auto shown(const FeedbackStatus& status) {
    constexpr std::size_t kToTheMinute = 16;
    const bool answered = status.opened && !status.opened->answer.empty();
    return std::tuple(status.state, status.externalNumber, status.unit, status.due, status.history.size(),
                      answered, status.asOf.substr(0, kToTheMinute));
}

}  // namespace

ReceiptFollower::ReceiptFollower(Sources sources, base::Scheduler& scheduler, base::Uuid id,
                                 base::SecretText secret, Receipt& receipt, std::function<void()> onChange)
    : sources_(std::move(sources)),
      scheduler_(scheduler),
      id_(std::move(id)),
      secret_(std::make_shared<base::SecretText>(std::move(secret))),
      receipt_(receipt),
      onChange_(std::move(onChange)) {}

void ReceiptFollower::start() {
    later(kStorePause, &ReceiptFollower::lookInStore);
}

void ReceiptFollower::later(base::Millis pause, void (ReceiptFollower::*step)()) {
    scheduler_.after(pause, lifetime_.token(), [this, step] { (this->*step)(); });
}

void ReceiptFollower::lookInStore() {
    scheduler_.background(
        [this, &ui = scheduler_, token = lifetime_.token(), outbox = sources_.outbox, id = id_] {
            ui.onUi(token, [this, item = outbox->find(id)] { storeAnswered(item); });
        });
}

void ReceiptFollower::storeAnswered(const Result<std::optional<Item>>& found) {
    const Item* item = found && *found ? &**found : nullptr;
    if (item && item->state == ItemState::Accepted) {
        receipt_.gatewayAt = item->acceptedAt;
        receipt_.stuck.clear();
        askGateway();
        return onChange_();
    }
    later(kStorePause, &ReceiptFollower::lookInStore);  // staff may still bring a stuck one on its way
    const std::string stuck = item && item->state == ItemState::NeedsAttention ? item->problem : "";
    if (!item || stuck == receipt_.stuck) return;
    receipt_.stuck = stuck;
    onChange_();
}

void ReceiptFollower::askGateway() {
    ++asks_;
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), ask = sources_.ask,
                           code = receipt_.code.symbols(), secret = secret_] {
        auto status = std::make_shared<Result<FeedbackStatus>>(ask(code, *secret));
        ui.onUi(token, [this, status] { gatewayAnswered(std::move(*status)); });
    });
}

void ReceiptFollower::gatewayAnswered(Result<FeedbackStatus> status) {
    // Without an answer the receipt keeps what it last knew; the status bar tells of the network.
    const bool last = status && isLast(status->state);
    if (!last) later(asks_ < kEagerAsks ? kEagerPause : kPatientPause, &ReceiptFollower::askGateway);
    if (!status) return;
    const bool news = !receipt_.status || shown(*receipt_.status) != shown(*status);
    receipt_.status = std::move(*status);
    if (news) onChange_();
}

}  // namespace tram::feedback

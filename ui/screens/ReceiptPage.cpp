#include "qr/QrCode.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/StatusParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using feedback::Receipt;
using wire::FeedbackState;

namespace {

constexpr double kLeast = 0.7;  ///< of the code's letters, so that it stays whole; then the QR goes above it

bool takenBy1022(const Receipt& receipt) {
    return receipt.status && receipt.status->state != FeedbackState::Received;
}

struct Head {
    std::string icon, title, what;
    Mood mood;
};

bool answered(const Receipt& receipt) {
    return receipt.status && (receipt.status->state == FeedbackState::Answered ||
                              receipt.status->state == FeedbackState::Refused);
}

Head headOf(const Host& host, const Receipt& receipt) {
    if (answered(receipt)) {
        const bool refused = receipt.status->state == FeedbackState::Refused;
        return {refused ? "assignment_late" : "mark_email_read",
                host.tr("state." + std::string(wire::name(receipt.status->state))),
                host.tr("receipt.taken.nodue", {{"number", receipt.status->externalNumber}}),
                refused ? Mood::Warn : Mood::Ok};
    }
    if (takenBy1022(receipt)) {
        const auto& status = *receipt.status;
        const auto due = day(status.due);
        return {"assignment_turned_in", host.tr("receipt.taken.title"),
                host.tr(due.empty() ? "receipt.taken.nodue" : "receipt.taken.what",
                        {{"number", status.externalNumber}, {"due", due}}),
                Mood::Ok};
    }
    if (receipt.gatewayAt)
        return {"cloud_done", host.tr("receipt.gateway.title"), host.tr("receipt.gateway.what"), Mood::Ok};
    if (!receipt.stuck.empty())
        return {"support_agent", host.tr("receipt.stuck.title"), host.tr("receipt.stuck.what"), Mood::Warn};
    using Link = device::AgentState::Link;
    if (host.online())
        return {"schedule_send", host.tr("receipt.sending.title"), host.tr("receipt.waiting.online"),
                Mood::Warn};
    const bool fails = host.link() == Link::SendingFails;
    return {"schedule_send", host.tr("receipt.waiting.title"),
            host.tr(fails ? "receipt.waiting.not_sent" : "receipt.waiting.offline"), Mood::Warn};
}

}  // namespace

ViewRef FeedbackScreen::receiptTruths(const Receipt& receipt) const {
    const bool taken = takenBy1022(receipt);
    // Without a name all times are kept to the hour (STANDARDS 14): better none than one that reads as exact.
    const bool exact = flow_.draft().disclosure != wire::Disclosure::Anonymous;
    const auto time = [exact](base::WallTime at) { return exact ? clockTime(at) : std::string(); };
    const char* takenKey = taken               ? "receipt.truth.taken"
                           : receipt.gatewayAt ? "receipt.truth.taken.waiting"
                                               : "receipt.truth.taken.not";
    const auto takenAt = [&]() -> std::string {
        for (const auto& event : receipt.status->history)
            if (event.state == FeedbackState::Accepted) {
                base::WallTime at{};
                if (base::fromRfc3339(event.at, at)) return time(at);
            }
        return {};
    };
    return truths({{host_.tr("receipt.truth.kept"), time(receipt.keptAt), TruthState::Done, "", "truth.kept"},
                   {host_.tr(receipt.gatewayAt ? "receipt.truth.gateway" : "receipt.truth.gateway.not"),
                    receipt.gatewayAt ? time(*receipt.gatewayAt) : "",
                    receipt.gatewayAt ? TruthState::Done : TruthState::Waiting, "", "truth.gateway"},
                   {host_.tr(takenKey), taken ? takenAt() : "",
                    taken               ? TruthState::Done
                    : receipt.gatewayAt ? TruthState::Waiting
                                        : TruthState::Ahead,
                    "", "truth.taken"}},
                  largeText(host_));
}

ViewRef FeedbackScreen::receiptCode(const Receipt& receipt) const {
    const auto code = receipt.code.grouped();
    auto symbol = qr::QrCode::encode(feedback::linkIn(host_.session().language, receipt.phoneUrl));
    auto words =
        column({paragraph(host_.tr("receipt.code"), {.role = Type::Caption, .colour = Colour::Muted}),
                paragraph(code, {.role = Type::Code, .least = kLeast, .id = "receipt.code", .spoken = code}),
                paragraph(host_.tr("receipt.scan"), {.role = Type::Caption, .colour = Colour::Muted}),
                paragraph(host_.tr("receipt.write"), {.role = Type::Caption, .colour = Colour::Muted})},
               {.gap = 16});
    Views parts;
    if (symbol)
        parts.push_back(
            kit::qr(std::move(*symbol), host_.theme().portrait() ? 340 : 300, host_.tr("receipt.qr")));
    parts.push_back(grow(words));
    return card(row(std::move(parts), {.gap = 32}));
}

/// Only while the receipt's secret is still in this session; later the answer opens by the QR alone.
ViewRef FeedbackScreen::receiptAnswer(const Receipt& receipt) const {
    if (!answered(receipt) || !receipt.status->opened) return nullptr;
    return answerCard(host_, *receipt.status);
}

Page FeedbackScreen::receiptPage(const Receipt& receipt) {
    const auto head = headOf(host_, receipt);
    const auto* field = flow_.field();
    Views told{hero(head.icon, head.mood),
               paragraph(head.title, {.role = Type::Display, .align = Align::Centre, .heading = true}),
               muted(head.what, Align::Centre)};
    const auto& language = host_.session().language;
    auto about =
        card(facts({{host_.tr("feedback.check.field"), field ? field->label.in(language) : ""},
                    {host_.tr("feedback.check.place"), placeText()},
                    {host_.tr("feedback.check.who"),
                     host_.tr("feedback.who." + std::string(wire::name(*flow_.draft().disclosure)))}}));
    auto source = receipt.status ? sourceLine(host_, receipt.status->source, receipt.status->asOf) : nullptr;
    Views rows;
    // The answer must not lie below the fold, nor the code: who leaves without it cannot follow the report.
    if (!host_.theme().portrait()) {
        if (largeText(host_)) {  // the code is as wide as it needs to be to stay whole
            auto left = column({told[1], receiptAnswer(receipt), told[2], receiptTruths(receipt)});
            rows = {row({grow(left), grow(receiptCode(receipt))}, {.gap = 40, .align = Align::Start}), about,
                    source};
        } else {
            auto words =
                column({paragraph(head.title, {.role = Type::Display, .heading = true}), muted(head.what)},
                       {.gap = 12});
            auto left = column({row({told[0], grow(words)}, {.gap = 32, .flow = false}),
                                receiptAnswer(receipt), receiptTruths(receipt)});
            auto right = column({receiptCode(receipt), about, source});
            rows = {row({grow(left), grow(right)}, {.gap = 40, .align = Align::Start, .even = true})};
        }
    } else if (largeText(host_)) {
        rows = {told[1], receiptAnswer(receipt), receiptCode(receipt), told[2], receiptTruths(receipt), about,
                source};
    } else {
        rows = std::move(told);
        for (auto& view :
             Views{receiptAnswer(receipt), receiptTruths(receipt), receiptCode(receipt), about, source})
            rows.push_back(std::move(view));
    }
    // The second tap of a double tap on *Gửi* must not end the session, and with it the code, unseen.
    auto end = primary("end", host_.tr("action.end"), "logout", [this] { host_.endSession(); });
    end.early = !seen_;
    std::vector<ButtonOptions> left{{.id = "home",
                                     .label = host_.tr("action.home"),
                                     .icon = "home",
                                     .onPress = [this] { host_.home(); },
                                     .early = !seen_}};
    if (auto print = printButton(host_, [this] {
            const auto* about = flow_.field();
            return receiptSheet(host_, *flow_.receipt(),
                                about ? about->label.in(host_.session().language) : std::string());
        }))
        left.insert(left.begin(), std::move(*print));
    return {.content = body(host_, "page.receipt", std::move(rows)),
            .back = false,
            .end = false,
            .staff = !receipt.stuck.empty() && !receipt.gatewayAt,
            .left = std::move(left),
            .right = {std::move(end)}};
}

}  // namespace tram::screens

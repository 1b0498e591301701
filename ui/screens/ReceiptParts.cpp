#include "ui/screens/ReceiptParts.h"

#include "qr/QrCode.h"
#include "ui/screens/Parts.h"
#include "ui/screens/StatusParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using feedback::Receipt;
using wire::FeedbackState;

namespace {

constexpr double kLeast = 0.7;  ///< of the code's letters, so that it stays whole; then the QR goes above it

struct Head {
    std::string icon, title, what;
    Mood mood;
};

bool answered(const Receipt& receipt) {
    return receipt.status && (receipt.status->state == FeedbackState::Answered ||
                              receipt.status->state == FeedbackState::Refused);
}

/// The last of the three: 1022 has it, or whoever keeps the data has answered.
bool arrived(const Receipt& receipt, ReceiptOf of) {
    if (of == ReceiptOf::Right) return answered(receipt);
    return receipt.status && receipt.status->state != FeedbackState::Received;
}

Head answeredHead(const Host& host, const Receipt& receipt, ReceiptOf of) {
    const bool refused = receipt.status->state == FeedbackState::Refused;
    return {refused ? "assignment_late" : "mark_email_read", stateName(host, receipt.status->state),
            of == ReceiptOf::Right
                ? host.tr("rights.receipt.answered.what")
                : host.tr("receipt.taken.nodue", {{"number", receipt.status->externalNumber}}),
            refused ? Mood::Warn : Mood::Ok};
}

Head gatewayHead(const Host& host, const Receipt& receipt, ReceiptOf of) {
    const auto due = receipt.status ? day(receipt.status->due) : std::string();
    std::string what = host.tr("receipt.gateway.what");
    if (of == ReceiptOf::Right)
        what = due.empty() ? host.tr("rights.receipt.gateway.what")
                           : host.tr("rights.receipt.gateway.due", {{"due", due}});
    return {"cloud_done", host.tr("receipt.gateway.title"), what, Mood::Ok};
}

Head takenHead(const Host& host, const Receipt& receipt) {
    const auto& status = *receipt.status;
    const auto due = day(status.due);
    return {"assignment_turned_in", host.tr("receipt.taken.title"),
            host.tr(due.empty() ? "receipt.taken.nodue" : "receipt.taken.what",
                    {{"number", status.externalNumber}, {"due", due}}),
            Mood::Ok};
}

Head headOf(const Host& host, const Receipt& receipt, ReceiptOf of) {
    const bool right = of == ReceiptOf::Right;
    if (answered(receipt)) return answeredHead(host, receipt, of);
    if (arrived(receipt, of)) return takenHead(host, receipt);
    if (receipt.gatewayAt) return gatewayHead(host, receipt, of);
    if (!receipt.stuck.empty())
        return {"support_agent", host.tr("receipt.stuck.title"),
                host.tr(right ? "rights.receipt.stuck.what" : "receipt.stuck.what"), Mood::Warn};
    using Link = device::AgentState::Link;
    if (host.online())
        return {"schedule_send", host.tr("receipt.sending.title"),
                host.tr(right ? "rights.receipt.waiting.online" : "receipt.waiting.online"), Mood::Warn};
    const bool fails = host.link() == Link::SendingFails;
    const auto what =
        right ? host.tr(fails ? "rights.receipt.waiting.not_sent" : "rights.receipt.waiting.offline")
              : host.tr(fails ? "receipt.waiting.not_sent" : "receipt.waiting.offline");
    return {"schedule_send", host.tr("receipt.waiting.title"), what, Mood::Warn};
}

const char* lastTruth(const Receipt& receipt, ReceiptOf of) {
    const bool right = of == ReceiptOf::Right;
    if (arrived(receipt, of)) return right ? "rights.receipt.truth.taken" : "receipt.truth.taken";
    if (receipt.gatewayAt)
        return right ? "rights.receipt.truth.taken.waiting" : "receipt.truth.taken.waiting";
    return right ? "rights.receipt.truth.taken.not" : "receipt.truth.taken.not";
}

/// When the last of the three became true.
std::optional<base::WallTime> arrivedAt(const Receipt& receipt, ReceiptOf of) {
    for (const auto& event : receipt.status->history) {
        const bool last = of == ReceiptOf::Right ? event.state != FeedbackState::Received
                                                 : event.state == FeedbackState::Accepted;
        base::WallTime at{};
        if (last && base::fromRfc3339(event.at, at)) return at;
    }
    return std::nullopt;
}

ViewRef truthsOf(const Host& host, const Receipt& receipt, const ReceiptLook& look) {
    const bool taken = arrived(receipt, look.of);
    // Without a name all times are kept to the hour (STANDARDS 14): better none than one that reads as exact.
    const auto time = [&](std::optional<base::WallTime> at) {
        return at && look.exact ? clockTime(*at) : std::string();
    };
    return truths({{host.tr("receipt.truth.kept"), time(receipt.keptAt), TruthState::Done, "", "truth.kept"},
                   {host.tr(receipt.gatewayAt ? "receipt.truth.gateway" : "receipt.truth.gateway.not"),
                    time(receipt.gatewayAt), receipt.gatewayAt ? TruthState::Done : TruthState::Waiting, "",
                    "truth.gateway"},
                   {host.tr(lastTruth(receipt, look.of)), taken ? time(arrivedAt(receipt, look.of)) : "",
                    taken               ? TruthState::Done
                    : receipt.gatewayAt ? TruthState::Waiting
                                        : TruthState::Ahead,
                    "", "truth.taken"}},
                  largeText(host));
}

ViewRef codeOf(const Host& host, const Receipt& receipt) {
    const auto code = receipt.code.grouped();
    auto symbol = qr::QrCode::encode(feedback::linkIn(host.session().language, receipt.phoneUrl));
    auto words =
        column({paragraph(host.tr("receipt.code"), {.role = Type::Caption, .colour = Colour::Muted}),
                paragraph(code, {.role = Type::Code, .least = kLeast, .id = "receipt.code", .spoken = code}),
                paragraph(host.tr("receipt.scan"), {.role = Type::Caption, .colour = Colour::Muted}),
                paragraph(host.tr("receipt.write"), {.role = Type::Caption, .colour = Colour::Muted})},
               {.gap = 16});
    Views parts;
    if (symbol)
        parts.push_back(
            kit::qr(std::move(*symbol), host.theme().portrait() ? 340 : 300, host.tr("receipt.qr")));
    parts.push_back(grow(words));
    return card(row(std::move(parts), {.gap = 32}));
}

/// Only while the receipt's secret is still in this session; later the answer opens by the QR alone.
ViewRef answerOf(const Host& host, const Receipt& receipt) {
    if (!answered(receipt) || !receipt.status->opened || receipt.status->opened->answer.empty())
        return nullptr;
    return answerCard(host, *receipt.status);
}

}  // namespace

Views receiptRows(const Host& host, const Receipt& receipt, ReceiptLook look) {
    const auto head = headOf(host, receipt, look.of);
    Views told{hero(head.icon, head.mood),
               paragraph(head.title, {.role = Type::Display, .align = Align::Centre, .heading = true}),
               muted(head.what, Align::Centre)};
    auto source = receipt.status ? sourceLine(host, receipt.status->source, receipt.status->asOf) : nullptr;
    // The answer must not lie below the fold, nor the code: who leaves without it cannot follow it.
    if (!host.theme().portrait()) {
        if (largeText(host)) {  // the code is as wide as it needs to be to stay whole
            auto left = column({told[1], answerOf(host, receipt), told[2], truthsOf(host, receipt, look)});
            return {row({grow(left), grow(codeOf(host, receipt))}, {.gap = 40, .align = Align::Start}),
                    look.about, source};
        }
        auto words = column(
            {paragraph(head.title, {.role = Type::Display, .heading = true}), muted(head.what)}, {.gap = 12});
        auto left = column({row({told[0], grow(words)}, {.gap = 32, .flow = false}), answerOf(host, receipt),
                            truthsOf(host, receipt, look)});
        auto right = column({codeOf(host, receipt), look.about, source});
        return {row({grow(left), grow(right)}, {.gap = 40, .align = Align::Start, .even = true})};
    }
    if (largeText(host))
        return {told[1], answerOf(host, receipt),       codeOf(host, receipt),
                told[2], truthsOf(host, receipt, look), look.about,
                source};
    for (auto& view : Views{answerOf(host, receipt), truthsOf(host, receipt, look), codeOf(host, receipt),
                            look.about, source})
        told.push_back(std::move(view));
    return told;
}

void receiptButtons(Host& host, Page& page, bool seen, std::optional<ButtonOptions> print) {
    page.back = page.end = false;
    if (print) page.left.push_back(std::move(*print));
    page.left.push_back({.id = "home",
                         .label = host.tr("action.home"),
                         .icon = "home",
                         .onPress = [&host] { host.home(); },
                         .early = !seen});
    auto end = primary("end", host.tr("action.end"), "logout", [&host] { host.endSession(); });
    end.early = !seen;
    page.right = {std::move(end)};
}

}  // namespace tram::screens

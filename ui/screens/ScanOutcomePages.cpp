#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ScanScreen.h"

namespace tram::screens {

using namespace kit;

namespace {

/// Enough to tell one's own card from another's, for whoever reads along not enough to use.
std::string masked(const std::string& number) {
    constexpr std::size_t kShown = 4;
    std::string all;
    for (std::size_t i = kShown; i < number.size(); ++i) all += "•";
    return all + " " + number.substr(number.size() - std::min(kShown, number.size()));
}

}  // namespace

/// What can be read here at all.
ViewRef ScanScreen::readable() const {
    Views rows{paragraph(host_.tr("scan.readable"), {.role = Type::Title, .heading = true})};
    for (const char* key : {"scan.readable.card", "scan.readable.dossier", "scan.readable.report",
                            "scan.readable.number", "scan.readable.visit"})
        rows.push_back(paragraph("• " + host_.tr(key)));
    return card(column(std::move(rows), {.gap = 12}));
}

ButtonOptions ScanScreen::lookAgain() {
    return {.id = "again", .label = host_.tr("scan.again"), .icon = "qr_code_scanner", .onPress = [this] {
                look();
                host_.refresh();
            }};
}

Page ScanScreen::readPage() {
    if (const auto* read = std::get_if<identity::CitizenCard>(&*read_)) return cardPage(*read);
    if (std::holds_alternative<identity::HealthInsuranceCard>(*read_)) return insurancePage();
    if (std::holds_alternative<identity::DoubtfulCard>(*read_)) return doubtfulPage();
    return unknownPage();
}

void ScanScreen::useCard() {
    auto read = std::move(*read_);
    auto& card = std::get<identity::CitizenCard>(read);
    auto& host = host_;
    const auto onCard = onCard_;
    host.back();
    if (onCard) return onCard(card);
    if (!host.handBack(read)) openFeedback(host, std::move(card.name));
}

Page ScanScreen::cardPage(const identity::CitizenCard& read) {
    auto use = primary("use", host_.tr(onCard_ ? "scan.citizen_card.use" : "scan.citizen_card.report"),
                       onCard_ ? "check" : "campaign", [this] { useCard(); });
    return {.content = outcomeBody(
                host_,
                {.icon = "badge",
                 .mood = Mood::Ok,
                 .title = host_.tr("scan.citizen_card.title"),
                 .ways = {card(facts({{host_.tr("scan.citizen_card.name"), read.name.reveal()},
                                      {host_.tr("scan.citizen_card.number"), masked(read.number.reveal())}})),
                          banner({.mood = Mood::Info,
                                  .icon = "info",
                                  .text = host_.tr("scan.citizen_card.nologin")})}}),
            .right = {lookAgain(), std::move(use)}};
}

Page ScanScreen::insurancePage() {
    auto again = lookAgain();
    again.kind = ButtonKind::Primary;
    again.main = true;
    return {.content = outcomeBody(host_, {.icon = "medical_information",
                                           .title = host_.tr("scan.insurance.title"),
                                           .what = host_.tr("scan.insurance.what"),
                                           .ways = {whatToDo(host_, {host_.tr("scan.insurance.now.1"),
                                                                     host_.tr("scan.insurance.now.2")})}}),
            .right = {typeInstead(), std::move(again)}};
}

/// Back to the form that waits for a name, or on to a report, which asks for one.
void ScanScreen::typeName() {
    auto read = std::move(*read_);
    auto& host = host_;
    const bool waited = onCard_ != nullptr;
    host.back();
    if (!waited && !host.handBack(read)) openFeedback(host, {});
}

Page ScanScreen::doubtfulPage() {
    auto again = lookAgain();
    again.kind = ButtonKind::Primary;
    again.main = true;
    ButtonOptions type{.id = "type_name",
                       .label = host_.tr(onCard_ ? "scan.doubtful.type" : "scan.doubtful.report"),
                       .icon = "keyboard",
                       .onPress = [this] { typeName(); }};
    return {.content = outcomeBody(host_, {.icon = "badge",
                                           .title = host_.tr("scan.doubtful.title"),
                                           .what = host_.tr("scan.doubtful.what"),
                                           .ways = {whatToDo(host_, {host_.tr("scan.doubtful.now.1"),
                                                                     host_.tr("scan.doubtful.now.2")})}}),
            .right = {std::move(type), std::move(again)}};
}

Page ScanScreen::unknownPage() {
    auto again = lookAgain();
    again.kind = ButtonKind::Primary;
    again.main = true;
    return {.content = outcomeBody(host_, {.icon = "help",
                                           .title = host_.tr("scan.unknown.title"),
                                           .what = host_.tr("scan.unknown.what"),
                                           .ways = {readable()}}),
            .right = {typeInstead(), std::move(again)}};
}

}  // namespace tram::screens

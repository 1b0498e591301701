#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ReceiptParts.h"

namespace tram::screens {

using namespace kit;
using feedback::Receipt;

Page FeedbackScreen::receiptPage(const Receipt& receipt) {
    const auto* field = flow_.field();
    const auto& language = host_.session().language;
    auto about =
        card(facts({{host_.tr("feedback.check.field"), field ? field->label.in(language) : ""},
                    {host_.tr("feedback.check.place"), placeText()},
                    {host_.tr("feedback.check.who"),
                     host_.tr("feedback.who." + std::string(wire::name(*flow_.draft().disclosure)))}}));
    auto rows = receiptRows(
        host_, receipt,
        {.exact = flow_.draft().disclosure != wire::Disclosure::Anonymous, .about = std::move(about)});
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

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
    Page page{.content = body(host_, "page.receipt", std::move(rows)),
              .staff = !receipt.stuck.empty() && !receipt.gatewayAt};
    receiptButtons(host_, page, seen_, printButton(host_, [this] {
                       const auto* about = flow_.field();
                       return receiptSheet(host_, *flow_.receipt(),
                                           about ? about->label.in(host_.session().language) : std::string());
                   }));
    return page;
}

}  // namespace tram::screens

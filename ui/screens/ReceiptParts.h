#pragma once
#include "feedback/Receipt.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// What a receipt is of.
enum class ReceiptOf { Report /* to 1022 */, Right /* the law's, over one's own data */ };

struct ReceiptLook {
    ReceiptOf of = ReceiptOf::Report;
    bool exact = true;        ///< else times are kept to the hour, and none is told
    kit::ViewRef about = {};  ///< what was sent, in short
};
/// What happened, the three truths, the code and its QR; the answer once there is one, by the receipt's
/// secret.
kit::Views receiptRows(const Host& host, const feedback::Receipt& receipt, ReceiptLook look);

/// What every receipt offers: paper, something else, and the end. `seen`: the second tap of a double tap on
/// *Gửi* must not take the code away unseen.
void receiptButtons(Host& host, Page& page, bool seen, std::optional<kit::ButtonOptions> print);

}  // namespace tram::screens

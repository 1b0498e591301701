#pragma once
#include <functional>
#include <memory>

#include "base/Scheduler.h"
#include "feedback/Receipt.h"
#include "outbox/Outbox.h"

namespace tram::feedback {

/// Keeps a receipt true: asks this kiosk's store until the gateway has the report, then the gateway until
/// 1022 has answered. UI thread; what blocks runs in the background and only with copies.
class ReceiptFollower {
  public:
    using Ask = std::function<base::Result<wire::FeedbackStatus>(const std::string& code,
                                                                 const base::SecretText& secret)>;
    struct Sources {
        std::shared_ptr<outbox::Outbox> outbox;
        Ask ask;
    };
    static constexpr base::Millis kStorePause{1000}, kEagerPause{3000}, kPatientPause{15000};
    static constexpr int kEagerAsks = 40;  ///< two minutes of them

    ReceiptFollower(Sources sources, base::Scheduler& scheduler, base::Uuid id, base::SecretText secret,
                    Receipt& receipt, std::function<void()> onChange);
    void start();

  private:
    void lookInStore();
    void storeAnswered(const base::Result<std::optional<outbox::Item>>& item);
    void askGateway();
    void gatewayAnswered(base::Result<wire::FeedbackStatus> status);
    void later(base::Millis pause, void (ReceiptFollower::*step)());

    Sources sources_;
    base::Scheduler& scheduler_;
    base::Uuid id_;
    std::shared_ptr<const base::SecretText> secret_;
    Receipt& receipt_;
    std::function<void()> onChange_;
    int asks_ = 0;
    base::Lifetime lifetime_;
};

}  // namespace tram::feedback

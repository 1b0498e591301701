#pragma once
#include <optional>

#include "base/Scheduler.h"
#include "outbox/OutboxStore.h"
#include "ui/screens/staff/StaffScreen.h"

namespace tram::screens {

/// *Hàng chờ gửi*: what has not been delivered yet, by kind, age, size, tries and reason. Never a content, a
/// code or a title.
class QueuePage final : public StaffPage {
  public:
    /// What was done to an item, for the log.
    using Done = std::function<void(const outbox::Item&, std::optional<outbox::AsideReason>)>;
    /// `role`: who may try again and put aside. `done`: after it was; nothing stands for trying again.
    QueuePage(Host& host, wire::StaffRole role, Done done);

    std::string name() const override { return "queue"; }
    kit::ViewRef render() override;
    bool back() override;

    static constexpr std::size_t kMost = 50;  ///< shown; how many more there are is said
    static constexpr base::Millis kLookAgain{3000};

  private:
    using Items = std::vector<outbox::Item>;
    void look();
    void looked(base::Result<Items> items);
    void change(const outbox::Item& item, std::optional<outbox::AsideReason> reason);
    void changed(const outbox::Item& item, std::optional<outbox::AsideReason> reason,
                 const base::Result<void>& result);
    kit::ViewRef list();
    kit::ViewRef rowOf(const outbox::Item& item);
    kit::ViewRef words(const outbox::Item& item) const;
    kit::Views buttons(const outbox::Item& item);
    kit::ViewRef reasons(const outbox::Item& item);

    Host& host_;
    wire::StaffRole role_;
    Done done_;
    std::optional<base::Result<Items>> items_;  ///< nothing until the first look
    std::optional<base::Uuid> asking_;          ///< of this item it is being asked why it is put aside
    std::optional<base::Problem> trouble_;      ///< of the last thing that was tried
    base::Lifetime lifetime_;
};

}  // namespace tram::screens

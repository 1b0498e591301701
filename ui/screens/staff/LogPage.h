#pragma once
#include <optional>

#include "base/Scheduler.h"
#include "ledger/Read.h"
#include "ui/screens/staff/StaffScreen.h"

namespace tram::screens {

/// *Nhật ký*: what staff did at this station, the newest first, for supervisors: by person, event and day.
/// Ids of staff and words out of a list; there is nothing of residents in it.
class LogPage final : public StaffPage {
  public:
    struct Calls {
        /// Blocks.
        std::function<base::Result<ledger::Page>(const ledger::Filter&, std::optional<ledger::Place>)> read;
        std::function<std::string(const std::string& id)> nameOf;  ///< of a member of staff; "" when unknown
    };
    LogPage(Host& host, Calls calls);

    std::string name() const override { return "log"; }
    kit::ViewRef render() override;

  private:
    enum class Days { All, Today, Week };
    void look(std::optional<ledger::Place> before);
    void looked(base::Result<ledger::Page> page);
    void choose(ledger::Filter filter);
    kit::ViewRef filters();
    kit::ViewRef list();
    kit::ViewRef rowOf(const ledger::Row& row);
    std::string detailOf(const ledger::Event& event) const;

    Host& host_;
    Calls calls_;
    ledger::Filter filter_;
    Days days_ = Days::All;
    std::optional<base::Result<ledger::Page>> page_;   ///< nothing until the first look
    std::vector<std::optional<ledger::Place>> newer_;  ///< where the pages before this one begin
    std::optional<ledger::Place> here_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens

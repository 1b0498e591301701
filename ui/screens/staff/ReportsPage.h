#pragma once
#include "campaign/Report.h"
#include "paper/Sheet.h"
#include "ui/screens/staff/StaffScreen.h"

namespace tram::screens {

/// *Báo cáo*: what was done at the ward's stations, by errand, day, unit or outcome, for a day or a week, as
/// the gateway tells it; with its chart, and on paper. The same figures as `tram report`.
class ReportsPage final : public StaffPage {
  public:
    struct Calls {
        std::function<void(bool week)> printed;  ///< for the log
    };
    ReportsPage(Host& host, std::unique_ptr<campaign::Report> report, Calls calls);

    std::string name() const override { return "reports"; }
    kit::ViewRef render() override;

  private:
    using By = wire::WardReport::By;
    void ask();
    kit::ViewRef questions();
    kit::ViewRef figures();
    std::string rowName(const std::string& key) const;
    std::string columnName(const std::string& column) const;
    std::string standing() const;
    paper::Sheet sheet() const;

    Host& host_;
    std::unique_ptr<campaign::Report> report_;
    Calls calls_;
    By by_ = By::Errand;
    bool week_ = false;
};

}  // namespace tram::screens

#pragma once
#include <utility>

#include "device/Printer.h"

namespace tram::test {

/// A printer that comes as far as the test says.
class FakePrinter final : public device::Printer {
  public:
    void print(paper::Pdf page, Told told) override {
        leave();
        page_ = std::move(page), told_ = std::move(told), asked_ = 1;
    }
    bool mayRepeat() const override { return !page_.empty() && state_.over() && asked_ == 1; }
    void again() override {
        if (mayRepeat()) state_ = {}, ++asked_;
    }
    void leave() override { page_ = {}, told_ = nullptr, state_ = {}, asked_ = 0; }

    void tell(device::PrintState::Stage stage, std::optional<base::ProblemKind> trouble = {}) {
        state_ = {stage, trouble};
        if (const auto told = told_) told(state_);
    }
    const paper::Pdf& page() const { return page_; }  ///< empty: nothing is asked for
    int asked() const { return asked_; }              ///< how often the page was sent to the printer

  private:
    paper::Pdf page_;
    Told told_;
    device::PrintState state_;
    int asked_ = 0;
};

}  // namespace tram::test

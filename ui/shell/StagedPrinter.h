#pragma once
#include <utility>

#include "device/Printer.h"

namespace tram::shell {

/// A printer that comes as far as the tour says, at once.
class StagedPrinter final : public device::Printer {
  public:
    explicit StagedPrinter(device::PrintState state) : state_(state) {}
    void print(paper::Pdf, Told told) override { told(state_); }
    bool mayRepeat() const override { return state_.over(); }
    void again() override {}
    void leave() override {}

  private:
    device::PrintState state_;
};

}  // namespace tram::shell

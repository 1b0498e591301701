#pragma once
#include <optional>

#include "paper/Sheet.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// A page on its way to paper: set, sent, and what the printer says. It lies over the page it came from;
/// whoever leaves it lets go of the page (device::Printer::leave).
class PrintScreen final : public Screen {
  public:
    /// Only where services().printer is there.
    PrintScreen(Host& host, paper::Sheet sheet);
    ~PrintScreen() override;
    std::string name() const override;
    Page render() override;

  private:
    void set(base::Result<paper::Pdf> pdf);
    void told(const device::PrintState& state);
    void hold(bool under);
    Page underWay();
    Page done();
    Page trouble();
    void repeat();

    Host& host_;
    std::shared_ptr<device::Printer> printer_;
    device::PrintState state_;
    bool held_ = false;
    base::Lifetime lifetime_;
};

/// *In*: a button for it, where the station has a printer.
std::optional<kit::ButtonOptions> printButton(Host& host, std::function<paper::Sheet()> sheet);

}  // namespace tram::screens

#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// Before a resident's data are worked with: who helps, with what, which data and what for, and that they
/// agree, by their own touch or aloud with whoever helps as the witness. What they came for waits behind it.
class ConsentScreen final : public Screen {
  public:
    /// `wanted`: null where the page below is what they came for.
    ConsentScreen(Host& host, std::unique_ptr<Screen> wanted) : host_(host), wanted_(std::move(wanted)) {}
    std::string name() const override { return "staff_consent"; }
    Page render() override;

  private:
    void agreed(wire::Handling::How how);
    void refused();

    Host& host_;
    std::unique_ptr<Screen> wanted_;
};

}  // namespace tram::screens

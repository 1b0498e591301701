#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// While nobody is there: what this is, that it is free, the time. A touch anywhere begins.
class AttractScreen final : public Screen {
  public:
    explicit AttractScreen(Host& host) : host_(host) {}
    std::string name() const override { return "attract"; }
    Page render() override;

  private:
    kit::Views notices() const;
    kit::ViewRef signage() const;
    kit::ViewRef staffEntry() const;
    kit::ViewRef lesserAlert(const content::ShownAlert& alert);
    kit::ViewRef startsAt(kit::ViewRef page);
    Host& host_;
};

}  // namespace tram::screens

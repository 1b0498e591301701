#pragma once
#include "ui/screens/HomeServices.h"

namespace tram::screens {

/// home.png: search on top, the services, and what is one's own.
class HomeScreen final : public Screen {
  public:
    explicit HomeScreen(Host& host) : host_(host) {}
    std::string name() const override { return "home"; }
    Page render() override;
    void covered(bool covered) override;

  private:
    kit::ViewRef tile(const HomeService& service);
    kit::ViewRef followButton(bool brief = false);
    kit::ViewRef loginButton(bool brief);
    kit::ViewRef ownBar(bool brief);
    kit::ViewRef tiles(int columns, double gap);
    kit::ViewRef standing();
    kit::ViewRef lowered();
    void askForChosen();
    Host& host_;
    std::shared_ptr<const identity::ResidentSession> askedFor_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens

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
    using Who = std::shared_ptr<const identity::ResidentSession>;
    void askForChosen();
    void told(const Session::Chosen& chosen);
    void news(const Who& who, std::size_t count);
    std::string mineLabel() const;
    Host& host_;
    Who askedFor_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens

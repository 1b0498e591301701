#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// A service that is still to come: says so, and what can be done meanwhile.
class ComingScreen final : public Screen {
  public:
    ComingScreen(Host& host, std::string service) : host_(host), service_(std::move(service)) {}
    std::string name() const override { return "coming_" + service_; }
    Page render() override;

  private:
    Host& host_;
    std::string service_;
};

}  // namespace tram::screens

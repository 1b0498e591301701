#pragma once
#include <variant>

#include "ui/screens/Host.h"

namespace tram::screens {

/// How a number stands that was taken before; its ticket was scanned.
class NumberScreen final : public Screen {
  public:
    NumberScreen(Host& host, std::string id);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::LookUp; }

  private:
    struct Asking {};
    struct Failed {
        base::Problem problem;
    };
    void ask();
    Page stands(const wire::TurnTicket& ticket);
    Page failed(const base::Problem& problem);

    Host& host_;
    std::string id_;
    std::variant<Asking, wire::TurnTicket, Failed> state_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens

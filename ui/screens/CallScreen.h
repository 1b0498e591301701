#pragma once
#include <variant>

#include "ui/screens/Host.h"

namespace tram::screens {

/// *Gọi cán bộ*: asks once, for a press by accident, then tells the staff through the gateway, and says
/// truthfully whether they were told.
class CallScreen final : public Screen {
  public:
    explicit CallScreen(Host& host) : host_(host) {}
    std::string name() const override { return "call"; }
    Page render() override;
    bool standsOverLock() const override { return true; }

  private:
    struct Question {};
    struct Asking {};
    struct Told {
        base::WallTime at;
    };
    struct Failed {};
    void call();

    Host& host_;
    std::variant<Question, Asking, Told, Failed> state_;
    base::Lifetime lifetime_;
};

}  // namespace tram::screens

#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// What somebody's role does not let them do for a resident, and who may.
class NotThisRoleScreen final : public Screen {
  public:
    explicit NotThisRoleScreen(Host& host) : host_(host) {}
    std::string name() const override { return "staff_not_this_role"; }
    Page render() override;

  private:
    Host& host_;
};

}  // namespace tram::screens

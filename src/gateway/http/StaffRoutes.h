#pragma once
#include "gateway/http/Routes.h"
#include "gateway/source/Budget.h"
#include "gateway/source/FewAtOnce.h"

namespace tram::gateway {

/// GET /v1/staff and POST /v1/staff/sign-in: who may sign in at the kiosks of a ward.
class StaffRoutes {
  public:
    /// A hash of a PIN takes half a second and 128 MiB: no more at once than that many.
    static constexpr int kChecksAtOnce = 2;

    explicit StaffRoutes(Desk desk);

  private:
    void list(Exchange& exchange);
    void signIn(Exchange& exchange);
    Desk desk_;
    Budget misses_;  ///< by kiosk: codes that are not there count for nobody else
    FewAtOnce checks_{kChecksAtOnce};
};

}  // namespace tram::gateway

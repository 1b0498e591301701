#pragma once
#include "gateway/http/Routes.h"

namespace tram::gateway {

/// Offices' queues and calendars: GET and POST /v1/offices/{office}/turns, GET /v1/turns/{id} and
/// /v1/appointments/{code}, and what phones see of them: /l/{id} (a number), /hen/{code} (an appointment).
class TurnRoutes {
  public:
    TurnRoutes(Desk desk, Guesses& guesses, const Pages& pages);

  private:
    void board(Exchange& exchange);
    void take(Exchange& exchange);
    void number(Exchange& exchange);
    void ticketPage(Exchange& exchange);
    void appointment(Exchange& exchange);
    void appointmentPage(Exchange& exchange);
    /// Nothing when the exchange has been answered; an empty one when there is no such appointment.
    base::Result<std::optional<wire::AppointmentStatus>> lookUp(Exchange& exchange, bool& tooMany);
    Desk desk_;
    Guesses& guesses_;
    const Pages& pages_;
};

/// News of a dossier by a message: POST /v1/dossiers/{code}/watch, and the link in each message, /b/{token}.
class WatchRoutes {
  public:
    WatchRoutes(Desk desk, Guesses& guesses, const Pages& pages);

  private:
    void watch(Exchange& exchange);
    void page(Exchange& exchange);
    void leave(Exchange& exchange);
    Desk desk_;
    Guesses& guesses_;
    const Pages& pages_;
    Budget perKiosk_, misses_;
};

}  // namespace tram::gateway

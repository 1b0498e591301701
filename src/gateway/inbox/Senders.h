#pragma once
#include "base/Result.h"
#include "base/Uuid.h"
#include "gateway/inbox/Opener.h"
#include "gateway/storage/Storage.h"
#include "wire/Appointment.h"
#include "wire/FeedbackReport.h"

namespace tram::gateway {

/// Who wrote a report: read out of its sealed copy at the moment it is handed over. It is opened on no disk,
/// so that none has to be cleaned of it.
class Senders {
  public:
    Senders(SharedDatabase& city, const Opener& opener) : city_(city), opener_(opener) {}

    /// Fills in name, phone and e-mail. NotFound while its envelope is not here (a restored store waits for
    /// its kiosk to offer it again); KeyMissing while what opens it is lost.
    base::Result<void> addTo(const base::Uuid& id, wire::FeedbackReport& report);
    /// The same for name and phone of who asks for an appointment.
    base::Result<void> addTo(const base::Uuid& id, wire::AppointmentRequest& request);

  private:
    base::Result<base::SecretText> fieldsOf(const base::Uuid& id);
    SharedDatabase& city_;
    const Opener& opener_;
};

}  // namespace tram::gateway

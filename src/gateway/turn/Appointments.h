#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Uuid.h"
#include "gateway/connectors/TurnSource.h"
#include "gateway/storage/Storage.h"
#include "wire/Appointment.h"
#include "wire/Mine.h"

namespace tram::gateway {

/// Appointments that were asked for (reports.db), and where each stands on its way through the source. Who
/// asked stands in the sealed copy alone, and is read out of it when it is handed over (inbox/Senders).
class Appointments {
  public:
    explicit Appointments(SharedDatabase& db) : db_(db) {}

    struct Arrived {
        base::Uuid id;
        std::string kiosk;
        const wire::AppointmentRequest& request;
        base::WallTime receivedAt;
        std::string phone;         ///< by a keyed hash
        std::string subject = {};  ///< Subjects::indexOf of who was logged in; "" for nobody
    };
    enum class Added { Kept, CodeTaken };
    static constexpr int kMostOfKioskInDay = 200, kMostOfPhone = 5;
    /// Once for ever by id. What became of each, in their order. A day that no office gives is refused at
    /// once, and so is what is too much: a stolen key does not fill a calendar, nor does anybody get
    /// strangers called.
    base::Result<std::vector<Added>> add(const std::vector<Arrived>& all);

    /// Nothing when unknown.
    base::Result<std::optional<wire::AppointmentStatus>> status(const std::string& code,
                                                                const std::string& source,
                                                                base::WallTime now);

    /// Those asked for last first.
    base::Result<std::vector<wire::MyAppointment>> ofSubject(const std::string& subject, std::size_t limit);

    struct Due {
        base::Uuid id;
        wire::AppointmentRequest request;  ///< without name and phone
        std::string reference;             ///< "" while the source has not taken it
        int tries = 0;
        bool withdrawn = false;  ///< the source is told so, and no more
    };
    base::Result<std::vector<Due>> due(base::WallTime now, std::size_t limit);
    base::Result<void> asked(const base::Uuid& id, const std::string& reference, base::WallTime now);
    /// The source has been told of a withdrawal, or takes none.
    base::Result<void> withdrawn(const base::Uuid& id, base::WallTime now);
    /// Nothing happens when it was forgotten or withdrawn meanwhile. `again`: when to look once more, if it
    /// is not over.
    base::Result<void> stands(const base::Uuid& id, const AppointmentStanding& standing, base::WallTime now,
                              base::WallTime again);
    base::Result<void> later(const base::Uuid& id, base::WallTime next);
    /// Whether it has not been forgotten, nor answered, meanwhile.
    base::Result<bool> mayGoOn(const base::Uuid& id);
    /// What was never answered is over when its day is, whether there is a source or not.
    base::Result<std::size_t> endPast(base::WallTime now);
    /// Refused here: the source will never take it as it is.
    base::Result<void> refuse(const base::Uuid& id, base::WallTime now);
    /// What waits for a moment that a clock which was ahead has named is due at once.
    base::Result<std::size_t> recall(base::WallTime now);

  private:
    SharedDatabase& db_;
};

/// Brings them to the source and follows them there. Everything it knows is in the store: a restart goes on
/// where it was, and each is asked for once because the source knows the request's id.
class AppointmentDelivery {
  public:
    /// Adds who asks, just before it is handed over.
    using AddSender = std::function<base::Result<void>(const base::Uuid&, wire::AppointmentRequest&)>;
    static constexpr base::Millis kMostBackoff{600'000};

    AppointmentDelivery(Appointments& store, TurnSource& source, AddSender addSender,
                        const base::Clock& clock)
        : store_(store), source_(source), addSender_(std::move(addSender)), clock_(clock) {}
    /// One round over what is due, cut short when `stopping`; how many were looked at.
    base::Result<std::size_t> step(const std::function<bool()>& stopping);

  private:
    base::Result<void> handle(Appointments::Due& due);
    base::Result<void> tellOfWithdrawal(const Appointments::Due& due);

    Appointments& store_;
    TurnSource& source_;
    AddSender addSender_;
    const base::Clock& clock_;
};

}  // namespace tram::gateway

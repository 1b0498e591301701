#pragma once
#include <string>
#include <variant>

#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/Kiosks.h"
#include "gateway/inbox/Attachments.h"
#include "gateway/schema/JsonSchema.h"
#include "wire/Action.h"
#include "wire/Appointment.h"
#include "wire/Envelope.h"
#include "wire/FeedbackReport.h"
#include "wire/GuideTally.h"
#include "wire/Rating.h"
#include "wire/RightsRequest.h"
#include "wire/SurveyAnswer.h"

namespace tram::gateway {

/// Why an accepted action waits for people: `what` a machine word, `where` a place in a schema, never
/// content.
struct Quarantined {
    std::string what, where;
    std::string text() const { return where.empty() ? what : what + ": " + where; }
};

/// What was read, or what is wrong with it, to where it belongs.
template <class Fields>
void takeIn(std::variant<Fields, Quarantined> read, std::optional<Fields>& into,
            std::optional<Quarantined>& wrong) {
    if (const auto* what = std::get_if<Quarantined>(&read))
        wrong = *what;
    else
        into = std::move(std::get<Fields>(read));
}

/// What is inside a validly signed envelope, or what is wrong with it. Never decides whether it is accepted.
class Opener {
  public:
    Opener(const GatewayKeys& keys, const SchemaSet& schemas) : keys_(keys), schemas_(schemas) {}

    /// Quarantined::what of an envelope that waits for its sealing key.
    static constexpr const char* kUnknownKey = "unknown_sealing_key";

    using Opened = std::variant<wire::ActionBody, Quarantined>;
    Opened open(const wire::Envelope& envelope) const;

    using Report = std::variant<wire::FeedbackReport, Quarantined>;
    Report report(const wire::ActionBody& body, const Kiosk& from) const;

    using Survey = std::variant<wire::SurveyAnswer, Quarantined>;
    /// Shape alone; SurveyStore::judge knows the form.
    Survey survey(const wire::ActionBody& body) const;

    using Tally = std::variant<wire::GuideTally, Quarantined>;
    /// A station counts for its own ward.
    Tally tally(const wire::ActionBody& body, const Kiosk& from) const;

    /// Shape alone; Ratings::judge knows what it may be about.
    std::variant<wire::Rating, Quarantined> rating(const wire::ActionBody& body) const;
    std::variant<wire::KioskFault, Quarantined> fault(const wire::ActionBody& body) const;
    using Rights = std::variant<wire::RightsRequest, Quarantined>;
    Rights rights(const wire::ActionBody& body, const Kiosk& from) const;
    using Appointment = std::variant<wire::AppointmentRequest, Quarantined>;
    Appointment appointment(const wire::ActionBody& body, const Kiosk& from) const;

    /// Decrypts each to its required final tag; what is called a PDF has to begin as one. The plain bytes are
    /// not kept.
    std::optional<Quarantined> attachmentsBroken(const wire::ActionBody& body, const Kiosk& from,
                                                 const Attachments& attachments) const;

  private:
    template <class Fields>
    std::variant<Fields, Quarantined> fields(const wire::ActionBody& body, const char* what) const;
    const GatewayKeys& keys_;
    const SchemaSet& schemas_;
};

}  // namespace tram::gateway

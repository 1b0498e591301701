#pragma once
#include <optional>
#include <string>

#include "base/Result.h"
#include "base/Secret.h"
#include "wire/Turn.h"

namespace tram::wire {

/// fields of an action of kind "appointment.request": a day at an office's counter is asked for;
/// resources/api/schemas/action.appointment.request.json.
struct AppointmentRequest {
    static constexpr std::string_view kKind = "appointment.request";
    static constexpr std::size_t kMaxBytes = 16 * 1024;

    std::string trackingCode;   ///< ten symbols, ungrouped
    std::string office, desk;   ///< desk "" when any will do
    std::string procedure;      ///< the catalogue's id of it; "" for none
    std::string procedureName;  ///< as shown
    std::string day;            ///< YYYY-MM-DD, as wished
    HalfDay half = HalfDay::Morning;
    base::SecretText name, phone;
    base::SecretText subject;               ///< `sub` of who was logged in; empty for nobody
    std::string consentVersion, consentAt;  ///< consentAt: RFC 3339
    std::string language;                   ///< "vi" or "en"

    base::SecretText toJson() const;
    static base::Result<AppointmentRequest> parse(std::string_view json);
};

/// Order as they can follow each other.
enum class AppointmentState {
    Received /* by the gateway */,
    Asked /* the office has it */,
    Confirmed,
    Refused,
    Withdrawn /* by who asked: nobody comes */,
};
std::string_view name(AppointmentState state);
std::optional<AppointmentState> appointmentStateFrom(std::string_view text);

/// Where it stands; GET /v1/appointments/{code}. Nothing in it says who asked.
struct AppointmentStatus {
    std::string trackingCode;
    AppointmentState state = AppointmentState::Received;
    std::string office, procedureName;
    std::string day;  ///< as wished
    HalfDay half = HalfDay::Morning;
    std::string confirmedDay, confirmedTime;  ///< Confirmed: YYYY-MM-DD, HH:MM ("" if any of the half day)
    std::string desk;                         ///< where to go, in the source's words; may be ""
    std::string reason;                       ///< Refused: in the source's words
    std::string source, asOf;

    std::string toJson() const;
    static base::Result<AppointmentStatus> parse(std::string_view json);
};

}  // namespace tram::wire

#pragma once
#include <optional>

#include "gateway/inbox/Inbox.h"

namespace tram::gateway {

/// An accepted action between stored and opened.
struct Inbox::Settling {
    base::Uuid id;
    /// Whose line it came over, and who made it: the same, but for an enrolment that succeeds another.
    Kiosk from, signer;
    Opener::Opened opened;
    base::WallTime receivedAt;
    std::optional<wire::FeedbackReport> report = {};
    std::optional<wire::SurveyAnswer> survey = {};
    std::optional<wire::GuideTally> tally = {};
    std::optional<wire::Rating> rating = {};
    std::optional<wire::KioskFault> fault = {};
    std::optional<wire::RightsRequest> rights = {};
    std::optional<wire::AppointmentRequest> appointment = {};
    StaffRegistry::Standing helper = StaffRegistry::Standing::Known;  ///< of who helped, if anybody did
    std::optional<Quarantined> wrong = {};
};

}  // namespace tram::gateway

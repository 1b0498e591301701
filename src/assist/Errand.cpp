#include "assist/Errand.h"

#include <algorithm>

#include "wire/Appointment.h"
#include "wire/FeedbackReport.h"
#include "wire/GuideTally.h"
#include "wire/Rating.h"
#include "wire/RightsRequest.h"
#include "wire/SurveyAnswer.h"

namespace tram::assist {

namespace {

using wire::AssistedKind;
using wire::Permission;

struct Sends {
    Errand errand;
    std::string_view kind;
};
constexpr Sends kSends[] = {
    {Errand::Guide, wire::GuideTally::kKind},        {Errand::Survey, wire::SurveyAnswer::kKind},
    {Errand::Rating, wire::Rating::kKind},           {Errand::Fault, wire::KioskFault::kKind},
    {Errand::Feedback, wire::FeedbackReport::kKind}, {Errand::Appointment, wire::AppointmentRequest::kKind},
    {Errand::Rights, wire::RightsRequest::kKind},
};

/// What stands in no table needs a file.
AssistedKind rowOf(Errand errand) {
    const auto* sent = std::ranges::find(kSends, errand, &Sends::errand);
    if (sent != std::end(kSends))
        return wire::assistedKind(sent->kind).value_or(AssistedKind{"", Permission::OpenFile, true});
    switch (errand) {
        case Errand::LookUp:
        case Errand::TakeNumber:
            return {"", Permission::AssistWithoutFile, false};
        case Errand::Papers:
            return {"", Permission::CaptureAnyPaper, true};
        default:
            return {"", Permission::OpenFile, true};
    }
}

}  // namespace

bool needsFile(Errand errand) {
    return rowOf(errand).needsFile;
}

Permission permissionFor(Errand errand) {
    return rowOf(errand).permission;
}

}  // namespace tram::assist

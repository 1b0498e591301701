#pragma once
#include "catalogue/Kind.h"
#include "catalogue/Values.h"
#include "content/City.h"
#include "dossier/Timeline.h"
#include "feedback/Receipt.h"
#include "paper/Sheet.h"
#include "ui/screens/Host.h"

namespace tram::screens {

// What goes along on paper, in the session's language. Each begins with whose station it is and ends with
// the source and the time.

/// With nothing on it yet but whose station it is, and when.
paper::Sheet sheetFromHere(const Host& host);
/// Where a dossier stands, what to do now, and the code that opens it on a phone.
paper::Sheet dossierSheet(const Host& host, const wire::DossierStatus& status,
                          const dossier::Timeline& timeline);
/// A report's tracking code, and the code by which its answer opens.
paper::Sheet receiptSheet(const Host& host, const feedback::Receipt& receipt, const std::string& field);
/// The code of a use of the law's rights, and the one by which its answer opens. `right`: in words.
paper::Sheet rightSheet(const Host& host, const feedback::Receipt& receipt, const std::string& right);
/// A procedure's papers as boxes to tick, and what else its page says.
paper::Sheet checklistSheet(const Host& host, const catalogue::Kind& kind, const content::City::Item& item,
                            const std::vector<catalogue::FieldValue>& values);

/// A number of an office's queue: the number first, then where, how many before, and its code for a phone.
paper::Sheet ticketSheet(const Host& host, const wire::TurnTicket& ticket);
/// Where to go: an office, as its ward is called or by another id, and its words.
struct OfficeOnPaper {
    std::string id, place;
};
/// That a day was asked for, and the code that tells what became of it.
paper::Sheet appointmentSheet(const Host& host, const base::TrackingCode& code, const std::string& errand,
                              const OfficeOnPaper& office, const std::string& day, wire::HalfDay half,
                              const std::optional<wire::AppointmentStatus>& status = {});

}  // namespace tram::screens

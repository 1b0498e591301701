// What the network brings: whatever is accepted can be written and read again, and says the same.
#include "Fixed.h"
#include "Input.h"
#include "wire/Action.h"
#include "wire/Appointment.h"
#include "wire/Campaign.h"
#include "wire/DossierCode.h"
#include "wire/DossierStatus.h"
#include "wire/Enrolment.h"
#include "wire/Envelope.h"
#include "wire/FeedbackFields.h"
#include "wire/FeedbackReport.h"
#include "wire/GuideTally.h"
#include "wire/Mine.h"
#include "wire/MyServices.h"
#include "wire/Rating.h"
#include "wire/RightsRequest.h"
#include "wire/SealingStatement.h"
#include "wire/StaffList.h"
#include "wire/SurveyAnswer.h"
#include "wire/Turn.h"
#include "wire/VisitToken.h"
#include "wire/WardReport.h"
#include "wire/Watch.h"

using namespace tram;

namespace {

std::string text(std::string json) {
    return json;
}
std::string text(const base::SecretText& json) {
    return json.reveal();
}

template <class Message>
void readWriteRead(std::string_view json) {
    const auto first = Message::parse(json);
    if (!first) return;
    const auto written = text(first->toJson());
    const auto second = Message::parse(written);
    must(second.has_value(), "what was read can be written and read again");
    must(text(second->toJson()) == written, "and is the same then");
}

/// Who is signed for is not asked here: only that nothing is read of what somebody else signed.
void envelope(std::string_view bytes) {
    const auto read = wire::Envelope::parse(bytes);
    if (!read) return;
    must(read->dsse.payloadType == wire::Envelope::kPayloadType, "an envelope is of its own type");
    must(bytes.size() <= wire::Envelope::kMaxBytes, "an envelope is within its limit");
    must(read->dsse.keyId == read->kioskId, "an envelope is signed in its kiosk's name");
    auto other = read->dsse;
    other.payload += ' ';
    const auto key = fixed::signing().verifyKey();
    must(!read->dsse.verify(key) || !other.verify(key), "a signature is for one payload");
}

void enrolmentCode(std::string_view typed) {
    const auto code = wire::EnrolmentCode::parse(typed);
    if (!code) return;
    const auto again = wire::EnrolmentCode::parse(code->text());
    must(again && again->secret == code->secret && again->fingerprint == code->fingerprint,
         "a code survives its text");
}

void dossierCode(std::string_view typed) {
    static const auto patterns = wire::DossierPatterns::make().value();
    const auto reading = patterns.read(typed);
    if (reading.verdict != wire::DossierReading::Verdict::Complete) return;
    must(patterns.fits(reading.code), "a whole code fits its pattern");
    must(patterns.read(reading.code).code == reading.code, "and is read as itself");
}

void visitToken(std::string_view typed) {
    const auto token = wire::VisitToken::parse(typed);
    if (!token) return;
    const auto again = wire::VisitToken::parse(token->text());
    must(again && again->ward == token->ward && again->day == token->day && again->seal == token->seal,
         "a ticket survives its text");
}

void badge(std::string_view text) {
    const auto secret = wire::BadgeCode::read(text);
    if (secret) must(wire::BadgeCode::write(*secret).reveal() == text, "a badge has one text");
}

/// Signed by the right key whatever is in it: then the inside has to be judged, and only then.
void statement(std::string_view payload, bool genuine) {
    const auto type = std::string(wire::SealingStatement::kPayloadType);
    const auto stranger = *crypto::SigningKey::fromSecret(base::SecretBytes(crypto::Bytes(32, 1)));
    const auto key = fixed::signing();
    const auto signedBy =
        wire::Dsse::sign(type, std::string(payload), key.verifyKey().fingerprint(), genuine ? key : stranger);
    const auto read = wire::SealingStatement::open(signedBy.toJson(), key.verifyKey());
    if (!genuine)
        must(!read && read.error().kind == base::ProblemKind::BadSignature, "verified before it is read");
    if (read) must(!read->keys.empty() && read->version >= 0, "a statement names keys");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(42)) {
        case 0:
            envelope(input.rest());
            break;
        case 1:
            readWriteRead<wire::Dsse>(input.rest());
            break;
        case 2:
            readWriteRead<wire::ActionBody>(input.rest());
            break;
        case 3:
            readWriteRead<wire::FeedbackReport>(input.rest());
            break;
        case 4:
            readWriteRead<wire::FeedbackStatus>(input.rest());
            break;
        case 5:
            readWriteRead<wire::BatchAnswer>(input.rest());
            break;
        case 6:
            readWriteRead<wire::EnrolmentAnswer>(input.rest());
            break;
        case 7:
            enrolmentCode(input.rest());
            break;
        case 8:
            readWriteRead<wire::FeedbackFields>(input.rest());
            break;
        case 9:
            readWriteRead<wire::EnrolmentRequest>(input.rest());
            break;
        case 10:
            readWriteRead<wire::SealingStatement>(input.rest());
            break;
        case 11:
            statement(input.rest(), input.rest().size() % 2 == 0);
            break;
        case 12:
            readWriteRead<wire::SurveyAnswer>(input.rest());
            break;
        case 13:
            readWriteRead<wire::DossierStatus>(input.rest());
            break;
        case 14:
            readWriteRead<wire::MyDossiers>(input.rest());
            break;
        case 15:
            dossierCode(input.rest());
            break;
        case 16:
            readWriteRead<wire::GuideTally>(input.rest());
            break;
        case 17:
            readWriteRead<wire::Rating>(input.rest());
            break;
        case 18:
            readWriteRead<wire::KioskFault>(input.rest());
            break;
        case 19:
            readWriteRead<wire::OfficeRating>(input.rest());
            break;
        case 20:
            visitToken(input.rest());
            break;
        case 21:
            readWriteRead<wire::RightsRequest>(input.rest());
            break;
        case 22:
            readWriteRead<wire::MyServices>(input.rest());
            break;
        case 23:
            readWriteRead<wire::MyNotices>(input.rest());
            break;
        case 24:
            readWriteRead<wire::NoticesSeen>(input.rest());
            break;
        case 25:
            readWriteRead<wire::MyDocuments>(input.rest());
            break;
        case 26:
            readWriteRead<wire::MyAccount>(input.rest());
            break;
        case 27:
            readWriteRead<wire::MyConsents>(input.rest());
            break;
        case 28:
            readWriteRead<wire::MyRights>(input.rest());
            break;
        case 29:
            readWriteRead<wire::TurnBoard>(input.rest());
            break;
        case 30:
            readWriteRead<wire::TurnAnswer>(input.rest());
            break;
        case 31:
            readWriteRead<wire::TurnRequest>(input.rest());
            break;
        case 32:
            readWriteRead<wire::AppointmentRequest>(input.rest());
            break;
        case 33:
            readWriteRead<wire::AppointmentStatus>(input.rest());
            break;
        case 34:
            readWriteRead<wire::WatchRequest>(input.rest());
            break;
        case 35:
            readWriteRead<wire::TurnTicket>(input.rest());
            break;
        case 36:
            readWriteRead<wire::MyAppointments>(input.rest());
            break;
        case 37:
            readWriteRead<wire::Campaigns>(input.rest());
            break;
        case 38:
            readWriteRead<wire::CampaignPlan>(input.rest());
            break;
        case 39:
            readWriteRead<wire::WardReport>(input.rest());
            break;
        case 40:
            readWriteRead<wire::StaffList>(input.rest());
            break;
        case 41:
            badge(input.rest());
            break;
    }
    return 0;
}

#include "gateway/inbox/Opener.h"

#include "base/Files.h"
#include "base/TrackingCode.h"
#include "crypto/Stream.h"
#include "wire/Pdf.h"

namespace tram::gateway {
namespace {

// The largest attachment there can be, decrypted.
constexpr std::size_t kMaxPlain = 32u << 20;

Quarantined misfit(std::string what, const base::Problem& problem) {
    return {std::move(what), std::string(problem.fact("key"))};
}

/// Pictures, and one PDF.
std::optional<Quarantined> wrongMedia(const wire::ActionBody& body) {
    int papers = 0;
    for (const auto& attachment : body.attachments) {
        const bool pdf = attachment.mediaType == wire::kPdfMediaType;
        if (!pdf && attachment.mediaType != wire::kJpegMediaType)
            return Quarantined{"attachment", "media_type"};
        papers += pdf;
    }
    if (papers > 1) return Quarantined{"attachment", "papers"};
    return std::nullopt;
}

std::optional<Quarantined> wrongCode(const std::string& text, const Kiosk& from) {
    const auto code = base::TrackingCode::parse(text);
    if (!code || code->symbols() != text) return Quarantined{"tracking_code", ""};
    if (code->prefix() != from.prefix) return Quarantined{"code_prefix", ""};
    return std::nullopt;
}

}  // namespace

Opener::Opened Opener::open(const wire::Envelope& envelope) const {
    const auto* key = keys_.opening(envelope.sealingKeyId);
    if (!key) return Quarantined{kUnknownKey, ""};
    const auto plain = key->open(envelope.sealed);
    if (!plain) return Quarantined{"seal", ""};
    const auto& bytes = plain->reveal();
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (auto fits = schemas_.check("action.json", text); !fits) return misfit("schema", fits.error());
    auto body = wire::ActionBody::parse(text);
    if (!body) return misfit("body", body.error());
    if (body->id != envelope.id) return Quarantined{"id_mismatch", ""};
    if (body->kioskId != envelope.kioskId) return Quarantined{"kiosk_mismatch", ""};
    return std::move(*body);
}

Opener::Report Opener::report(const wire::ActionBody& body, const Kiosk& from) const {
    if (body.kind != wire::FeedbackReport::kKind) return Quarantined{"unknown_kind", ""};
    const auto& json = body.fieldsJson.reveal();
    if (auto fits = schemas_.check("action.feedback.report.json", json); !fits)
        return misfit("schema", fits.error());
    auto report = wire::FeedbackReport::parse(json);
    if (!report) return misfit("report", report.error());
    if (auto wrong = wrongCode(report->trackingCode, from)) return *wrong;
    if (auto wrong = wrongMedia(body)) return *wrong;
    return std::move(*report);
}

Opener::Survey Opener::survey(const wire::ActionBody& body) const {
    const auto& json = body.fieldsJson.reveal();
    if (auto fits = schemas_.check("action.survey.answer.json", json); !fits)
        return misfit("schema", fits.error());
    auto answer = wire::SurveyAnswer::parse(json);
    if (!answer) return misfit("survey", answer.error());
    if (!body.attachments.empty()) return Quarantined{"survey", "attachments"};
    return std::move(*answer);
}

Opener::Tally Opener::tally(const wire::ActionBody& body, const Kiosk& from) const {
    const auto& json = body.fieldsJson.reveal();
    if (auto fits = schemas_.check("action.guide.tally.json", json); !fits)
        return misfit("schema", fits.error());
    auto tally = wire::GuideTally::parse(json);
    if (!tally) return misfit("tally", tally.error());
    if (tally->ward != from.ward) return Quarantined{"tally", "ward"};
    if (!body.attachments.empty()) return Quarantined{"tally", "attachments"};
    return std::move(*tally);
}

/// Of a kind that carries no attachments.
template <class Fields>
std::variant<Fields, Quarantined> Opener::fields(const wire::ActionBody& body, const char* what) const {
    const auto& json = body.fieldsJson.reveal();
    if (auto fits = schemas_.check("action." + std::string(Fields::kKind) + ".json", json); !fits)
        return misfit("schema", fits.error());
    auto read = Fields::parse(json);
    if (!read) return misfit(what, read.error());
    if (!body.attachments.empty()) return Quarantined{what, "attachments"};
    return std::move(*read);
}

std::variant<wire::Rating, Quarantined> Opener::rating(const wire::ActionBody& body) const {
    return fields<wire::Rating>(body, "rating");
}

std::variant<wire::KioskFault, Quarantined> Opener::fault(const wire::ActionBody& body) const {
    return fields<wire::KioskFault>(body, "fault");
}

Opener::Rights Opener::rights(const wire::ActionBody& body, const Kiosk& from) const {
    auto read = fields<wire::RightsRequest>(body, "rights");
    if (const auto* request = std::get_if<wire::RightsRequest>(&read))
        if (auto wrong = wrongCode(request->trackingCode, from)) return *wrong;
    return read;
}

Opener::Appointment Opener::appointment(const wire::ActionBody& body, const Kiosk& from) const {
    auto read = fields<wire::AppointmentRequest>(body, "appointment");
    if (const auto* request = std::get_if<wire::AppointmentRequest>(&read))
        if (auto wrong = wrongCode(request->trackingCode, from)) return *wrong;
    return read;
}

std::optional<Quarantined> Opener::attachmentsBroken(const wire::ActionBody& body, const Kiosk& from,
                                                     const Attachments& attachments) const {
    for (const auto& attachment : body.attachments) {
        const auto cipher = base::readFile(attachments.file(from.id, attachment.sha256), 2 * kMaxPlain);
        if (!cipher) return Quarantined{"attachment_missing", ""};
        const auto plain = crypto::decryptStream(crypto::view(*cipher), attachment.key,
                                                 crypto::view(body.id.text()), kMaxPlain);
        if (!plain) return Quarantined{"attachment", ""};
        if (attachment.mediaType == wire::kPdfMediaType && !wire::isPdf(plain->reveal()))
            return Quarantined{"attachment", "pdf"};
    }
    return std::nullopt;
}

}  // namespace tram::gateway

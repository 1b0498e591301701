#include "gateway/inbox/Senders.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

Result<std::string> sealedOf(SharedDatabase& city, const base::Uuid& id) {
    return city.read([&](SQLite::Database& db) -> Result<std::string> {
        auto row = sql::query(
            db, "SELECT s.bytes FROM envelopes e JOIN sealed s ON s.sequence = e.sequence WHERE e.id = ?",
            id.text());
        if (!row.executeStep()) return base::fail(ProblemKind::NotFound, {{"expected", "its sealed copy"}});
        return row.getColumn(0).getString();
    });
}

}  // namespace

Result<base::SecretText> Senders::fieldsOf(const base::Uuid& id) {
    const auto bytes = sealedOf(city_, id);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto envelope = wire::Envelope::parse(*bytes);
    if (!envelope) return base::fail(ProblemKind::StoreDamaged);
    auto opened = opener_.open(*envelope);
    auto* body = std::get_if<wire::ActionBody>(&opened);
    // It has been opened once: what is missing is its key.
    if (!body) return base::fail(ProblemKind::KeyMissing, {{"expected", "the key that opened it before"}});
    return std::move(body->fieldsJson);
}

Result<void> Senders::addTo(const base::Uuid& id, wire::FeedbackReport& report) {
    if (report.disclosure == wire::Disclosure::Anonymous) return {};
    const auto fields = fieldsOf(id);
    if (!fields) return tl::unexpected(fields.error());
    auto written = wire::FeedbackReport::parse(fields->reveal());
    if (!written) return base::fail(ProblemKind::StoreDamaged);
    report.name = std::move(written->name);
    report.phone = std::move(written->phone);
    report.email = std::move(written->email);
    return {};
}

Result<void> Senders::addTo(const base::Uuid& id, wire::AppointmentRequest& request) {
    const auto fields = fieldsOf(id);
    if (!fields) return tl::unexpected(fields.error());
    auto written = wire::AppointmentRequest::parse(fields->reveal());
    if (!written) return base::fail(ProblemKind::StoreDamaged);
    request.name = std::move(written->name);
    request.phone = std::move(written->phone);
    return {};
}

}  // namespace tram::gateway

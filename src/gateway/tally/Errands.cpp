#include "gateway/tally/Errands.h"

#include "gateway/storage/Sql.h"
#include "wire/Appointment.h"
#include "wire/FeedbackReport.h"
#include "wire/Rating.h"

namespace tram::gateway {

std::optional<std::string_view> Errands::ofKind(std::string_view kind) {
    if (kind == wire::FeedbackReport::kKind) return "report";
    if (kind == wire::AppointmentRequest::kKind) return "appointment";
    if (kind == wire::Rating::kKind) return "rating";
    return std::nullopt;
}

void Errands::add(SQLite::Database& db, const std::string& ward, const std::string& day,
                  std::string_view errand) {
    sql::exec(db, R"sql(INSERT INTO errands (ward, day, errand, count) VALUES (?, ?, ?, 1)
        ON CONFLICT DO UPDATE SET count = count + 1)sql",
              ward, day, std::string(errand));
}

void Errands::addOnce(SQLite::Database& db, const std::string& action, const std::string& ward,
                      const std::string& day, std::string_view errand) {
    if (sql::exec(db, "UPDATE envelopes SET counted = 1 WHERE id = ? AND counted = 0", action) == 1)
        add(db, ward, day, errand);
}

}  // namespace tram::gateway

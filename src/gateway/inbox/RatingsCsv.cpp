#include "gateway/inbox/RatingsCsv.h"

#include "base/Csv.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;

namespace {

Result<std::string> sealedOf(SharedDatabase& city, const std::string& envelope) {
    return city.read([&](SQLite::Database& db) -> Result<std::string> {
        auto row = sql::query(
            db, "SELECT s.bytes FROM envelopes e JOIN sealed s ON s.sequence = e.sequence WHERE e.id = ?",
            envelope);
        return row.executeStep() ? row.getColumn(0).getString() : std::string();
    });
}

Result<base::SecretText> wordsIn(SharedDatabase& city, const std::string& id, const Opener& opener) {
    const auto bytes = sealedOf(city, id);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto envelope = wire::Envelope::parse(*bytes);
    if (!envelope) return base::SecretText();
    const auto opened = opener.open(*envelope);
    const auto* body = std::get_if<wire::ActionBody>(&opened);
    auto rating = body ? opener.rating(*body) : Quarantined{};
    auto* read = std::get_if<wire::Rating>(&rating);
    return read ? std::move(read->words) : base::SecretText();
}

}  // namespace

Result<std::string> ratingsCsv(Ratings& ratings, SharedDatabase& city, const Opener* opener) {
    std::vector<Ratings::Row> rows;
    if (auto read = ratings.each([&](const Ratings::Row& row) { rows.push_back(row); }); !read)
        return tl::unexpected(read.error());
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(
        csv, opener ? std::vector<std::string>{"about", "office", "kiosk", "day", "stars", "reasons", "words"}
                    : std::vector<std::string>{"about", "office", "kiosk", "day", "stars", "reasons"});
    for (const auto& row : rows) {
        std::vector<std::string> cells{row.about, base::csvCell(row.office), row.kiosk,
                                       row.day,   std::to_string(row.stars), base::csvCell(row.reasons)};
        if (opener) {
            const auto words = wordsIn(city, row.envelope, *opener);
            if (!words) return tl::unexpected(words.error());
            cells.push_back(base::csvCell(words->reveal()));
        }
        base::addCsvLine(csv, cells);
    }
    return csv;
}

}  // namespace tram::gateway

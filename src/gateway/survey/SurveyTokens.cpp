#include "gateway/survey/SurveyTokens.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
namespace voprf = crypto::voprf;

namespace {

constexpr std::string_view kPurpose = "tram survey tokens 1\n";

Result<void> note(SQLite::Database& db, const std::string& survey, const std::string& subject,
                  const std::string& asked) {
    auto row =
        sql::query(db, "SELECT asked FROM survey_issued WHERE survey = ? AND subject = ?", survey, subject);
    if (!row.executeStep()) {
        sql::exec(db, "INSERT INTO survey_issued (survey, subject, asked) VALUES (?, ?, ?)", survey, subject,
                  asked);
        return {};
    }
    if (row.getColumn(0).getString() != asked) return base::fail(ProblemKind::Conflict);
    return {};
}

}  // namespace

SurveyTokens::SurveyTokens(SharedDatabase& reports, const crypto::SigningKey& identity) : reports_(reports) {
    const auto secret = identity.secret();
    seed_ =
        base::SecretBytes(*crypto::fromHex(crypto::keyedHashHex(secret.reveal(), crypto::view(kPurpose))));
}

voprf::ServerKey SurveyTokens::key(const std::string& survey) const {
    return voprf::ServerKey::derive(seed_, survey);
}

Result<SurveyTokens::Issued> SurveyTokens::issue(const std::string& survey, const std::string& subject,
                                                 const voprf::Element& blinded) {
    const auto asked = crypto::sha256Hex(blinded.bytes());
    auto noted = reports_.write([&](SQLite::Database& db) { return note(db, survey, subject, asked); });
    if (!noted) return tl::unexpected(noted.error());
    const auto ours = key(survey);
    return Issued{ours.evaluate(blinded), ours.publicKey()};
}

bool SurveyTokens::isOurs(const std::string& survey, const base::SecretText& token,
                          const base::SecretText& proof) const {
    const auto input = crypto::fromBase64Url(token.reveal()), output = crypto::fromBase64Url(proof.reveal());
    return input && output && crypto::equalConstantTime(key(survey).evaluate(*input).reveal(), *output);
}

}  // namespace tram::gateway

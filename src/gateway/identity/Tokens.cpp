#include "gateway/identity/Tokens.h"

#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"
#include "oidc/ClientAssertion.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

// An assertion may be 60 s early or late (RFC 7523 §3 leaves the skew to us); its jti is kept a little
// longer.
constexpr std::chrono::seconds kSkew{120};

// So far a clock that is put right may step back while something of ten minutes is good.
constexpr std::chrono::hours kStepBack{1};

/// False when this jti was seen before.
bool rememberJti(SQLite::Database& db, const oidc::ClientAssertion& assertion, base::WallTime now) {
    sql::exec(db, "DELETE FROM assertions WHERE expires_at < ?", sql::millis(now));
    return sql::exec(db, "INSERT OR IGNORE INTO assertions (kiosk, jti, expires_at) VALUES (?, ?, ?)",
                     assertion.clientId, assertion.jti, sql::millis(assertion.expiresAt + kSkew)) == 1;
}

}  // namespace

Result<Kiosk> Tokens::prove(std::string_view jwt, base::WallTime now) {
    const auto refused = [] { return base::fail(ProblemKind::Unauthorized); };
    const auto client = oidc::ClientAssertion::claimedClient(jwt);
    if (!client) return refused();
    auto kiosk = kiosks_.find(*client);
    if (!kiosk) return tl::unexpected(kiosk.error());
    if (!*kiosk) return refused();
    const auto key = crypto::VerifyKey::parse((*kiosk)->key);
    if (!key) return base::fail(ProblemKind::StoreDamaged);
    const auto assertion = oidc::ClientAssertion::verify(jwt, audience_, now, *key);
    if (!assertion) return refused();
    if ((*kiosk)->revokedAt) return base::fail(ProblemKind::Forbidden);
    const auto fresh =
        db_.write([&](SQLite::Database& db) -> Result<bool> { return rememberJti(db, *assertion, now); });
    if (!fresh) return tl::unexpected(fresh.error());
    if (!*fresh) return refused();
    return std::move(**kiosk);
}

Result<std::string> Tokens::issue(const Kiosk& kiosk, base::WallTime now) {
    const auto token = crypto::toBase64Url(crypto::randomBytes(32));
    return db_.write([&](SQLite::Database& db) -> Result<std::string> {
        sql::exec(db, "DELETE FROM tokens WHERE expires_at < ?", sql::millis(now));
        sql::exec(db, "INSERT INTO tokens (hash, kiosk, expires_at) VALUES (?, ?, ?)",
                  crypto::sha256Hex(token), kiosk.id, sql::millis(now + kLife));
        return token;
    });
}

Result<std::optional<Kiosk>> Tokens::kioskOf(std::string_view token, base::WallTime now) {
    const auto id = db_.read([&](SQLite::Database& db) -> Result<std::string> {
        // Not one either that a clock which was ahead has made to last for years.
        auto row =
            sql::query(db, "SELECT kiosk FROM tokens WHERE hash = ? AND expires_at > ? AND expires_at <= ?",
                       crypto::sha256Hex(token), sql::millis(now), sql::millis(now + kLife + kStepBack));
        return row.executeStep() ? row.getColumn(0).getString() : std::string();
    });
    if (!id) return tl::unexpected(id.error());
    if (id->empty()) return std::nullopt;
    auto kiosk = kiosks_.find(*id);
    if (kiosk && *kiosk && (*kiosk)->revokedAt) return std::nullopt;
    return kiosk;
}

}  // namespace tram::gateway

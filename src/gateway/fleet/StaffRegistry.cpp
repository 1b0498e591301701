#include "gateway/fleet/StaffRegistry.h"

#include <algorithm>
#include <array>

#include "base/Crockford.h"
#include "base/Random.h"
#include "base/VietnameseText.h"
#include "gateway/storage/Sql.h"
#include "wire/SignInWait.h"

namespace tram::gateway {
namespace {

using base::fail;
using base::ProblemKind;
using base::Result;
using crypto::PinKeys;
using wire::SignInWait;

constexpr std::string_view kPepperPurpose = "tram staff codes 1\n";
constexpr std::size_t kStaffIdBytes = 5, kStaffPinDigits = 6;
constexpr const char* kNextChange = "(SELECT coalesce(max(changed), 0) + 1 FROM staff)";

std::string digits(std::size_t count) {
    std::string text;
    while (text.size() < count) {
        std::array<unsigned char, 1> chance{};
        base::fillRandom(chance);
        if (chance[0] < 250) text += static_cast<char>('0' + chance[0] % 10);
    }
    return text;
}

std::string fairPin() {
    auto pin = digits(kStaffPinDigits);
    while (!crypto::isFairPin(pin)) pin = digits(kStaffPinDigits);
    return pin;
}

crypto::Bytes randomBytes(std::size_t count) {
    crypto::Bytes bytes(count);
    base::fillRandom(bytes);
    return bytes;
}

std::string newStaffId() {
    return "S-" + base::crockford::encode(randomBytes(kStaffIdBytes));
}

crypto::Bytes bytesIn(SQLite::Statement& row, int column) {
    return crypto::fromBase64(row.getColumn(column).getString()).value_or(crypto::Bytes());
}

wire::StaffRole roleIn(SQLite::Statement& row, int column) {
    return wire::staffRoleFrom(row.getColumn(column).getString()).value_or(wire::StaffRole::Helper);
}

bool isStaffedWard(std::string_view ward) {
    return ward.size() == 5 && ward.find_first_not_of("0123456789") == ward.npos;
}

Result<void> outOfRange(const char* key, const char* expected) {
    return fail(ProblemKind::OutOfRange, {{"key", key}, {"expected", expected}});
}

/// Whether a ward's list still holds one more.
bool hasRoom(SQLite::Database& db, const std::string& ward) {
    constexpr std::int64_t kMostOfOne = 2 * wire::kMaxStaffLine, kRest = 400;
    auto row = sql::query(db, R"sql(SELECT count(*), coalesce(sum(length(CAST(name || unit AS BLOB))), 0)
        FROM staff WHERE ward = ? AND revoked_at IS NULL)sql",
                          ward);
    row.executeStep();
    const auto count = row.getColumn(0).getInt64(), bytes = row.getColumn(1).getInt64();
    return count < static_cast<std::int64_t>(wire::StaffList::kMostMembers) &&
           bytes + kMostOfOne + (count + 1) * kRest <= static_cast<std::int64_t>(wire::StaffList::kMaxBytes);
}

void insert(SQLite::Database& db, const StaffRegistry::Given& given, const std::string& codeVerifier,
            base::WallTime now) {
    const auto& member = given.member;
    sql::exec(
        db,
        (std::string("INSERT INTO staff (id, ward, code, name, unit, role, badge, salt, verifier, code_salt, "
                     "code_verifier, added_at, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ") +
         kNextChange + ")")
            .c_str(),
        member.id, given.ward, given.code, member.name, member.unit, std::string(name(member.role)),
        member.badge, crypto::toBase64(member.salt), crypto::toBase64(member.verifier),
        crypto::toBase64(given.codeSalt), codeVerifier, sql::millis(now));
}

bool isTaken(SQLite::Database& db, const std::string& id, const std::string& code) {
    return sql::query(db, "SELECT 1 FROM staff WHERE id = ? OR code = ?", id, code).executeStep();
}

}  // namespace

/// Of a new badge and a new PIN.
struct StaffRegistry::Keys {
    base::SecretText badge, pin;
    std::string badgeHash, codeVerifier;
    crypto::Bytes salt, verifier, codeSalt;
};

struct StaffRegistry::Tried {
    wire::StaffSignedIn who;
    crypto::Bytes salt;
    std::string verifier;
};

std::string_view name(StaffRegistry::Standing standing) {
    constexpr std::array<std::string_view, 3> kNames{"known", "revoked", "unknown"};
    return kNames[static_cast<std::size_t>(standing)];
}

StaffRegistry::StaffRegistry(SharedDatabase& reports, const crypto::SigningKey& identity, PinKeys::Cost cost)
    : db_(reports), cost_(cost) {
    const auto secret = identity.secret();
    pepper_ = base::SecretBytes(
        *crypto::fromHex(crypto::keyedHashHex(secret.reveal(), crypto::view(kPepperPurpose))));
}

std::string StaffRegistry::peppered(crypto::ByteView hash) const {
    return crypto::keyedHashHex(pepper_.reveal(), hash);
}

Result<StaffRegistry::Keys> StaffRegistry::makeKeys() const {
    const base::SecretBytes secret(randomBytes(PinKeys::kBadgeBytes));
    Keys keys{wire::BadgeCode::write(secret),   base::SecretText(fairPin()),
              wire::BadgeCode::hashOf(secret),  {},
              randomBytes(PinKeys::kSaltBytes), {},
              randomBytes(PinKeys::kSaltBytes)};
    const auto byBadge = PinKeys::derive(keys.pin, secret, keys.salt, cost_);
    if (!byBadge) return tl::unexpected(byBadge.error());
    const auto byCode = PinKeys::derive(keys.pin, base::SecretBytes(), keys.codeSalt, cost_);
    if (!byCode) return tl::unexpected(byCode.error());
    keys.verifier = byBadge->verifierHash();
    keys.codeVerifier = peppered(byCode->verifierHash());
    return keys;
}

Result<StaffRegistry::Issued> StaffRegistry::add(const std::string& ward, const Newcomer& who,
                                                 base::WallTime now) {
    if (!isStaffedWard(ward)) return tl::unexpected(outOfRange("ward", "five digits").error());
    const auto name = base::clean(who.name, false), unit = base::clean(who.unit, false);
    if (!wire::isStaffName(name) || name.size() > wire::kMaxStaffLine)
        return tl::unexpected(outOfRange("name", "1 to 100 characters").error());
    if (!unit.empty() && (!wire::isStaffName(unit) || unit.size() > wire::kMaxStaffLine))
        return tl::unexpected(outOfRange("unit", "up to 100 characters").error());
    auto keys = makeKeys();
    if (!keys) return tl::unexpected(keys.error());
    return db_.write([&](SQLite::Database& db) -> Result<Issued> {
        if (!hasRoom(db, ward))
            return tl::unexpected(outOfRange("ward", "at most 1000 members of staff").error());
        Given given{ward,
                    digits(wire::StaffSignIn::kCodeDigits),
                    {newStaffId(), name, unit, who.role, keys->badgeHash, keys->salt, keys->verifier},
                    keys->codeSalt,
                    {}};
        while (isTaken(db, given.member.id, given.code)) {
            given.member.id = newStaffId();
            given.code = digits(wire::StaffSignIn::kCodeDigits);
        }
        insert(db, given, keys->codeVerifier, now);
        return Issued{given.member, given.code, std::move(keys->badge), std::move(keys->pin)};
    });
}

Result<void> StaffRegistry::give(const Given& given, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        if (!isTaken(db, given.member.id, given.code)) insert(db, given, peppered(given.codeHash), now);
        return {};
    });
}

Result<StaffRegistry::Issued> StaffRegistry::renew(const std::string& id) {
    auto keys = makeKeys();
    if (!keys) return tl::unexpected(keys.error());
    return db_.write([&](SQLite::Database& db) -> Result<Issued> {
        const int changed = sql::exec(
            db,
            (std::string(
                 "UPDATE staff SET badge = ?, salt = ?, verifier = ?, code_salt = ?, code_verifier = ?, "
                 "errors = 0, wait_until = 0, changed = ") +
             kNextChange + " WHERE id = ? AND revoked_at IS NULL")
                .c_str(),
            keys->badgeHash, crypto::toBase64(keys->salt), crypto::toBase64(keys->verifier),
            crypto::toBase64(keys->codeSalt), keys->codeVerifier, id);
        if (changed == 0) return fail(ProblemKind::NotFound);
        auto row = sql::query(db, "SELECT name, unit, role, code FROM staff WHERE id = ?", id);
        row.executeStep();
        return Issued{{id, row.getColumn(0).getString(), row.getColumn(1).getString(), roleIn(row, 2),
                       keys->badgeHash, keys->salt, keys->verifier},
                      row.getColumn(3).getString(),
                      std::move(keys->badge),
                      std::move(keys->pin)};
    });
}

Result<void> StaffRegistry::revoke(const std::string& id, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const int changed = sql::exec(db,
                                      (std::string("UPDATE staff SET revoked_at = ?, changed = ") +
                                       kNextChange + " WHERE id = ? AND revoked_at IS NULL")
                                          .c_str(),
                                      sql::millis(now), id);
        if (changed == 0) return fail(ProblemKind::NotFound);
        return {};
    });
}

Result<void> StaffRegistry::unlock(const std::string& id) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const int changed = sql::exec(
            db, "UPDATE staff SET errors = 0, wait_until = 0 WHERE id = ? AND revoked_at IS NULL", id);
        if (changed == 0) return fail(ProblemKind::NotFound);
        return {};
    });
}

Result<std::vector<StaffRegistry::Row>> StaffRegistry::list(const std::string& ward) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto rows = sql::query(db, R"sql(SELECT id, ward, code, name, unit, role, added_at, revoked_at, errors
            FROM staff WHERE ?1 = '' OR ward = ?1 ORDER BY ward, name, id)sql",
                               ward);
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep()) {
            Row row{text(0),
                    text(1),
                    text(2),
                    text(3),
                    text(4),
                    roleIn(rows, 5),
                    sql::wall(rows.getColumn(6).getInt64()),
                    std::nullopt,
                    rows.getColumn(8).getInt() >= SignInWait::kLockedAt};
            if (!rows.getColumn(7).isNull()) row.revokedAt = sql::wall(rows.getColumn(7).getInt64());
            all.push_back(std::move(row));
        }
        return all;
    });
}

Result<std::int64_t> StaffRegistry::changedIn(const std::string& ward) {
    return db_.read([&](SQLite::Database& db) -> Result<std::int64_t> {
        auto row = sql::query(db, "SELECT coalesce(max(changed), 0) FROM staff WHERE ward = ?", ward);
        row.executeStep();
        return row.getColumn(0).getInt64();
    });
}

Result<StaffRegistry::Ward> StaffRegistry::ofWard(const std::string& ward) {
    const auto changed = changedIn(ward);
    if (!changed) return tl::unexpected(changed.error());
    return db_.read([&](SQLite::Database& db) -> Result<Ward> {
        Ward all{*changed, {}};
        auto rows = sql::query(db, R"sql(SELECT id, name, unit, role, badge, salt, verifier FROM staff
            WHERE ward = ? AND revoked_at IS NULL ORDER BY id)sql",
                               ward);
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep())
            all.members.push_back(
                {text(0), text(1), text(2), roleIn(rows, 3), text(4), bytesIn(rows, 5), bytesIn(rows, 6)});
        return all;
    });
}

/// Counts the error before the PIN is looked at: who pulls the plug wins nothing.
Result<StaffRegistry::Tried> StaffRegistry::begin(const std::string& ward, const std::string& code,
                                                  base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<Tried> {
        auto row =
            sql::query(db, R"sql(SELECT id, name, unit, role, code_salt, code_verifier, errors, wait_until
            FROM staff WHERE code = ? AND ward = ? AND revoked_at IS NULL)sql",
                       code, ward);
        if (!row.executeStep()) return Tried{};
        const int errors = row.getColumn(6).getInt();
        if (errors >= SignInWait::kLockedAt) return fail(ProblemKind::Forbidden);
        // Cut to the longest: by a clock that was ahead nobody is kept out for years.
        const auto longest = SignInWait::after(errors);
        const auto wait = std::min<base::Millis>(sql::wall(row.getColumn(7).getInt64()) - now, longest);
        if (wait.count() > 0)
            return fail(
                ProblemKind::TooManyRequests,
                {{"retry_after_s", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count())}});
        Tried tried{{row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                     roleIn(row, 3)},
                    bytesIn(row, 4),
                    row.getColumn(5).getString()};
        sql::exec(db, "UPDATE staff SET errors = ?, wait_until = ? WHERE id = ?", errors + 1,
                  sql::millis(now + SignInWait::after(errors + 1)), tried.who.id);
        return tried;
    });
}

/// A code that is not there takes the same time.
Result<wire::StaffSignedIn> StaffRegistry::signIn(const std::string& ward, const wire::StaffSignIn& typed,
                                                  base::WallTime now) {
    auto tried = begin(ward, typed.code.reveal(), now);
    if (!tried) return tl::unexpected(tried.error());
    const bool there = !tried->salt.empty();
    const auto keys = PinKeys::derive(typed.pin, base::SecretBytes(),
                                      there ? tried->salt : crypto::Bytes(PinKeys::kSaltBytes), cost_);
    if (!keys) return tl::unexpected(keys.error());
    const auto shown = peppered(keys->verifierHash());
    if (!there || !crypto::equalConstantTime(crypto::view(shown), crypto::view(tried->verifier)))
        return fail(ProblemKind::Unprocessable);
    if (const auto cleared = unlock(tried->who.id); !cleared)
        return fail(cleared.error().kind == ProblemKind::NotFound ? ProblemKind::Unprocessable
                                                                  : cleared.error().kind);
    return std::move(tried->who);
}

Result<StaffRegistry::Standing> StaffRegistry::standing(const std::string& id, wire::StaffRole role,
                                                        const std::string& ward, base::WallTime at) {
    return db_.read([&](SQLite::Database& db) -> Result<Standing> {
        auto row = sql::query(db, "SELECT revoked_at FROM staff WHERE id = ? AND role = ? AND ward = ?", id,
                              std::string(wire::name(role)), ward);
        if (!row.executeStep()) return Standing::Unknown;
        if (row.getColumn(0).isNull() || at < sql::wall(row.getColumn(0).getInt64())) return Standing::Known;
        return Standing::Revoked;
    });
}

}  // namespace tram::gateway

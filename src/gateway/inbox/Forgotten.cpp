#include "gateway/inbox/Forgotten.h"

#include <string>

#include "crypto/Bytes.h"

namespace tram::gateway {
namespace {

// 128 bits tell ten million ids apart; the row is a quarter smaller than with all of them.
constexpr std::size_t kNameBytes = 16;

crypto::Bytes hashOf(std::string_view text) {
    return *crypto::fromHex(crypto::sha256Hex(crypto::view(text)));
}

crypto::Bytes nameOf(std::string_view id) {
    auto hash = hashOf(id);
    hash.resize(kNameBytes);
    return hash;
}

void bindBlob(SQLite::Statement& statement, int at, const crypto::Bytes& bytes) {
    statement.bind(at, bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

void rememberForgotten(SQLite::Database& db, std::string_view id, std::string_view bytes, bool erased) {
    SQLite::Statement insert(
        db, "INSERT OR IGNORE INTO forgotten (id_hash, bytes_hash, erased) VALUES (?, ?, ?)");
    bindBlob(insert, 1, nameOf(id));
    bindBlob(insert, 2, hashOf(bytes));
    insert.bind(3, erased ? 1 : 0);
    insert.exec();
}

void rememberErased(SQLite::Database& db, std::string_view id) {
    SQLite::Statement update(db, "UPDATE forgotten SET erased = 1 WHERE id_hash = ?");
    bindBlob(update, 1, nameOf(id));
    update.exec();
}

ForgottenReports::ForgottenReports(SQLite::Database& db)
    : row_(db, "SELECT erased FROM forgotten WHERE id_hash = ?") {}

std::optional<bool> ForgottenReports::wasErased(std::string_view id) {
    row_.reset();
    bindBlob(row_, 1, nameOf(id));
    if (!row_.executeStep()) return std::nullopt;
    return row_.getColumn(0).getInt() != 0;
}

std::optional<bool> sameAsForgotten(SQLite::Database& db, std::string_view id, std::string_view bytes) {
    SQLite::Statement row(db, "SELECT bytes_hash FROM forgotten WHERE id_hash = ?");
    bindBlob(row, 1, nameOf(id));
    if (!row.executeStep()) return std::nullopt;
    const auto kept = row.getColumn(0);
    const auto ours = hashOf(bytes);
    return std::string_view(static_cast<const char*>(kept.getBlob()),
                            static_cast<std::size_t>(kept.getBytes())) ==
           std::string_view(reinterpret_cast<const char*>(ours.data()), ours.size());
}

}  // namespace tram::gateway

#include "gateway/fleet/StaffPublisher.h"

#include <algorithm>

#include "base/Log.h"
#include "gateway/storage/Sql.h"
#include "wire/Dsse.h"

namespace tram::gateway {
namespace {

using base::Result;
using base::WallTime;

std::int64_t staffSeconds(WallTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

struct StaffPublisher::Published {
    std::int64_t changed = -1, version = 0;
    WallTime signedAt{}, expires{};
    std::string signer, document;
};

Result<RoleKeyFile::Key> StaffPublisher::key() {
    auto key = keyFile_.follow();
    if (!key) {
        base::log::problem("staff_lists.key_not_read", key.error());
        key = keyFile_.follow();
    }
    if (key && !*key) return base::fail(base::ProblemKind::NotFound);
    return key;
}

Result<StaffPublisher::Published> StaffPublisher::last(const std::string& ward) {
    return db_.read([&](SQLite::Database& db) -> Result<Published> {
        auto row = sql::query(db, R"sql(SELECT changed, version, signed_at, expires, signer, document
            FROM staff_lists WHERE ward = ?)sql",
                              ward);
        if (!row.executeStep()) return Published{};
        return Published{row.getColumn(0).getInt64(),
                         row.getColumn(1).getInt64(),
                         sql::wall(row.getColumn(2).getInt64()),
                         sql::wall(row.getColumn(3).getInt64()),
                         row.getColumn(4).getString(),
                         row.getColumn(5).getString()};
    });
}

Result<std::string> StaffPublisher::sign(const std::string& ward, const Published& last,
                                         const crypto::SigningKey& key, WallTime now) {
    auto staff = staff_.ofWard(ward);
    if (!staff) return tl::unexpected(staff.error());
    const wire::StaffList list{std::max(staffSeconds(now), last.version + 1),
                               ward,
                               now,
                               now + life_,
                               staff_.cost(),
                               std::move(staff->members)};
    wire::Cosigned document{std::string(wire::StaffList::kPayloadType), list.toJson(), {}};
    // Kiosks read it the same way: what they would refuse is not published over what they have.
    if (auto read = wire::StaffList::parse(document.payload); !read) return tl::unexpected(read.error());
    document.sign(key);
    auto bytes = document.toJson();
    if (now < last.signedAt) base::log::warning("staff_lists.clock_went_back");
    return db_.write([&](SQLite::Database& db) -> Result<std::string> {
        sql::exec(db, R"sql(INSERT OR REPLACE INTO staff_lists
            (ward, changed, version, signed_at, expires, signer, document) VALUES (?, ?, ?, ?, ?, ?, ?))sql",
                  ward, staff->changed, list.version, sql::millis(now), sql::millis(list.expires),
                  key.verifyKey().text(), bytes);
        return bytes;
    });
}

Result<StaffPublisher::Document> StaffPublisher::of(const std::string& ward, WallTime now) {
    const auto key = this->key();
    if (!key) return tl::unexpected(key.error());
    const std::lock_guard lock(signing_);
    const auto changed = staff_.changedIn(ward);
    if (!changed) return tl::unexpected(changed.error());
    auto kept = last(ward);
    if (!kept) return tl::unexpected(kept.error());
    // Signed under a clock that was ahead and has been set right: kiosks are not to live in that time.
    const bool good = kept->changed == *changed && kept->signer == (*key)->verifyKey().text() &&
                      now >= kept->signedAt && now + life_ / 2 < kept->expires;
    auto bytes = good ? Result<std::string>(std::move(kept->document)) : sign(ward, *kept, **key, now);
    if (!bytes) return tl::unexpected(bytes.error());
    auto etag = '"' + crypto::sha256Hex(crypto::view(*bytes)).substr(0, 32) + '"';
    return Document{std::move(*bytes), std::move(etag)};
}

}  // namespace tram::gateway

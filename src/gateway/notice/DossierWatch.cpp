#include "gateway/notice/DossierWatch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Phone.h"
#include "wire/Scrub.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using wire::DossierState;

namespace {

constexpr std::int64_t kRound = 20;
constexpr std::size_t kTokenBytes = 16, kTail = 4, kMostKept = 2048;
constexpr base::Millis kBackoff{5000}, kMostBackoff{1'800'000};
constexpr std::chrono::days kGiveUp{3}, kNewsAgain{1};
constexpr std::chrono::hours kZone{7};
constexpr base::Millis kFarAhead{std::chrono::hours(24)};

constexpr std::string_view kNews[] = {"", "papers_asked", "payment_asked", "late", "finished", "closed"};

/// Enough to know which of one's own it is; not enough to look it up.
std::string tailOf(const std::string& code) {
    return code.size() <= kTail ? code : code.substr(code.size() - kTail);
}

std::string dayOf(base::WallTime at) {
    return base::toRfc3339(at).substr(0, 10);
}

}  // namespace

std::string_view name(News news) {
    return kNews[static_cast<std::size_t>(news)];
}

bool isLast(News news) {
    return news == News::Finished || news == News::Closed;
}

News newsOf(const wire::DossierStatus& status) {
    switch (status.state) {
        case DossierState::PapersAsked:
            return News::PapersAsked;
        case DossierState::PaymentAsked:
            return News::PaymentAsked;
        case DossierState::Finished:
        case DossierState::HandedOver:
            return News::Finished;
        case DossierState::Declined:
        case DossierState::Withdrawn:
        case DossierState::Stopped:
            return News::Closed;
        case DossierState::Unknown:
        case DossierState::Registered:
        case DossierState::Received:
        case DossierState::InProgress:
            break;
    }
    return status.workingDays.value_or(0) < 0 ? News::Late : News::None;
}

struct DossierWatch::Row {
    std::string watch, channel, language;
    Vault::Sealed sealed;
    int tries = 0;
    std::string news, notice;  ///< of a notice
    base::WallTime madeAt{};
};

std::vector<wire::Channel> DossierWatch::offers() const {
    return parts_.notifier ? parts_.notifier->offers() : std::vector<wire::Channel>();
}

Result<wire::WatchAnswer> DossierWatch::watch(const wire::DossierStatus& status,
                                              const wire::WatchRequest& request) {
    const auto channels = offers();
    if (std::ranges::find(channels, request.channel) == channels.end())
        return base::fail(ProblemKind::Unprocessable, {{"key", "channel"}});
    const auto known = newsOf(status);
    if (isLast(known)) return base::fail(ProblemKind::Unprocessable, {{"key", "state"}});
    const auto now = clock_.wall();
    const auto token = crypto::toBase64Url(crypto::randomBytes(kTokenBytes));
    const wire::ScrubbedJson plain(
        json{{"code", status.code}, {"to", request.to.reveal()}, {"token", token}});
    const auto sealed = parts_.vault.seal(base::SecretText(wire::dumpJson(plain.value)));
    if (!sealed) return base::fail(ProblemKind::KeyMissing);
    const auto address = parts_.vault.index(base::SecretText(wire::addressKey(request.to.reveal())));
    const auto who = parts_.vault.index(
        base::SecretText(status.code + '\n' + std::string(wire::name(request.channel)) + '\n' + address));
    const auto ends = now + parts_.rules.longest;
    auto kept = db_.write([&](SQLite::Database& db) -> Result<void> {
        auto same = sql::query(db, "SELECT id FROM watches WHERE who = ?", who);
        if (same.executeStep()) {  // it is watched for this phone already: for longer, then
            sql::exec(db, "UPDATE watches SET ends_at = ?, over = 0, language = ?, consent = ? WHERE who = ?",
                      sql::millis(ends), request.language, request.consentVersion + " " + request.consentAt,
                      who);
            return {};
        }
        auto taken = sql::query(db, "SELECT 1 FROM watches WHERE id = ?", request.id.text());
        if (taken.executeStep()) return base::fail(ProblemKind::Conflict);
        auto many = sql::query(db, "SELECT count(*) FROM watches WHERE address = ?", address);
        many.executeStep();
        if (many.getColumn(0).getInt() >= parts_.rules.perAddress)
            return base::fail(ProblemKind::TooManyRequests, {{"retry_after_s", "86400"}});
        sql::exec(db,
                  R"sql(INSERT INTO watches (id, who, address, leave, key, sealed, channel, language, consent,
                created_at, due_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))sql",
                  request.id.text(), who, address, crypto::sha256Hex(token), sealed->key, sealed->bytes,
                  std::string(wire::name(request.channel)), request.language,
                  request.consentVersion + " " + request.consentAt, sql::millis(now),
                  sql::millis(now + parts_.rules.every), sql::millis(ends));
        // Whoever asks stands before it and sees it.
        if (known != News::None)
            sql::exec(db, R"sql(INSERT INTO notices (watch, news, id, made_at, due_at, sent_at)
                VALUES (?1, ?2, ?3, ?4, ?4, ?4))sql",
                      request.id.text(), std::string(name(known)), base::Uuid::v7(now).text(),
                      sql::millis(now));
        return {};
    });
    if (!kept) return tl::unexpected(kept.error());
    return wire::WatchAnswer{dayOf(ends)};
}

Result<bool> DossierWatch::knows(const std::string& token) {
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, "SELECT 1 FROM watches WHERE leave = ?", crypto::sha256Hex(token))
            .executeStep();
    });
}

Result<bool> DossierWatch::leave(const std::string& token) {
    return db_.write([&](SQLite::Database& db) -> Result<bool> {
        return sql::exec(db, "DELETE FROM watches WHERE leave = ?", crypto::sha256Hex(token)) > 0;
    });
}

Result<std::vector<DossierWatch::Row>> DossierWatch::dueWatches(base::WallTime now) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto row = sql::query(db, R"sql(SELECT id, channel, language, key, sealed, tries FROM watches
            WHERE over = 0 AND (due_at <= ?1 OR due_at > ?2) AND ends_at > ?1 ORDER BY due_at LIMIT ?3)sql",
                              sql::millis(now), sql::millis(now + kFarAhead + parts_.rules.every), kRound);
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        while (row.executeStep())
            all.push_back({text(0), text(1), text(2), {text(3), text(4)}, row.getColumn(5).getInt()});
        return all;
    });
}

Result<std::vector<DossierWatch::Row>> DossierWatch::dueNotices(base::WallTime now) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto row =
            sql::query(db, R"sql(SELECT w.id, w.channel, w.language, w.key, w.sealed, n.tries, n.news, n.id,
            n.made_at FROM notices n JOIN watches w ON w.id = n.watch
            WHERE n.sent_at IS NULL AND (n.due_at <= ?1 OR n.due_at > ?2) ORDER BY n.due_at LIMIT ?3)sql",
                       sql::millis(now), sql::millis(now + kFarAhead), kRound);
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        while (row.executeStep())
            all.push_back({text(0),
                           text(1),
                           text(2),
                           {text(3), text(4)},
                           row.getColumn(5).getInt(),
                           text(6),
                           text(7),
                           sql::wall(row.getColumn(8).getInt64())});
        return all;
    });
}

Result<DossierWatch::Kept> DossierWatch::opened(const Row& row) const {
    const auto plain = parts_.vault.open(row.sealed);
    if (!plain) return tl::unexpected(plain.error());
    auto parsed = wire::parseJson(plain->reveal(), kMostKept);
    if (!parsed) return base::fail(ProblemKind::StoreDamaged);
    const wire::ScrubbedJson body(std::move(*parsed));
    wire::Members members(body.value);
    Kept kept{members.secret("code", wire::DossierStatus::kLongestCode), members.secret("to", 254),
              members.text("token", 64, wire::isToken)};
    return members.finish().map([&] { return std::move(kept); });
}

/// Not at night: a message wakes people.
base::WallTime DossierWatch::whenAwake(base::WallTime at) const {
    const auto local = at + kZone;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto from = day + std::chrono::hours(parts_.rules.fromHour);
    const auto until = day + std::chrono::hours(parts_.rules.untilHour);
    if (local < from) return base::WallTime(from) - kZone;
    if (local >= until) return base::WallTime(from + std::chrono::days(1)) - kZone;
    return at;
}

Result<void> DossierWatch::look(const Row& row) {
    const auto kept = opened(row);
    if (!kept) return tl::unexpected(kept.error());
    const auto status = parts_.ask(kept->code.reveal());
    if (!status) return tl::unexpected(status.error());
    const auto now = clock_.wall();
    const auto news = *status ? newsOf(**status) : News::None;
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        // It may have been left meanwhile.
        const auto there = sql::exec(db, "UPDATE watches SET due_at = ?, tries = 0, over = ? WHERE id = ?",
                                     sql::millis(now + parts_.rules.every), isLast(news) ? 1 : 0, row.watch);
        if (there == 0) return {};
        // What is asked for a second time is news again, once a day at most.
        // What has not gone out and is no longer so does not.
        sql::exec(db,
                  "DELETE FROM notices WHERE watch = ? AND news <> ? AND (sent_at IS NULL OR sent_at <= ?)",
                  row.watch, std::string(name(news)), sql::millis(now - kNewsAgain));
        if (news == News::None) return {};
        sql::exec(db, R"sql(INSERT OR IGNORE INTO notices (watch, news, id, made_at, due_at)
            VALUES (?, ?, ?, ?, ?))sql",
                  row.watch, std::string(name(news)), base::Uuid::v7(now).text(), sql::millis(now),
                  sql::millis(whenAwake(now)));
        return {};
    });
}

/// It was read a while ago: a watch that was ended meanwhile says nothing more.
Result<bool> DossierWatch::isStillToSend(const Row& row) {
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, "SELECT 1 FROM notices WHERE id = ? AND sent_at IS NULL", row.notice)
            .executeStep();
    });
}

Result<void> DossierWatch::send(const Row& row) {
    const auto wanted = isStillToSend(row);
    if (!wanted) return tl::unexpected(wanted.error());
    if (!*wanted) return {};
    auto kept = opened(row);
    if (!kept) return tl::unexpected(kept.error());
    const auto channel = wire::channelFrom(row.channel);
    if (!channel) return base::fail(ProblemKind::StoreDamaged);
    Notice notice;
    notice.id = row.notice;
    notice.channel = *channel;
    notice.to = std::move(kept->to);
    notice.templateId = "dossier_" + row.news;
    notice.language = row.language;
    notice.facts = {{"code", tailOf(kept->code.reveal())},
                    {"state", parts_.say(row.language, "notice.state." + row.news, {})},
                    {"link", parts_.leaveLink(kept->token, row.language)}};
    notice.text = parts_.say(row.language, "notice.text", notice.facts);
    auto sent = parts_.notifier->send(notice);
    // What will never go out is not tried for ever.
    if (!sent && sent.error().kind != ProblemKind::Unprocessable) return sent;
    if (!sent) base::log::problem("notices.refused", sent.error());
    const auto now = clock_.wall();
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE notices SET sent_at = ? WHERE id = ?", sql::millis(now), row.notice);
        return {};
    });
}

Result<void> DossierWatch::later(const Row& row, base::WallTime now, bool notice) {
    const auto wait = std::min(kMostBackoff, kBackoff * (1 << std::clamp(row.tries, 0, 12)));
    const auto next = notice ? whenAwake(now + wait) : now + std::max(wait, base::Millis(parts_.rules.every));
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        if (notice && now - row.madeAt > kGiveUp)  // news of three days ago is none
            sql::exec(db, "UPDATE notices SET sent_at = ? WHERE id = ?", sql::millis(now), row.notice);
        else if (notice)
            sql::exec(db, "UPDATE notices SET due_at = ?, tries = tries + 1 WHERE id = ?", sql::millis(next),
                      row.notice);
        else
            sql::exec(db, "UPDATE watches SET due_at = ?, tries = tries + 1 WHERE id = ?", sql::millis(next),
                      row.watch);
        return {};
    });
}

Result<bool> DossierWatch::step(const std::function<bool()>& stopping) {
    if (!connected()) return false;
    const auto now = clock_.wall();
    const auto watches = dueWatches(now);
    if (!watches) return tl::unexpected(watches.error());
    for (const auto& row : *watches) {
        if (stopping()) return false;
        if (auto looked = look(row); !looked) {
            base::log::problem("notices.look_postponed", looked.error());
            if (auto noted = later(row, now, false); !noted) return tl::unexpected(noted.error());
        }
    }
    const auto notices = dueNotices(clock_.wall());
    if (!notices) return tl::unexpected(notices.error());
    for (const auto& row : *notices) {
        if (stopping()) return false;
        if (auto sent = send(row); !sent) {
            base::log::problem("notices.postponed", sent.error());
            if (auto noted = later(row, now, true); !noted) return tl::unexpected(noted.error());
        }
    }
    return static_cast<std::int64_t>(watches->size()) == kRound ||
           static_cast<std::int64_t>(notices->size()) == kRound;
}

Result<std::size_t> DossierWatch::sweep() {
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(sql::exec(db, R"sql(DELETE FROM watches WHERE over = 1
            AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.watch = watches.id AND n.sent_at IS NULL))sql"));
    });
}

Result<std::size_t> DossierWatch::sweepEnded() {
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(
            sql::exec(db, "DELETE FROM watches WHERE ends_at <= ?", sql::millis(clock_.wall())));
    });
}

Result<std::size_t> DossierWatch::count() {
    return db_.read([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(db.execAndGet("SELECT count(*) FROM watches").getInt64());
    });
}

Result<std::size_t> forgetWatches(SharedDatabase& db, const std::string& address) {
    return db.write([&](SQLite::Database& raw) -> Result<std::size_t> {
        return static_cast<std::size_t>(sql::exec(raw, "DELETE FROM watches WHERE address = ?", address));
    });
}

}  // namespace tram::gateway

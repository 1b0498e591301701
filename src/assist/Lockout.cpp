#include "assist/Lockout.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "base/Log.h"
#include "wire/Handling.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::assist {

namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxBook = 256 * 1024, kMostMembers = 1000, kMaxBoot = 64;
constexpr std::int64_t kMostMillisWaited = std::int64_t{1} << 53;

json countValue(int errors, const base::BootTime& until) {
    json value = {{"errors", errors}};
    if (!until.bootId.empty()) {
        value["boot"] = until.bootId;
        value["until"] = until.sinceBoot.count();
    }
    return value;
}

int readCount(wire::Members& members, base::BootTime& until) {
    const auto errors = static_cast<int>(members.integer("errors", 0, Lockout::kLockedAt));
    until.bootId = members.optionalText("boot", kMaxBoot, wire::isToken);
    if (!until.bootId.empty()) until.sinceBoot = base::Millis(members.integer("until", 0, kMostMillisWaited));
    return errors;
}

}  // namespace

/// A damaged book is a locked station: who damages it must win nothing. A missing one is a new station's.
Result<Lockout::Book> Lockout::read() const {
    const auto text = base::readFile(file_, kMaxBook);
    if (!text && text.error().kind == ProblemKind::FileMissing) return Book{};
    Book book;
    const auto parsed = text ? wire::parseJson(*text, kMaxBook) : base::Result<json>(json());
    if (text && parsed) {
        wire::Members members(*parsed);
        members.version(1);
        wire::Members station(members.object("station"));
        book.station.errors = readCount(station, book.station.until);
        members.adopt(station.finish());
        for (const json& item : members.array("members", 0, kMostMembers)) {
            wire::Members one(item);
            const auto id = one.text("id", wire::kLongestStaffId, wire::isStaffId);
            Count count;
            count.errors = readCount(one, count.until);
            members.adopt(one.finish());
            if (!book.members.emplace(id, count).second) members.refuse("members");
        }
        if (members.finish()) return book;
    }
    base::log::warning("lockout_damaged");
    return Book{.station = {kLockedAt, {}}, .members = {}, .changed = true};
}

Result<void> Lockout::write(const Book& book) const {
    json value = {{"v", 1}, {"station", countValue(book.station.errors, book.station.until)}};
    value["members"] = json::array();
    for (const auto& [id, count] : book.members) {
        if (count.errors == 0) continue;
        value["members"].push_back(countValue(count.errors, count.until));
        value["members"].back()["id"] = id;
    }
    return base::writeFileAtomically(file_, wire::dumpJson(value), 0600);
}

/// A wait of another boot begins anew, from when it is first looked at; one that is longer than any is cut.
Lockout::Standing Lockout::standing(Count& count, const base::BootTime& now, bool& changed) {
    if (count.errors >= kLockedAt) return {Gate::Locked, {}};
    const auto whole = wire::SignInWait::after(count.errors);
    if (whole.count() == 0 || count.until.bootId.empty()) return {};
    const auto longest = now.sinceBoot + whole;
    if (count.until.bootId != now.bootId || count.until.sinceBoot > longest) {
        count.until = {now.bootId, longest};
        changed = true;
    }
    const auto left = count.until.sinceBoot - now.sinceBoot;
    return left.count() > 0 ? Standing{Gate::Waiting, left} : Standing{};
}

Lockout::Standing Lockout::standing(Book& book, const Attempt& attempt, const base::BootTime& now) const {
    const bool opens = attempt.supervisor || attempt.online;
    if (book.station.errors >= kLockedAt && !opens) return {Gate::StationLocked, {}};
    if (!attempt.member.empty()) {
        const auto found = book.members.find(attempt.member);
        return found == book.members.end() ? Standing{} : standing(found->second, now, book.changed);
    }
    return book.station.errors >= kLockedAt ? Standing{} : standing(book.station, now, book.changed);
}

void Lockout::addError(Count& count, const base::BootTime& now) {
    count.errors = std::min(count.errors + 1, kLockedAt);
    const auto wait = wire::SignInWait::after(count.errors);
    count.until = wait.count() > 0 ? base::BootTime{now.bootId, now.sinceBoot + wait} : base::BootTime{};
}

Result<Lockout::Standing> Lockout::look(const Attempt& attempt) {
    const std::lock_guard lock(mutex_);
    auto book = read();
    if (!book) return tl::unexpected(book.error());
    const auto found = standing(*book, attempt, clock_.boot());
    if (book->changed)
        if (auto written = write(*book); !written) return tl::unexpected(written.error());
    return found;
}

Result<Lockout::Standing> Lockout::begin(const Attempt& attempt) {
    const std::lock_guard lock(mutex_);
    auto book = read();
    if (!book) return tl::unexpected(book.error());
    const auto now = clock_.boot();
    const auto found = standing(*book, attempt, now);
    if (found.gate == Gate::Open) {
        addError(attempt.member.empty() ? book->station : book->members[attempt.member], now);
        book->changed = true;
    }
    if (book->changed)
        if (auto written = write(*book); !written) return tl::unexpected(written.error());
    return found;
}

Result<void> Lockout::succeeded(const Attempt& attempt) {
    const std::lock_guard lock(mutex_);
    auto book = read();
    if (!book) return tl::unexpected(book.error());
    if (!attempt.member.empty()) book->members.erase(attempt.member);
    const bool opens = attempt.supervisor || attempt.online;
    if (opens || book->station.errors < kLockedAt) book->station = {};
    return write(*book);
}

/// It was tried when there was no wait left: so there is none now.
Result<void> Lockout::takeBack(const Attempt& attempt) {
    const std::lock_guard lock(mutex_);
    auto book = read();
    if (!book) return tl::unexpected(book.error());
    auto& count = attempt.member.empty() ? book->station : book->members[attempt.member];
    if (count.errors >= kLockedAt) return {};
    count = {std::max(count.errors - 1, 0), {}};
    return write(*book);
}

Result<void> Lockout::unlock(const std::string& member, wire::StaffRole by) {
    if (!allows(by, wire::Permission::UnlockStaff)) return base::fail(ProblemKind::Forbidden);
    const std::lock_guard lock(mutex_);
    auto book = read();
    if (!book) return tl::unexpected(book.error());
    if (member.empty())
        book->station = {};
    else
        book->members.erase(member);
    return write(*book);
}

Result<std::vector<std::string>> Lockout::locked() {
    const std::lock_guard lock(mutex_);
    const auto book = read();
    if (!book) return tl::unexpected(book.error());
    std::vector<std::string> all;
    if (book->station.errors >= kLockedAt) all.emplace_back();
    for (const auto& [id, count] : book->members)
        if (count.errors >= kLockedAt) all.push_back(id);
    return all;
}

}  // namespace tram::assist

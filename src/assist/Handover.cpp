#include "assist/Handover.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "crypto/Bytes.h"
#include "wire/Handling.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::assist {

namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

static_assert(Handover::kMaxBytes <= PIPE_BUF);
constexpr std::size_t kMaxPerson = 400, kMaxUnitName = 400, kMaxBootId = 64, kMaxWay = 16, kMaxBadge = 128;
constexpr std::int64_t kMostMillis = std::int64_t{1} << 53;

bool isRole(std::string_view text) {
    return wire::staffRoleFrom(text).has_value();
}
bool isBadgeOrNone(std::string_view text) {
    return text.empty() || wire::isToken(text);
}
bool isWay(std::string_view text) {
    return text == "badge" || text == "code";
}

/// A descriptor that is closed on every way out.
class OpenEnd {
  public:
    explicit OpenEnd(int end) : end_(end) {}
    OpenEnd(const OpenEnd&) = delete;
    OpenEnd& operator=(const OpenEnd&) = delete;
    ~OpenEnd() {
        if (end_ >= 0) ::close(end_);
    }
    int get() const { return end_; }
    int release() { return std::exchange(end_, -1); }

  private:
    int end_;
};

}  // namespace

base::SecretText Handover::toBytes(const StaffSession& session) {
    wire::ScrubbedJson body(json{{"v", 1},
                                 {"staff", session.who_.id},
                                 {"name", session.who_.name},
                                 {"unit", session.who_.unit},
                                 {"role", name(session.who_.role)},
                                 {"how", session.how_ == SignedInBy::BadgeAndPin ? "badge" : "code"},
                                 {"boot", session.signedIn_.bootId},
                                 {"signed_in", session.signedIn_.sinceBoot.count()},
                                 {"last", session.lastActivity_.sinceBoot.count()},
                                 {"locked", session.locked_},
                                 {"badge", session.badge_.reveal()},
                                 {"seed", crypto::toBase64(session.draftSeed_.reveal())}});
    return base::SecretText(wire::dumpJson(body.value));
}

Result<StaffSession> Handover::fromBytes(std::string_view bytes, const base::BootTime& now) {
    auto parsed = wire::parseJson(bytes, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const wire::ScrubbedJson body(std::move(*parsed));
    wire::Members members(body.value);
    members.version(1);
    StaffSession::Who who;
    who.id = members.text("staff", wire::kLongestStaffId, wire::isStaffId);
    who.name = members.text("name", kMaxPerson, wire::isNotEmpty);
    who.unit = members.text("unit", kMaxUnitName);
    who.role = wire::staffRoleFrom(members.text("role", kMaxWay, isRole)).value_or(wire::StaffRole::Helper);
    const auto how =
        members.text("how", kMaxWay, isWay) == "badge" ? SignedInBy::BadgeAndPin : SignedInBy::CodeAndPin;
    const base::BootTime signedIn{members.text("boot", kMaxBootId, wire::isToken),
                                  base::Millis(members.integer("signed_in", 0, kMostMillis))};
    const base::Millis last(members.integer("last", signedIn.sinceBoot.count(), kMostMillis));
    const bool locked = members.flag("locked");
    auto badge = members.secret("badge", kMaxBadge, isBadgeOrNone);
    base::SecretBytes seed(members.base64("seed", 0, StaffSession::kSeedBytes));
    const bool seedFits = seed.empty() || (seed.reveal().size() == StaffSession::kSeedBytes && !locked &&
                                           how == SignedInBy::BadgeAndPin);
    if (!seedFits) members.refuse("seed");
    if (badge.empty() != (how == SignedInBy::CodeAndPin)) members.refuse("badge");
    if (auto fine = members.finish(); !fine) return tl::unexpected(fine.error());
    StaffSession session(std::move(who), how, std::move(badge), std::move(seed), signedIn);
    session.lastActivity_.sinceBoot = last;
    session.locked_ = locked;
    // Of another boot, or of a moment that has not come.
    if (last > now.sinceBoot || session.look(now) == StaffSession::Standing::Ended)
        return base::fail(ProblemKind::Expired);
    return session;
}

Result<int> Handover::toPipe(const StaffSession& session) {
    const auto bytes = toBytes(session);
    if (bytes.reveal().size() > kMaxBytes) return base::fail(ProblemKind::TooLarge);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return base::fail(ProblemKind::Internal);
    OpenEnd reading(ends[0]);
    const OpenEnd writing(ends[1]);
    const auto wrote = ::write(writing.get(), bytes.reveal().data(), bytes.reveal().size());
    if (wrote != static_cast<ssize_t>(bytes.reveal().size()) || ::fcntl(reading.get(), F_SETFD, 0) != 0)
        return base::fail(ProblemKind::Internal);
    return reading.release();
}

Result<StaffSession> Handover::fromPipe(int end, const base::BootTime& now) {
    const OpenEnd reading(end);
    std::array<char, kMaxBytes + 1> into{};
    std::size_t have = 0;
    while (have < into.size()) {
        const auto got = ::read(reading.get(), into.data() + have, into.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        have += static_cast<std::size_t>(got);
    }
    auto session = fromBytes(std::string_view(into.data(), have), now);
    base::wipe(into.data(), into.size());
    return session;
}

}  // namespace tram::assist

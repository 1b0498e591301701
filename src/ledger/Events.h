#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/Result.h"

namespace tram::ledger {

/// What staff do, one line of the log each. What each may say beside who and where is in one table
/// (Events.cpp): words out of a list, counts, ids of staff. There is no member that could hold anything of a
/// resident, and what the table does not name is not written.
enum class Kind : std::uint8_t {
    ChainBegun,  ///< the first line of each chain: why it begins
    LogResumed,  ///< after a power cut in the middle of a line, which nobody had been told was written
    SignIn,
    SignInRefused,
    Locked,
    Unlocked,
    SessionEnded,
    HelpStarted,
    FileOpened,
    ConsentGiven,
    ConsentRefused,
    Errand,
    HelpEnded,
    AppCounted,
    PaperScanned,
    QueueRetried,
    SetAside,
    DeviceTested,
    ReportPrinted,
    LogShown,
    LogExported,
    StaffUnlocked,
    LeftFullScreen,
    DraftRestored,
    DraftDropped
};
inline constexpr std::size_t kKinds = 25;
std::string_view name(Kind kind);  ///< "chain_begun", …
std::optional<Kind> kindFrom(std::string_view name);

using Value = std::variant<std::int64_t, std::string>;
using Values = std::map<std::string, Value, std::less<>>;

struct Event {
    Kind kind = Kind::HelpStarted;
    std::string staff;  ///< "S-…"; "" where nobody is known, or nobody did it
    std::string desk;   ///< the station's name; "" before it is enrolled
    Values members = {};
    bool operator==(const Event&) const = default;
};

enum class Member : std::uint8_t {
    Word /* one of the list */,
    Count,
    Staff /* "S-…" */,
    Version /* of a text: small letters, digits, - . _, never five digits in a row */
};
struct MemberRule {
    std::string_view name;
    Member type = Member::Word;
    bool required = true;
    std::span<const std::string_view> words = {};
};
struct EventRule {
    enum class Who : std::uint8_t { Nobody, Perhaps, Somebody };
    Kind kind;
    std::string_view name;
    Who who = Who::Somebody;
    std::span<const MemberRule> members = {};
};
const EventRule& ruleFor(Kind kind);

inline constexpr std::size_t kLongestStaff = 24, kLongestDesk = 256;
inline constexpr std::int64_t kMostCount = std::int64_t{1} << 53;  // exact in JSON (RFC 8259 §6)
/// "S-" and letters A to Z, digits or inner dashes.
bool isStaff(std::string_view text);
/// One line of well-formed text, at most kLongestDesk bytes.
bool isDesk(std::string_view text);

/// Malformed, fact key, when it says anything that its rule does not allow, or not all that it demands.
base::Result<void> check(const Event& event);

}  // namespace tram::ledger

#include "ledger/Events.h"

#include <algorithm>
#include <array>

#include "base/VietnameseText.h"

namespace tram::ledger {
namespace {

using base::ProblemKind;
using base::Result;
using Who = EventRule::Who;
using Words = std::span<const std::string_view>;

constexpr std::string_view kBegins[] = {"first",     "missing",  "edited",    "removed", "inserted",
                                        "reordered", "cut_tail", "rewritten", "spliced", "unreadable"};
constexpr std::string_view kRoles[] = {"helper", "officer", "supervisor"};
constexpr std::string_view kWays[] = {"badge", "code"};
constexpr std::string_view kRefusals[] = {"wrong_pin", "not_on_list",    "list_too_old", "waiting",
                                          "locked",    "station_locked", "no_line",      "failed"};
constexpr std::string_view kLocks[] = {"asked", "idle"};
constexpr std::string_view kSessionEnds[] = {"asked", "too_long", "revoked", "another_signed_in", "stopped"};
constexpr std::string_view kIdentified[] = {"vneid", "card", "none"};
constexpr std::string_view kHows[] = {"touch", "aloud"};
constexpr std::string_view kWhens[] = {"asked", "half_way"};
constexpr std::string_view kErrands[] = {"look_up", "guide",  "take_number", "survey",
                                         "rating",  "fault",  "feedback",    "appointment",
                                         "watch",   "rights", "account",     "papers"};
constexpr std::string_view kOutcomes[] = {"done", "kept", "given_up", "failed"};
constexpr std::string_view kDispositions[] = {"helped", "referred", "left", "refused_consent"};
constexpr std::string_view kPlatforms[] = {"android", "ios", "other"};
constexpr std::string_view kAppOutcomes[] = {"installed", "signed_in", "not_done"};
constexpr std::string_view kPapers[] = {"ordinary", "identity"};
// As outbox::AsideReason and doctor::Part are called (tests/tool/LogCommandTest).
constexpr std::string_view kAsideReasons[] = {"aside_withdrawn", "aside_sent_otherwise", "aside_trial",
                                              "aside_asking"};
constexpr std::string_view kDevices[] = {"camera", "printer", "network", "gateway",
                                         "clock",  "store",   "content"};
constexpr std::string_view kTests[] = {"works", "fails"};
constexpr std::string_view kReports[] = {"day", "week", "campaign", "readiness", "poster"};
constexpr std::string_view kWhereTo[] = {"printer", "gateway"};

constexpr MemberRule word(std::string_view name, Words words, bool required = true) {
    return {name, Member::Word, required, words};
}
constexpr MemberRule count(std::string_view name, bool required = true) {
    return {name, Member::Count, required};
}

constexpr MemberRule kOfChainBegun[] = {word("after", kBegins), count("broken_at", false)};
constexpr MemberRule kOfLogResumed[] = {count("torn_bytes")};
constexpr MemberRule kOfSignIn[] = {word("role", kRoles), word("way", kWays)};
constexpr MemberRule kOfSignInRefused[] = {word("reason", kRefusals), word("way", kWays, false)};
constexpr MemberRule kOfLocked[] = {word("reason", kLocks)};
constexpr MemberRule kOfSessionEnded[] = {word("reason", kSessionEnds), count("helped", false)};
constexpr MemberRule kOfFileOpened[] = {word("identified", kIdentified)};
constexpr MemberRule kOfConsentGiven[] = {word("how", kHows), {"text", Member::Version}};
constexpr MemberRule kOfConsentRefused[] = {word("when", kWhens), {"text", Member::Version, false}};
constexpr MemberRule kOfErrand[] = {word("errand", kErrands), word("outcome", kOutcomes, false)};
constexpr MemberRule kOfHelpEnded[] = {word("disposition", kDispositions), count("errands", false),
                                       count("seconds", false)};
constexpr MemberRule kOfAppCounted[] = {word("outcome", kAppOutcomes), word("platform", kPlatforms),
                                        count("people", false)};
constexpr MemberRule kOfPaperScanned[] = {count("pages"), word("paper", kPapers, false)};
constexpr MemberRule kOfQueueRetried[] = {count("items")};
constexpr MemberRule kOfSetAside[] = {count("items"), word("reason", kAsideReasons)};
constexpr MemberRule kOfDeviceTested[] = {word("device", kDevices), word("outcome", kTests)};
constexpr MemberRule kOfReportPrinted[] = {word("report", kReports), word("to", kWhereTo)};
constexpr MemberRule kOfLogExported[] = {count("lines")};
constexpr MemberRule kOfStaffUnlocked[] = {{"whom", Member::Staff, false}};  // without: the station
constexpr MemberRule kOfDraft[] = {word("errand", kErrands, false)};

constexpr EventRule kRules[] = {
    {Kind::ChainBegun, "chain_begun", Who::Nobody, kOfChainBegun},
    {Kind::LogResumed, "log_resumed", Who::Nobody, kOfLogResumed},
    {Kind::SignIn, "sign_in", Who::Somebody, kOfSignIn},
    {Kind::SignInRefused, "sign_in_refused", Who::Perhaps, kOfSignInRefused},
    {Kind::Locked, "locked", Who::Somebody, kOfLocked},
    {Kind::Unlocked, "unlocked", Who::Somebody, {}},
    {Kind::SessionEnded, "session_ended", Who::Somebody, kOfSessionEnded},
    {Kind::HelpStarted, "help_started", Who::Somebody, {}},
    {Kind::FileOpened, "file_opened", Who::Somebody, kOfFileOpened},
    {Kind::ConsentGiven, "consent_given", Who::Somebody, kOfConsentGiven},
    {Kind::ConsentRefused, "consent_refused", Who::Somebody, kOfConsentRefused},
    {Kind::Errand, "errand", Who::Somebody, kOfErrand},
    {Kind::HelpEnded, "help_ended", Who::Somebody, kOfHelpEnded},
    {Kind::AppCounted, "app_counted", Who::Somebody, kOfAppCounted},
    {Kind::PaperScanned, "paper_scanned", Who::Somebody, kOfPaperScanned},
    {Kind::QueueRetried, "queue_retried", Who::Somebody, kOfQueueRetried},
    {Kind::SetAside, "set_aside", Who::Somebody, kOfSetAside},
    {Kind::DeviceTested, "device_tested", Who::Somebody, kOfDeviceTested},
    {Kind::ReportPrinted, "report_printed", Who::Somebody, kOfReportPrinted},
    {Kind::LogShown, "log_shown", Who::Somebody, {}},
    {Kind::LogExported, "log_exported", Who::Perhaps, kOfLogExported},
    {Kind::StaffUnlocked, "staff_unlocked", Who::Somebody, kOfStaffUnlocked},
    {Kind::LeftFullScreen, "left_full_screen", Who::Somebody, {}},
    {Kind::DraftRestored, "draft_restored", Who::Somebody, kOfDraft},
    {Kind::DraftDropped, "draft_dropped", Who::Somebody, kOfDraft},
};
static_assert(std::size(kRules) == kKinds);
static_assert([] {
    for (std::size_t at = 0; at < kKinds; ++at)
        if (static_cast<std::size_t>(kRules[at].kind) != at) return false;
    return true;
}());

bool isVersion(std::string_view text) {
    constexpr std::size_t kLongest = 32, kMostDigits = 4;
    std::size_t digits = 0;
    for (const char c : text) {
        const bool digit = '0' <= c && c <= '9';
        digits = digit ? digits + 1 : 0;
        if (digits > kMostDigits) return false;
        if (!digit && !('a' <= c && c <= 'z') && c != '-' && c != '.' && c != '_') return false;
    }
    return !text.empty() && text.size() <= kLongest;
}

bool fits(const MemberRule& rule, const Value& value) {
    if (rule.type == Member::Count) {
        const auto* number = std::get_if<std::int64_t>(&value);
        return number && 0 <= *number && *number <= kMostCount;
    }
    const auto* text = std::get_if<std::string>(&value);
    if (!text) return false;
    if (rule.type == Member::Staff) return isStaff(*text);
    if (rule.type == Member::Version) return isVersion(*text);
    return std::ranges::find(rule.words, *text) != rule.words.end();
}

Result<void> refuse(std::string_view key) {
    return base::fail(ProblemKind::Malformed, {{"key", std::string(key)}});
}

Result<void> checkMembers(const EventRule& rule, const Values& members) {
    std::size_t known = 0;
    for (const auto& member : rule.members) {
        const auto found = members.find(member.name);
        if (found == members.end() && member.required) return refuse(member.name);
        if (found == members.end()) continue;
        if (!fits(member, found->second)) return refuse(member.name);
        ++known;
    }
    if (known == members.size()) return {};
    return refuse("members");
}

}  // namespace

const EventRule& ruleFor(Kind kind) {
    return kRules[static_cast<std::size_t>(kind)];
}

std::string_view name(Kind kind) {
    return ruleFor(kind).name;
}

std::optional<Kind> kindFrom(std::string_view name) {
    const auto* found = std::ranges::find(kRules, name, &EventRule::name);
    if (found == std::end(kRules)) return std::nullopt;
    return found->kind;
}

bool isStaff(std::string_view text) {
    constexpr std::string_view kPrefix = "S-";
    if (!text.starts_with(kPrefix) || text.size() > kLongestStaff) return false;
    text.remove_prefix(kPrefix.size());
    return !text.empty() && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(
               text, [](char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '-'; });
}

bool isDesk(std::string_view text) {
    return text.size() <= kLongestDesk && base::clean(text) == text;
}

Result<void> check(const Event& event) {
    const auto& rule = ruleFor(event.kind);
    const bool named = !event.staff.empty();
    if (named ? rule.who == Who::Nobody || !isStaff(event.staff) : rule.who == Who::Somebody)
        return refuse("staff");
    if (!isDesk(event.desk)) return refuse("desk");
    return checkMembers(rule, event.members);
}

}  // namespace tram::ledger

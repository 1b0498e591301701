#include "identity/CitizenCard.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "base/VietnameseText.h"

namespace tram::identity {
namespace {

using base::ProblemKind;
using base::SecretText;

enum Field { Number, OldNumber, Name, Birth, Sex, Address, Issued, kKept };
using Fields = std::array<std::string_view, kKept>;

constexpr std::size_t kMaxName = 100, kMaxAddress = 400;  // characters, as a person counts them
constexpr auto kFirstIssue = std::chrono::year_month_day(std::chrono::January / 1 / 2000);
constexpr auto kWritten =
    std::chrono::sys_days(std::chrono::November / 1 / 2026);  // no right clock is before

base::Result<CitizenCard> refuse(const char* what) {
    return base::fail(ProblemKind::Malformed, {{"detail", what}});
}

bool isDigits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

std::string_view withoutBlanks(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// The first seven; what follows is not looked at. Nothing when there are fewer.
std::optional<Fields> firstFields(std::string_view text) {
    Fields fields;
    for (auto& field : fields) {
        if (text.data() == nullptr) return std::nullopt;
        const auto bar = text.find('|');
        field = withoutBlanks(text.substr(0, bar));
        text = bar == text.npos ? std::string_view() : text.substr(bar + 1);
    }
    return fields;
}

int toInt(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

/// DDMMYYYY, a day there was.
std::optional<std::chrono::year_month_day> date(std::string_view text) {
    using namespace std::chrono;
    if (!isDigits(text, 8)) return std::nullopt;
    const year_month_day day{year(toInt(text.substr(4))),
                             month(static_cast<unsigned>(toInt(text.substr(2, 2)))),
                             std::chrono::day(static_cast<unsigned>(toInt(text.substr(0, 2))))};
    if (!day.ok() || day.year() < year(1900)) return std::nullopt;
    return day;
}

std::string isoDate(std::string_view text) {
    return std::string(text.substr(4)) + "-" + std::string(text.substr(2, 2)) + "-" +
           std::string(text.substr(0, 2));
}

bool isLatin(char32_t c) {
    const auto script = [c](UScriptCode code) {
        return uscript_hasScript(static_cast<UChar32>(c), code) != 0;
    };
    return script(USCRIPT_LATIN) || script(USCRIPT_INHERITED);
}

/// Apostrophes as people, phones and registers write them ("H'Hen", "O\u2019Brien", "Ka\u02BBiulani"), and
/// what else stands between the parts of a name.
bool joinsParts(char32_t c) {
    constexpr std::u32string_view kAll = U" '\u2019\u2018\u02BB\u02BC-\u2010\u2011.\u00B7";
    return kAll.find(c) != kAll.npos;
}

/// Cards write everybody's name in Latin letters, also that of somebody born elsewhere.
bool isName(const std::string& name) {
    bool lettered = false;
    for (const char32_t c : base::toUtf32(name)) {
        const auto category = U_GET_GC_MASK(static_cast<UChar32>(c));
        const bool letter = (category & U_GC_L_MASK) != 0 && isLatin(c);
        const bool mark = (category & U_GC_MN_MASK) != 0 && isLatin(c) && lettered;
        if (!letter && !mark && !joinsParts(c)) return false;
        lettered |= letter;
    }
    return lettered && base::characters(name) <= kMaxName;
}

std::optional<int> sexDigit(const std::string& sex) {
    const auto folded = base::fold(sex);
    if (folded == "nam") return 0;
    if (folded == "nu") return 1;
    return std::nullopt;
}

/// Thông tư 59/2021/TT-BCA: the fourth digit is twice the centuries since 1900, and one more for a woman; two
/// of the year follow.
bool fits(std::string_view number, int year, int sex) {
    return number[3] - '0' == (year / 100 - 19) * 2 + sex && toInt(number.substr(4, 2)) == year % 100;
}

/// The last day that a card may have been issued on; nothing when this machine has lost the time.
std::optional<std::chrono::year_month_day> lastIssue(base::WallTime now) {
    using namespace std::chrono;
    constexpr hours kHoChiMinhCity{7};
    const auto today = floor<days>(now + kHoChiMinhCity);
    if (today < kWritten) return std::nullopt;
    return year_month_day(today + days(1));
}

bool couldBeIssued(std::chrono::year_month_day issued, std::chrono::year_month_day born, base::WallTime now) {
    const auto last = lastIssue(now);
    return kFirstIssue <= issued && born <= issued && (!last || issued <= *last);
}

/// Nothing a person cannot see, and nothing that is not UTF-8, is in it.
bool isClean(std::string_view text) {
    const bool controls = std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    return !controls && base::toNfc(text).find("\xEF\xBF\xBD") == std::string::npos;
}

}  // namespace

base::Result<CitizenCard> CitizenCard::read(std::string_view text, base::WallTime now) {
    if (text.size() > kMaxBytes) return refuse("fields");
    const auto fields = firstFields(text);
    if (!fields || !std::ranges::all_of(*fields, isClean)) return refuse("fields");
    const auto& f = *fields;
    if (!isDigits(f[Number], 12) || !(f[OldNumber].empty() || isDigits(f[OldNumber], 9)))
        return refuse("number");
    SecretText name(base::clean(f[Name]));
    if (!isName(name.reveal())) return refuse("name");
    const auto born = date(f[Birth]), issued = date(f[Issued]);
    if (!born || !issued || !couldBeIssued(*issued, *born, now)) return refuse("date");
    const auto sex = sexDigit(std::string(f[Sex]));
    if (!sex) return refuse("sex");
    if (f[Address].empty() || base::characters(f[Address]) > kMaxAddress) return refuse("fields");
    if (!fits(f[Number], static_cast<int>(born->year()), *sex)) return refuse("mismatch");
    return CitizenCard{SecretText(std::string(f[Number])), std::move(name), SecretText(isoDate(f[Birth]))};
}

bool CitizenCard::resembles(std::string_view text) {
    if (text.size() > kMaxBytes) return false;
    const auto fields = firstFields(text);
    if (!fields) return false;
    const auto& f = *fields;
    return isDigits(f[Number], 12) + isDigits(f[Birth], 8) + sexDigit(std::string(f[Sex])).has_value() >= 2;
}

}  // namespace tram::identity

#include "wire/DossierCode.h"

#include <algorithm>
#include <optional>
#include <regex>

#include "base/VietnameseText.h"

namespace tram::wire {
namespace {

using Verdict = DossierReading::Verdict;
using Group = DossierReading::Group;

constexpr std::size_t kMostBytes = 4096;  // nobody decodes more to hear that it is too long

bool isDash(char32_t c) {
    constexpr std::u32string_view kOthers = U"\u00AD\u058A\u2043\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D";
    return c == U'-' || (0x2010 <= c && c <= 0x2015) || kOthers.find(c) != kOthers.npos;
}

/// Also what nobody sees: zero widths and a byte order mark.
bool isBlank(char32_t c) {
    constexpr std::u32string_view kOthers = U" \u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u2060\u3000\uFEFF";
    return (0x09 <= c && c <= 0x0D) || (0x2000 <= c && c <= 0x200F) || kOthers.find(c) != kOthers.npos;
}

/// Wide forms of an Asian keyboard, small letters.
char32_t plain(char32_t c) {
    if (0xFF01 <= c && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x2024 || c == 0x3002) return U'.';
    return U'a' <= c && c <= U'z' ? c - 32 : c;
}

/// Blanks mean nothing, or stand where a dash belongs.
enum class Blanks { Dropped, Dashes };

std::u32string tidied(std::string_view text, Blanks blanks) {
    std::u32string out;
    bool blank = false;
    const auto dash = [&out] {
        if (!out.ends_with(U'-')) out += U'-';  // "--" is what some phones make of one
    };
    for (const char32_t c : base::toUtf32(text)) {
        if (isBlank(c)) {
            blank = blanks == Blanks::Dashes && !out.empty();
            continue;
        }
        if (blank || isDash(c)) dash();
        if (!isDash(c)) out += plain(c);
        blank = false;
    }
    return out;
}

bool isDigit(char c) {
    return '0' <= c && c <= '9';
}
bool isCapital(char c) {
    return 'A' <= c && c <= 'Z';
}
bool areDigits(std::string_view text) {
    return std::ranges::all_of(text, isDigit);
}

/// The digit that a letter is taken for; 0 when it looks like none.
char lookalike(char c) {
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : '\0';
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t end = 0; end != text.npos; text.remove_prefix(std::min(text.size(), end + 1))) {
        end = text.find(at);
        parts.push_back(text.substr(0, end));
    }
    return parts;
}

/// Letter and two digits, as in H29.
bool isOrganisation(std::string_view part) {
    return part.size() == 3 && isCapital(part[0]) && areDigits(part.substr(1));
}

enum class Fit { No, Begun, Whole };

Fit fitOfPart(std::string_view part, bool last) {
    if (isOrganisation(part)) return Fit::Whole;
    if (part.empty()) return last ? Fit::Begun : Fit::No;
    if (areDigits(part)) return part.size() <= 3 ? Fit::Whole : Fit::No;
    const bool begun = last && part.size() < 3 && isCapital(part[0]) && areDigits(part.substr(1));
    return begun ? Fit::Begun : Fit::No;
}

/// "H29", "H29.25", "000.00.01.H29": one letter's part, first or last.
Fit fitOfOrganisation(std::string_view group) {
    const auto parts = split(group, '.');
    if (parts.size() > 4) return Fit::No;
    for (const auto& part : parts)
        if (fitOfPart(part, &part == &parts.back()) == Fit::No) return Fit::No;
    const auto letters = std::ranges::count_if(parts, isOrganisation);
    if (letters == 0) return parts.size() == 4 && areDigits(parts.back()) ? Fit::No : Fit::Begun;
    if (letters > 1 || !(isOrganisation(parts.front()) || isOrganisation(parts.back()))) return Fit::No;
    return parts.back().empty() ? Fit::Begun : Fit::Whole;
}

Fit fitOfDigits(std::string_view group, std::size_t least, std::size_t most) {
    if (group.size() > most || !areDigits(group)) return Fit::No;
    return group.size() < least ? Fit::Begun : Fit::Whole;
}

Fit fitOf(std::size_t which, std::string_view group) {
    if (which == 0) return fitOfOrganisation(group);
    if (which == 1) return group.size() == 7 ? Fit::Begun : fitOfDigits(group, 6, 8);
    return which == 2 ? fitOfDigits(group, 4, 7) : Fit::No;
}

/// O, I and L are taken for digits wherever one of the usual shapes has only digits.
std::string withDigits(std::string text, std::size_t keep = std::string::npos) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (const char digit = lookalike(text[i]); digit && i != keep) text[i] = digit;
    return text;
}

/// Why a text that fits no pattern does not: by the usual shapes.
DossierReading explained(const std::string& text) {
    const auto groups = split(text, '-');
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto fit = fitOf(i, i == 0 ? groups[i] : std::string_view(withDigits(std::string(groups[i]))));
        const bool last = i + 1 == groups.size();
        if (fit == Fit::Whole || (last && fit == Fit::Begun)) continue;
        return {Verdict::WrongShape, text, static_cast<Group>(std::min<std::size_t>(i, 2) + 1)};
    }
    return {Verdict::Incomplete, text};
}

/// "H29" of both "000.00.01.H29-…" and "H29.25-…"; "" when no part is such.
std::string_view organisationOf(std::string_view code) {
    for (const auto part : split(code.substr(0, code.find('-')), '.'))
        if (isOrganisation(part)) return part;
    return "";
}

}  // namespace

struct DossierPatterns::Compiled {
    std::vector<std::regex> patterns;
    std::vector<std::string> home;
    bool usual = false;
};

std::string_view name(Verdict verdict) {
    constexpr std::string_view kNames[] = {"empty", "incomplete", "too_long", "wrong_shape", "complete"};
    return kNames[static_cast<std::size_t>(verdict)];
}
std::string_view name(Group group) {
    constexpr std::string_view kNames[] = {"", "organisation", "day", "number"};
    return kNames[static_cast<std::size_t>(group)];
}

std::vector<std::string> DossierPatterns::usual() {
    return {R"((?:\d{2,3}\.){1,3}[A-Z]\d{2}-\d{6}-\d{4,7})",
            R"([A-Z]\d{2}(?:\.\d{1,3}){0,3}-(?:\d{6}|\d{8})-\d{4,7})"};
}

base::Result<DossierPatterns> DossierPatterns::make(std::vector<std::string> patterns,
                                                    std::vector<std::string> home) {
    auto compiled = std::make_shared<Compiled>();
    for (const std::string& pattern : patterns) {
        try {
            compiled->patterns.emplace_back(pattern, std::regex::ECMAScript | std::regex::optimize);
        } catch (const std::regex_error&) {
            return base::fail(base::ProblemKind::BadConfig,
                              {{"line", std::to_string(compiled->patterns.size())}});
        }
    }
    compiled->home = std::move(home);
    compiled->usual = patterns == usual();
    DossierPatterns made;
    made.compiled_ = std::move(compiled);
    return made;
}

bool DossierPatterns::fits(std::string_view text) const {
    return compiled_ && text.size() <= kLongest &&
           std::ranges::any_of(compiled_->patterns, [&](const std::regex& one) {
               return std::regex_match(text.begin(), text.end(), one);
           });
}

/// The text, or the one reading of its O, I and L as digits that fits; "" when none does. One of them may be
/// the letter that belongs there.
std::string DossierPatterns::repaired(const std::string& text) const {
    if (fits(text)) return text;
    if (auto all = withDigits(text); fits(all)) return all;
    for (std::size_t i = 0; i < text.size() && text.size() <= kLongest; ++i)
        if (lookalike(text[i]))
            if (auto others = withDigits(text, i); fits(others)) return others;
    return "";
}

DossierReading DossierPatterns::read(std::string_view text) const {
    if (text.size() > kMostBytes) return {Verdict::TooLong};
    const auto wide = tidied(text, Blanks::Dropped);
    if (wide.empty()) return {Verdict::Empty};
    if (wide.size() > kLongest) return {Verdict::TooLong};
    auto reading = readTidy(base::toUtf8(wide));
    if (reading.verdict != Verdict::WrongShape) return reading;
    // "H29.168 261105 0042": read out, or typed without looking for the dash.
    const auto dashed = tidied(text, Blanks::Dashes);
    if (dashed == wide || dashed.size() > kLongest) return reading;
    auto other = readTidy(base::toUtf8(dashed));
    return other.verdict == Verdict::WrongShape ? reading : other;
}

DossierReading DossierPatterns::readTidy(const std::string& tidy) const {
    if (auto code = repaired(tidy); !code.empty()) {
        const auto organisation = organisationOf(code);
        const bool elsewhere =
            !organisation.empty() && std::ranges::count(compiled_->home, organisation) == 0;
        return {Verdict::Complete, std::move(code), Group::None, elsewhere};
    }
    return compiled_ && compiled_->usual ? explained(tidy) : DossierReading{Verdict::WrongShape, tidy};
}

}  // namespace tram::wire

#include "identity/Slip.h"

#include <algorithm>

#include "base/TrackingCode.h"

namespace tram::identity {

namespace {

constexpr std::string_view kDigits = "0123456789";

bool digitsOnly(std::string_view text) {
    return text.find_first_not_of(kDigits) == text.npos;
}

/// A receipt's code is written in groups of three.
bool hasFourDigits(std::string_view text) {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i)
        if (digitsOnly(text.substr(i, 4))) return true;
    return false;
}

bool isLetterOrDigit(char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

Slip slipOfReport(std::string_view typed) {
    using Typed = base::TrackingCode::Typed;
    const auto symbols = std::ranges::count_if(typed, isLetterOrDigit);
    const bool plain =
        std::ranges::all_of(typed, [](char c) { return isLetterOrDigit(c) || c == '-' || c == ' '; });
    if (!plain || symbols < base::TrackingCode::kSymbols - 2 || symbols > base::TrackingCode::kSymbols + 2)
        return Slip::Unknown;
    if (symbols != base::TrackingCode::kSymbols) return Slip::ReportLength;
    return base::TrackingCode::judge(typed) == Typed::ForeignSymbol ? Slip::ReportSymbol : Slip::ReportCheck;
}

}  // namespace

Slip likelySlip(std::string_view typed) {
    if (typed.find("://") != typed.npos || typed.starts_with("www.") || typed.starts_with("WWW."))
        return Slip::Link;
    if (digitsOnly(typed)) return typed.size() < 9 ? Slip::Unknown : Slip::Number;
    if (typed.find_first_of(".-") != typed.npos && hasFourDigits(typed)) return Slip::Dossier;
    return slipOfReport(typed);
}

}  // namespace tram::identity

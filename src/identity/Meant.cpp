#include "identity/Meant.h"

#include <algorithm>

namespace tram::identity {

namespace {

bool same(const CitizenCard& one, const CitizenCard& other) {
    return one.number.reveal() == other.number.reveal() && one.name.reveal() == other.name.reveal() &&
           one.birthDate.reveal() == other.birthDate.reveal();
}
bool same(const DossierCode& one, const DossierCode& other) {
    return one.text == other.text && (one.slipSecret.empty() || other.slipSecret.empty() ||
                                      one.slipSecret.reveal() == other.slipSecret.reveal());
}
bool same(const VisitTicket& one, const VisitTicket& other) {
    return one.token.text() == other.token.text();
}
bool same(const StaffBadge& one, const StaffBadge& other) {
    return one.text.reveal() == other.text.reveal();
}
bool same(const TurnNumber& one, const TurnNumber& other) {
    return one.id == other.id;
}
bool same(const ReportCode& one, const ReportCode& other) {
    return one.code.symbols() == other.code.symbols() &&
           (one.receiptSecret.empty() || other.receiptSecret.empty() ||
            one.receiptSecret.reveal() == other.receiptSecret.reveal());
}
/// Nothing is kept of the others, and their page is the same.
template <class T>
bool same(const T&, const T&) {
    return true;
}

bool isOurs(const Scanned& text) {
    return !std::holds_alternative<UnknownText>(text);
}

/// Of two that mean the same, whether `one` brings more along.
bool tellsMore(const Scanned& one, const Scanned& other) {
    const auto *dossier = std::get_if<DossierCode>(&one), *bare = std::get_if<DossierCode>(&other);
    if (dossier && bare) return bare->slipSecret.empty() && !dossier->slipSecret.empty();
    const auto *report = std::get_if<ReportCode>(&one), *plain = std::get_if<ReportCode>(&other);
    return report && plain && plain->receiptSecret.empty() && !report->receiptSecret.empty();
}

}  // namespace

bool meanSame(const Scanned& one, const Scanned& other) {
    return std::visit(
        []<class A, class B>(const A& a, const B& b) {
            if constexpr (std::is_same_v<A, B>)
                return same(a, b);
            else
                return false;
        },
        one, other);
}

Meant whatIsMeant(std::vector<Scanned> texts) {
    if (texts.empty()) return {};
    if (std::ranges::any_of(texts, isOurs))
        std::erase_if(texts, [](const auto& text) { return !isOurs(text); });
    auto best = texts.begin();
    for (auto text = texts.begin(); text != texts.end(); ++text) {
        for (auto other = texts.begin(); other != text; ++other)
            if (!meanSame(*text, *other)) return {.one = std::nullopt, .several = true};
        if (tellsMore(*text, *best)) best = text;
    }
    return {.one = std::move(*best), .several = false};
}

}  // namespace tram::identity

#include "identity/ScannedText.h"

#include <algorithm>
#include <optional>
#include <set>

#include "identity/ScannedLink.h"
#include "wire/Members.h"
#include "wire/StaffList.h"

namespace tram::identity {

using base::ProblemKind;

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// Its code, if it is one.
std::optional<std::string> dossierCode(std::string_view text, const ScanRules& rules) {
    auto reading = rules.dossiers().read(text);
    if (reading.verdict != wire::DossierReading::Verdict::Complete) return std::nullopt;
    return std::move(reading.code);
}

/// As we write it ourselves: ten symbols, or grouped. Ten digits are rather a telephone's.
std::optional<base::TrackingCode> trackingCode(std::string_view text) {
    const auto code = base::TrackingCode::parse(text);
    const bool digitsOnly = text.find_first_not_of("0123456789") == text.npos;
    if (!code || digitsOnly || (text != code->symbols() && text != code->grouped())) return std::nullopt;
    return code;
}

bool isHex(std::string_view text) {
    return !text.empty() && text.size() % 2 == 0 &&
           text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

/// The number of a health-insurance card: ten digits since 2021, fifteen with two letters before.
bool isInsuranceNumber(std::string_view text) {
    const auto digits = [](std::string_view part) {
        return part.find_first_not_of("0123456789") == part.npos;
    };
    const auto letter = [](char c) { return 'A' <= c && c <= 'Z'; };
    return (text.size() == 10 && digits(text)) ||
           (text.size() == 15 && letter(text[0]) && letter(text[1]) && digits(text.substr(2)));
}

/// number | name in hex | birth date | sex | address in hex | …
bool isInsuranceCard(std::string_view text) {
    std::vector<std::string_view> fields;
    while (fields.size() < 5) {
        const auto bar = text.find('|');
        fields.push_back(text.substr(0, bar));
        if (bar == text.npos) break;
        text = text.substr(bar + 1);
    }
    return fields.size() == 5 && isInsuranceNumber(fields[0]) && isHex(fields[1]) && isHex(fields[4]);
}

/// Of a report's link: /t/CODE?lang=en#secret.
Scanned readOurLink(std::string_view rest) {
    const auto hash = rest.find('#');
    auto path = rest.substr(0, hash);
    if (path.ends_with("?lang=en")) path = path.substr(0, path.rfind('?'));
    const auto code = trackingCode(path);
    if (!code) return UnknownText{};
    std::string secret(hash == rest.npos ? std::string_view() : rest.substr(hash + 1));
    if (!secret.empty() && !isReceiptSecret(secret)) return UnknownText{};
    return ReportCode{*code, base::SecretText(std::move(secret))};
}

/// A government page's link that carries one dossier's code, wherever it stands in it. Two codes are none:
/// the page must not show a dossier that was not meant.
Scanned readGovernmentLink(std::string_view url, const ScanRules& rules) {
    std::set<std::string> found;
    for (const std::string& part : linkParts(url))
        if (auto code = dossierCode(part, rules)) found.insert(std::move(*code));
    if (found.size() != 1) return UnknownText{};
    return DossierCode{*found.begin()};
}

/// Of a slip: base64url, hex, or words with dashes, long enough that nobody tries them all.
bool isSlipSecret(std::string_view text) {
    constexpr std::size_t kLeast = 8, kMost = 64;
    return kLeast <= text.size() && text.size() <= kMost && std::ranges::all_of(text, [](char c) {
               return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
                      c == '-' || c == '_';
           });
}

Scanned dossierWith(std::string_view code, std::string_view secret, const ScanRules& rules) {
    auto read = dossierCode(code, rules);
    if (!read) return UnknownText{};
    if (!isSlipSecret(secret)) secret = {};
    return DossierCode{std::move(*read), base::SecretText(std::string(secret))};
}

/// Of a dossier's page: /h/CODE?lang=en#s=secret.
Scanned readDossierLink(std::string_view url, std::string_view rest, const ScanRules& rules) {
    const auto hash = rest.find('#');
    const auto fragment = hash == rest.npos ? std::string_view() : rest.substr(hash + 1);
    const auto parts = linkParts(url.substr(0, url.size() - (rest.size() - std::min(rest.size(), hash))));
    for (const auto& part : parts)
        if (dossierCode(part, rules))
            return dossierWith(part, fragment.starts_with("s=") ? fragment.substr(2) : "", rules);
    return UnknownText{};
}

Scanned readVisit(std::string_view text) {
    auto token = wire::VisitToken::parse(text);
    return token ? Scanned(VisitTicket{std::move(*token)}) : UnknownText{};
}

Scanned readNumber(std::string_view id) {
    return wire::isUuid(id) ? Scanned(TurnNumber{std::string(id)}) : UnknownText{};
}

/// Of any of our pages: what stands behind its letter.
std::optional<std::string_view> behind(std::string_view url, const ScanRules& rules, std::string_view page) {
    const auto& base = rules.phoneBaseUrl();
    if (base.empty() || !url.starts_with(base)) return std::nullopt;
    url.remove_prefix(base.size());
    return url.starts_with(page) ? std::optional(url.substr(page.size())) : std::nullopt;
}

Scanned readLink(std::string_view text, const ScanRules& rules) {
    if (const auto rest = behind(text, rules, "/t/")) return readOurLink(*rest);
    // An appointment's code is a report's; its link has no secret.
    if (const auto rest = behind(text, rules, "/hen/"); rest && rest->find('#') == rest->npos)
        return readOurLink(*rest);
    if (const auto rest = behind(text, rules, "/h/")) return readDossierLink(text, *rest, rules);
    if (const auto rest = behind(text, rules, "/r/")) return readVisit(rest->substr(0, rest->find('?')));
    if (const auto rest = behind(text, rules, "/l/")) return readNumber(rest->substr(0, rest->find('?')));
    if (rules.isGovernmentHost(linkHost(text))) return readGovernmentLink(text, rules);
    return UnknownText{};
}

bool hasControls(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

base::Result<ScanRules> ScanRules::make(Settings settings) {
    auto patterns = wire::DossierPatterns::make(std::move(settings.dossierPatterns));
    if (!patterns)
        return base::fail(ProblemKind::BadConfig, {{"key", "scan.dossier_patterns"},
                                                   {"line", std::string(patterns.error().fact("line"))}});
    ScanRules rules;
    rules.dossiers_ = std::move(*patterns);
    rules.hosts_ = std::move(settings.governmentHosts);
    rules.phoneBaseUrl_ = std::move(settings.phoneBaseUrl);
    while (rules.phoneBaseUrl_.ends_with('/')) rules.phoneBaseUrl_.pop_back();
    return rules;
}

bool ScanRules::isGovernmentHost(std::string_view host) const {
    return !host.empty() && std::ranges::count(hosts_, host) > 0;
}

std::string_view kindName(const Scanned& scanned) {
    constexpr std::string_view kNames[] = {"unknown",      "citizen_card",          "dossier_code",
                                           "report_code",  "health_insurance_card", "citizen_card_doubtful",
                                           "visit_ticket", "turn_number",           "staff_badge"};
    return kNames[scanned.index()];
}

Scanned readScanned(std::string_view text, const ScanRules& rules, base::WallTime now) {
    if (text.size() > CitizenCard::kMaxBytes) return UnknownText{};
    text = trimmed(text);
    if (hasControls(text)) return UnknownText{};
    if (wire::BadgeCode::read(text)) return StaffBadge{base::SecretText(std::string(text))};
    if (text.find("://") != text.npos) return readLink(text, rules);
    if (text.find('|') != text.npos) {
        const auto bar = text.find('|');
        if (text.find('|', bar + 1) == text.npos)
            if (auto read = dossierWith(text.substr(0, bar), text.substr(bar + 1), rules);
                std::holds_alternative<DossierCode>(read))
                return read;
        if (auto card = CitizenCard::read(text, now)) return std::move(*card);
        if (isInsuranceCard(text)) return HealthInsuranceCard{};
        return CitizenCard::resembles(text) ? Scanned(DoubtfulCard{}) : Scanned(UnknownText{});
    }
    if (auto code = dossierCode(text, rules)) return DossierCode{std::move(*code)};
    if (const auto code = trackingCode(text)) return ReportCode{*code, {}};
    return readVisit(text);
}

}  // namespace tram::identity

#include "identity/ScannedText.h"

#include <algorithm>
#include <optional>
#include <set>

#include "identity/ScannedLink.h"

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

Scanned readLink(std::string_view text, const ScanRules& rules) {
    const std::string ours = rules.phoneBaseUrl() + "/t/";
    if (!rules.phoneBaseUrl().empty() && text.starts_with(ours)) return readOurLink(text.substr(ours.size()));
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
    constexpr std::string_view kNames[] = {"unknown",     "citizen_card",          "dossier_code",
                                           "report_code", "health_insurance_card", "citizen_card_doubtful"};
    return kNames[scanned.index()];
}

Scanned readScanned(std::string_view text, const ScanRules& rules, base::WallTime now) {
    if (text.size() > CitizenCard::kMaxBytes) return UnknownText{};
    text = trimmed(text);
    if (hasControls(text)) return UnknownText{};
    if (text.find("://") != text.npos) return readLink(text, rules);
    if (text.find('|') != text.npos) {
        if (auto card = CitizenCard::read(text, now)) return std::move(*card);
        if (isInsuranceCard(text)) return HealthInsuranceCard{};
        return CitizenCard::resembles(text) ? Scanned(DoubtfulCard{}) : Scanned(UnknownText{});
    }
    if (auto code = dossierCode(text, rules)) return DossierCode{std::move(*code)};
    if (const auto code = trackingCode(text)) return ReportCode{*code, {}};
    return UnknownText{};
}

}  // namespace tram::identity

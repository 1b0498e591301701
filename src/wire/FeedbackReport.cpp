#include "wire/FeedbackReport.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Clock.h"
#include "base/TrackingCode.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxReport = 192 * 1024;
constexpr std::size_t kMaxText = 64 * 1024;  // 2,000 characters of which each may be a family of emoji
constexpr std::size_t kMaxPlace = 2048, kMaxReporter = 512, kMaxPhone = 32, kMaxEmail = 254;

constexpr std::pair<Disclosure, std::string_view> kDisclosures[] = {{Disclosure::Named, "named"},
                                                                    {Disclosure::NameHidden, "name_hidden"},
                                                                    {Disclosure::Anonymous, "anonymous"}};

bool isDisclosure(std::string_view text) {
    return disclosureFrom(text).has_value();
}

bool isPhone(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return std::string_view("0123456789+ .()-").find(c) != std::string_view::npos; });
}

/// Shape only; whether it can be reached, only sending to it tells.
bool isEmail(std::string_view text) {
    const auto at = text.find('@');
    return text.empty() || (at != text.npos && at > 0 && at + 1 < text.size() &&
                            text.find('@', at + 1) == text.npos && text.find(' ') == text.npos);
}

std::string toTheHour(const std::string& time) {
    base::WallTime exact;
    return base::fromRfc3339(time, exact) ? base::toRfc3339(base::coarseToHour(exact)) : std::string();
}

bool isWholeHour(std::string_view text) {
    base::WallTime time;
    return base::fromRfc3339(text, time) && base::coarseToHour(time) == time;
}

/// STANDARDS 14: no member of a person may stand in an anonymous report, not even an empty one.
void readReporter(Members& members, FeedbackReport& report) {
    if (report.disclosure == Disclosure::Anonymous) return;  // finish() refuses what was not asked for
    report.name = members.secret("name", kMaxReporter, isNotEmpty);
    report.phone = members.secret("phone", kMaxPhone, isPhone);
    report.email = members.secret("email", kMaxEmail, isEmail);
    if (report.phone.empty() && report.email.empty()) members.refuse("phone");
    if (!members.has("reporter")) return;
    Members reporter(members.object("reporter"));
    report.reporterSubject = reporter.secret("subject", 43, isSubject);
    members.adopt(reporter.finish());
}

void readAgreed(Members& members, FeedbackReport& report) {
    const bool anonymous = report.disclosure == Disclosure::Anonymous;
    report.consentVersion = members.text("consent_version", 64, isToken);
    report.consentAt = members.text("consent_at", 40, anonymous ? isWholeHour : isRfc3339);
}

}  // namespace

std::string_view name(Disclosure disclosure) {
    for (const auto& [value, text] : kDisclosures)
        if (value == disclosure) return text;
    return "named";
}

std::optional<Disclosure> disclosureFrom(std::string_view text) {
    for (const auto& [value, word] : kDisclosures)
        if (word == text) return value;
    return std::nullopt;
}

base::SecretText FeedbackReport::toJson() const {
    const bool anonymous = disclosure == Disclosure::Anonymous;
    ScrubbedJson report(json{{"v", 1},
                             {"tracking_code", trackingCode},
                             {"receipt_secret", receiptSecret.reveal()},
                             {"field", fieldId},
                             {"text", text.reveal()},
                             {"ward", wardCode},
                             {"address", address.reveal()},
                             {"landmark", landmark.reveal()},
                             {"disclosure", wire::name(disclosure)},
                             {"consent_version", consentVersion},
                             {"consent_at", anonymous ? toTheHour(consentAt) : consentAt},
                             {"language", language}});
    if (!anonymous) {
        report.value["name"] = name.reveal();
        report.value["phone"] = phone.reveal();
        report.value["email"] = email.reveal();
        if (!reporterSubject.empty()) report.value["reporter"] = {{"subject", reporterSubject.reveal()}};
    }
    return base::SecretText(dumpJson(report.value));
}

Result<FeedbackReport> FeedbackReport::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxReport);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    FeedbackReport report;
    report.trackingCode =
        members.text("tracking_code", base::TrackingCode::kSymbols, base::TrackingCode::isSymbols);
    report.receiptSecret = members.secret("receipt_secret", 22, isReceiptSecret);
    report.fieldId = members.text("field", 64, isSlug);
    report.text = members.prose("text", kMaxText);
    if (report.text.empty()) members.refuse("text");
    report.wardCode = members.text("ward", 32, isSlug);
    report.address = members.secret("address", kMaxPlace);
    report.landmark = members.secret("landmark", kMaxPlace);
    report.disclosure =
        disclosureFrom(members.text("disclosure", 16, isDisclosure)).value_or(Disclosure::Named);
    readReporter(members, report);
    readAgreed(members, report);
    report.language = members.text("language", 2, isLanguage);
    return members.finish().map([&] { return std::move(report); });
}

}  // namespace tram::wire

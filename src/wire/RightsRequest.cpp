#include "wire/RightsRequest.h"

#include <nlohmann/json.hpp>

#include "base/TrackingCode.h"
#include "base/VietnameseText.h"
#include "crypto/Bytes.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::wire {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxRequestBytes = 96 * 1024, kMaxWords = 32 * 1024;
constexpr std::pair<Right, std::string_view> kRights[] = {{Right::See, "see"},
                                                          {Right::Withdraw, "withdraw"},
                                                          {Right::Correct, "correct"},
                                                          {Right::Delete, "delete"}};

bool isScope(std::string_view text) {
    return text == RightsRequest::kAll || base::TrackingCode::isSymbols(text);
}
bool isRightName(std::string_view text) {
    return rightFrom(text).has_value();
}

}  // namespace

std::string_view name(Right right) {
    for (const auto& [value, text] : kRights)
        if (value == right) return text;
    return "see";
}

std::optional<Right> rightFrom(std::string_view text) {
    for (const auto& [value, word] : kRights)
        if (word == text) return value;
    return std::nullopt;
}

base::SecretText RightsRequest::toJson() const {
    ScrubbedJson request(json{{"v", 1},
                              {"tracking_code", trackingCode},
                              {"receipt_secret", receiptSecret.reveal()},
                              {"right", wire::name(right)},
                              {"about", about},
                              {"words", words.reveal()},
                              {"reporter", {{"subject", subject.reveal()}}},
                              {"language", language}});
    return base::SecretText(dumpJson(request.value));
}

base::Result<RightsRequest> RightsRequest::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxRequestBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    RightsRequest request;
    request.trackingCode =
        members.text("tracking_code", base::TrackingCode::kSymbols, base::TrackingCode::isSymbols);
    request.receiptSecret = members.secret("receipt_secret", 22, isReceiptSecret);
    request.right = rightFrom(members.text("right", 16, isRightName)).value_or(Right::See);
    request.about = members.text("about", base::TrackingCode::kSymbols, isScope);
    request.words = members.prose("words", kMaxWords);
    if ((request.right == Right::Correct) == request.words.empty()) members.refuse("words");
    if (base::characters(request.words.reveal()) > kMostWords) members.refuse("words");
    Members reporter(members.object("reporter"));
    request.subject = reporter.secret("subject", 43, isSubject);
    members.adopt(reporter.finish());
    request.language = members.text("language", 2, isLanguage);
    return members.finish().map([&] { return std::move(request); });
}

}  // namespace tram::wire

#include "wire/Watch.h"

#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Phone.h"
#include "wire/Scrub.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxAddress = 254;
constexpr std::string_view kChannels[] = {"sms", "zalo", "email"};

bool isChannel(std::string_view text) {
    return channelFrom(text).has_value();
}

}  // namespace

std::string_view name(Channel channel) {
    return kChannels[static_cast<std::size_t>(channel)];
}

std::optional<Channel> channelFrom(std::string_view text) {
    for (std::size_t at = 0; at < std::size(kChannels); ++at)
        if (kChannels[at] == text) return static_cast<Channel>(at);
    return std::nullopt;
}

base::SecretText WatchRequest::toJson() const {
    const ScrubbedJson body(json{{"v", 1},
                                 {"id", id.text()},
                                 {"channel", name(channel)},
                                 {"to", to.reveal()},
                                 {"consent_version", consentVersion},
                                 {"consent_at", consentAt},
                                 {"language", language}});
    return base::SecretText(dumpJson(body.value));
}

Result<WatchRequest> WatchRequest::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    WatchRequest request{.id = members.uuid("id")};
    request.channel = channelFrom(members.text("channel", 8, isChannel)).value_or(Channel::Sms);
    request.to =
        members.secret("to", kMaxAddress, request.channel == Channel::Email ? plausibleEmail : isPhoneDigits);
    request.consentVersion = members.text("consent_version", 64, isToken);
    request.consentAt = members.text("consent_at", 40, isRfc3339);
    request.language = members.text("language", 2, isLanguage);
    return members.finish().map([&] { return std::move(request); });
}

std::string WatchAnswer::toJson() const {
    return dumpJson(json{{"until", until}});
}

Result<WatchAnswer> WatchAnswer::parse(std::string_view text) {
    const auto parsed = parseJson(text, WatchRequest::kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    WatchAnswer answer{members.text("until", 10, isDate)};
    return members.finishLeniently().map([&] { return std::move(answer); });
}

}  // namespace tram::wire

#pragma once
#include <optional>
#include <string>

#include "base/Result.h"
#include "base/Secret.h"
#include "base/Uuid.h"

namespace tram::wire {

/// How news of a dossier reaches its owner.
enum class Channel { Sms, Zalo, Email };
std::string_view name(Channel channel);  ///< "sms", "zalo", "email"
std::optional<Channel> channelFrom(std::string_view text);

/// Body of POST /v1/dossiers/{code}/watch: its owner is to be told when something happens to it.
struct WatchRequest {
    static constexpr std::size_t kMaxBytes = 2048;

    base::Uuid id;  ///< the same again is the same watch
    Channel channel = Channel::Sms;
    base::SecretText to;  ///< digits of a phone, or an e-mail address
    std::string consentVersion, consentAt, language;

    base::SecretText toJson() const;
    static base::Result<WatchRequest> parse(std::string_view json);
};

/// The answer: it is watched, until that day at the latest (YYYY-MM-DD).
struct WatchAnswer {
    std::string until;

    std::string toJson() const;
    static base::Result<WatchAnswer> parse(std::string_view json);
};

}  // namespace tram::wire

#pragma once
#include <string>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::wire {

/// fields of an action of kind "survey.answer"; resources/api/schemas/action.survey.answer.json.
struct SurveyAnswer {
    static constexpr std::string_view kKind = "survey.answer";
    static constexpr std::size_t kMaxBytes = 256 * 1024;

    std::string survey;    ///< the entry's id
    std::string formHash;  ///< SHA-256 of the form that was answered, hex
    std::string language;  ///< in which it was answered: "vi" or "en"
    /// base64url of 16 random bytes: an answer counts once, however often it arrives.
    base::SecretText token;
    /// base64url of 64 bytes: RFC 9497's output for the token; "" unless each resident has one token.
    base::SecretText proof;
    /// Of a signed survey: the ID token's `sub` and the name of who was logged in; else both "".
    base::SecretText subject, name;
    base::SecretText answersJson;  ///< an object, kMaxBytes at most; form::Answers reads it, by the form

    base::SecretText toJson() const;
    /// Subject and name are there together or not at all, and not beside a proof: that would name whom the
    /// proof hides.
    static base::Result<SurveyAnswer> parse(std::string_view json);
};

}  // namespace tram::wire

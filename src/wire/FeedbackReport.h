#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::wire {

enum class Disclosure { Named, NameHidden, Anonymous };
std::string_view name(Disclosure disclosure);  ///< "named", "name_hidden", "anonymous"
std::optional<Disclosure> disclosureFrom(std::string_view text);

/// fields of an action of kind "feedback.report"; resources/api/schemas/action.feedback.report.json.
struct FeedbackReport {
    static constexpr std::string_view kKind = "feedback.report";

    std::string trackingCode;  ///< ten symbols, ungrouped
    base::SecretText
        receiptSecret;  ///< base64url of 16 bytes; opens answer, place and text on the phone page
    std::string fieldId;
    base::SecretText text;
    std::string wardCode;
    base::SecretText address, landmark;
    Disclosure disclosure = Disclosure::Named;
    base::SecretText name, phone, email;  ///< all empty when Anonymous
    /// The ID token's `sub` of who was logged in; "" for nobody, and when Anonymous.
    base::SecretText reporterSubject;
    std::string consentVersion;
    std::string consentAt;  ///< RFC 3339; to the hour when Anonymous (STANDARDS 14)
    std::string language;   ///< "vi" or "en": in which the answer is hoped for

    /// Anonymous leaves name, phone, e-mail and reporter out whatever they hold, and cuts `consentAt` to the
    /// hour.
    base::SecretText toJson() const;
    /// Named and NameHidden need a name, and a phone or an e-mail; Anonymous must have none of the three.
    static base::Result<FeedbackReport> parse(std::string_view json);
};

/// Where a report stands; GET /v1/feedback/{code}. Order as they can follow each other.
enum class FeedbackState {
    Received /* by the gateway */,
    Accepted /* by 1022, with its own number */,
    Forwarded,
    InProgress,
    Answered,
    Refused
};
std::string_view name(FeedbackState state);
std::optional<FeedbackState> feedbackStateFrom(std::string_view text);

struct FeedbackEvent {
    FeedbackState state = FeedbackState::Received;
    std::string at;    ///< RFC 3339
    std::string unit;  ///< who has it then; may be ""
};

/// Public part always; `opened` only when the receipt's secret came along.
struct FeedbackStatus {
    std::string trackingCode;
    FeedbackState state = FeedbackState::Received;
    std::string externalNumber;  ///< 1022's own; "" before Accepted
    std::string unit;
    std::string due;                     ///< RFC 3339 of the promised answer; "" if none
    std::vector<FeedbackEvent> history;  ///< oldest first
    std::string source, asOf;
    struct Opened {
        base::SecretText text, place, answer;  ///< answer: also the reason of a refusal
    };
    std::optional<Opened> opened;

    std::string toJson() const;
    static base::Result<FeedbackStatus> parse(std::string_view json);
};

}  // namespace tram::wire
